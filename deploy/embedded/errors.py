"""Why a server could not be had, in words for the person at the terminal."""

from contracts.says import Says

WAY_OUT = Says(
    "可改用已有的服务：请设置 KAFKA_BOOTSTRAP_SERVERS、DATABASE_URL、TEMPORAL_ADDRESS。",
    "To use servers of your own, set KAFKA_BOOTSTRAP_SERVERS, DATABASE_URL and TEMPORAL_ADDRESS.",
)


class ServerUnavailable(RuntimeError):
    """An embedded server cannot be fetched or does not start; the command exits with 2."""

    exit_code = 2

    def __init__(self, says: Says, written: str = "") -> None:
        """`written` is what the server or its program wrote last."""
        super().__init__(f"{says}\n{written}\n{WAY_OUT}" if written else f"{says} {WAY_OUT}")
        self.says = says
