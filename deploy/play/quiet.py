"""Waits until a stack is quiet: every outbox paid, every consumer caught up with every topic."""

import asyncio
import time

import asyncpg
from aiokafka import AIOKafkaConsumer
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.structs import TopicPartition

from contracts.catalogue import TOPICS, UNITS
from contracts.says import Says
from services.kit.errors import Fault

PATIENCE_S = 60.0


class NeverQuiet(Fault):
    """Something went on and on, or hangs."""


class Quiet:
    """Looks at one database and one Kafka. `async with Quiet(...) as quiet: await quiet()`."""

    def __init__(self, database_url: str, kafka: str) -> None:
        self._url = database_url
        self._kafka = kafka

    async def __aenter__(self) -> "Quiet":
        self._database = await asyncpg.connect(self._url)
        self._admin = AIOKafkaAdminClient(bootstrap_servers=self._kafka)
        self._consumer = AIOKafkaConsumer(bootstrap_servers=self._kafka)
        await self._admin.start()
        await self._consumer.start()
        partitions = [TopicPartition(t.name, n) for t in TOPICS for n in range(t.partitions)]
        self._partitions = partitions
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._consumer.stop()
        await self._admin.close()
        await self._database.close()

    async def __call__(self) -> None:
        """Return once nothing is owed and nothing unheard, seen twice in a row."""
        deadline, calm = time.monotonic() + PATIENCE_S, 0
        while calm < 2:
            owed, unheard = await self._owed(), await self._unheard()
            calm = calm + 1 if owed == unheard == 0 else 0
            if time.monotonic() > deadline:
                raise NeverQuiet(Says("未平静", f"never quiet: {owed} owed, {unheard} unheard"))
            if not calm:
                await asyncio.sleep(0.05)

    async def _owed(self) -> int:
        counts = [
            await self._database.fetchval(
                f"SELECT count(*) FROM {unit.name}.outbox WHERE published_at IS NULL"
            )
            for unit in UNITS
        ]
        return sum(counts)

    async def _unheard(self) -> int:
        ends = await self._consumer.end_offsets(self._partitions)
        behind = 0
        for unit in UNITS:
            committed = await self._admin.list_consumer_group_offsets(unit.name)
            for partition, at in committed.items():
                end = ends.get(partition, 0)
                behind += max(0, end - max(at.offset, 0))
        return behind
