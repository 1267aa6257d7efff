"""The bare workers, each in a process of its own, as the product's are."""

import asyncio
import sys

from temporalio.client import Client
from temporalio.worker import Worker

from services.kit.running.unit import calm_gc, loop_factory
from services.kit.settings import TemporalSettings
from tests.bench.bare import ACTIVITIES, WORKFLOWS, Bare, nothing
from tests.bench.contender import until_told_to_stop


async def work(settings: TemporalSettings, name: str) -> None:
    client = await Client.connect(settings.address, namespace=settings.namespace)
    if name == WORKFLOWS:
        worker = Worker(client, task_queue=WORKFLOWS, workflows=[Bare])
    else:
        worker = Worker(client, task_queue=ACTIVITIES, activities=[nothing])
    async with worker:
        calm_gc()
        await until_told_to_stop()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        runner.run(work(TemporalSettings(), sys.argv[1]))
