"""The product's workers, each in a process of its own, as the units have them."""

import asyncio
import sys

from temporalio.worker import Worker

from services.enforcement.app import NAME as ENFORCEMENT
from services.enforcement.effects import effects
from services.kit.directory.file import DirectoryFile
from services.kit.running.temporal import activities_worker, connect
from services.kit.running.unit import calm_gc, loop_factory
from services.kit.settings import Settings
from services.kit.steps.activity import step_activity
from services.kit.storage.database import engine, sessions
from tests.bench.contender import until_told_to_stop
from workflows.app import NAME as WORKFLOWS
from workflows.app import CalendarFile, Reckoning
from workflows.app import worker as workflows_worker


async def work(settings: Settings, name: str) -> None:
    client = await connect(settings.temporal)
    directory = DirectoryFile(settings.steelyard.jurisdiction)
    writing = engine(settings.database, ENFORCEMENT, "worker")
    worker: Worker
    if name == WORKFLOWS:
        calendar = CalendarFile(settings.steelyard.calendar)
        worker = workflows_worker(client, Reckoning(directory, calendar))
    else:
        record = sessions(writing, ENFORCEMENT)
        take_step = step_activity(ENFORCEMENT, record, effects(directory.current))
        worker = activities_worker(client, ENFORCEMENT, [take_step])
    async with worker:
        calm_gc()
        await until_told_to_stop()
    await writing.dispose()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        runner.run(work(Settings(), sys.argv[1]))
