"""The product's way: enforcement's real handlers behind the kit's `Hearing`, in this process."""

import asyncio
import sys

from contracts.topics import INTAKE
from services.enforcement.app import NAME
from services.enforcement.handlers import handlers
from services.kit.directory.file import DirectoryFile
from services.kit.events.hearing import Hearing
from services.kit.running.unit import calm_gc, loop_factory
from services.kit.settings import Settings
from services.kit.storage.database import engine, sessions
from tests.bench.contender import until_told_to_stop


async def hear(settings: Settings, group: str) -> None:
    """Put together as `services/enforcement/app.py` does it, without its other parts."""
    ours = settings.steelyard
    directory = DirectoryFile(ours.jurisdiction, ours.jurisdiction_keys).current
    writing = engine(settings.database, NAME, "worker")
    hearing = Hearing(
        NAME,
        sessions(writing, NAME),
        settings.kafka,
        handlers=handlers(directory),
        topics=[INTAKE],
        directory=directory,
        group=group,
    )
    await hearing.start()
    calm_gc()
    await until_told_to_stop()
    await hearing.stop()
    await writing.dispose()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        runner.run(hear(Settings(), sys.argv[1]))
