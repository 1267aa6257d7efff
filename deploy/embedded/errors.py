"""Why a server could not be had, in words for the person at the terminal."""

WAY_OUT = (
    "可改用已有的服务：请设置 KAFKA_BOOTSTRAP_SERVERS、DATABASE_URL、TEMPORAL_ADDRESS。"
    " To use servers of your own, set KAFKA_BOOTSTRAP_SERVERS, DATABASE_URL and TEMPORAL_ADDRESS."
)


class ServerUnavailable(RuntimeError):
    """An embedded server cannot be fetched or does not start; the command exits with 2."""

    exit_code = 2

    def __init__(self, reason: str) -> None:
        super().__init__(f"{reason} {WAY_OUT}")
