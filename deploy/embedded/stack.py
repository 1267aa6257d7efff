"""The three servers together: ours where none is named in the environment, started side by side."""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from contracts.says import Says
from deploy.embedded.errors import ServerUnavailable
from deploy.embedded.kafka import Kafka
from deploy.embedded.postgres import Postgres
from deploy.embedded.server import ProgressReport, Server, quietly
from deploy.embedded.temporal import Temporal

OUTSIDE = {
    "postgres": "DATABASE_URL",
    "kafka": "KAFKA_BOOTSTRAP_SERVERS",
    "temporal": "TEMPORAL_ADDRESS",
}
"""The variable that names a server of somebody else's; ours is then not started."""

KINDS: dict[str, type[Server]] = {"postgres": Postgres, "kafka": Kafka, "temporal": Temporal}


@dataclass(frozen=True)
class Servers:
    """Where the three are."""

    database_url: str = field(repr=False)
    """With the superuser's password; not for logs."""
    kafka: str
    temporal_address: str
    temporal_ui: str | None
    """None when Temporal is not ours."""
    ours: dict[str, Server] = field(default_factory=dict)
    """Those we started, by name: `kill` and `start` are theirs."""


@asynccontextmanager
async def embedded_servers(
    data_dir: Path, report: ProgressReport = quietly
) -> AsyncIterator[Servers]:
    """Run what is not named in the environment, keeping its state in the folder."""
    with _alone_in(data_dir):
        outside = {name: os.environ.get(variable) for name, variable in OUTSIDE.items()}
        ours = {name: kind(data_dir, report) for name, kind in KINDS.items() if not outside[name]}
        try:
            await _start(ours)
            address = {name: outside[name] or ours[name].address for name in KINDS}
            temporal = ours.get("temporal")
            yield Servers(
                database_url=address["postgres"],
                kafka=address["kafka"],
                temporal_address=address["temporal"],
                temporal_ui=temporal.ui if isinstance(temporal, Temporal) else None,
                ours=ours,
            )
        finally:
            await asyncio.gather(*(asyncio.to_thread(server.stop) for server in ours.values()))


async def _start(ours: Mapping[str, Server]) -> None:
    starting = [asyncio.create_task(asyncio.to_thread(server.start)) for server in ours.values()]
    if not starting:
        return
    try:
        done, _ = await asyncio.wait(starting, return_when=asyncio.FIRST_EXCEPTION)
        for task in done:
            task.result()
    except BaseException:
        # A thread cannot be cancelled; without this, its server would come up after we are gone.
        for server in ours.values():
            server.abandon()
        await asyncio.wait(starting)
        for task in starting:
            task.exception()
        raise


@contextmanager
def _alone_in(data_dir: Path) -> Iterator[None]:
    data_dir.mkdir(parents=True, exist_ok=True)
    with (data_dir / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ServerUnavailable(
                Says(
                    f"{data_dir} 正被另一个 steelyard 使用。",
                    f"Another steelyard is using {data_dir}.",
                )
            ) from error
        yield
