"""What a test of delivery does: send records, let the toy hear them, look at what came of it."""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRecord, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from pydantic import SecretStr
from sqlalchemy import text

from contracts.catalogue import ENFORCEMENT
from contracts.topics import Topic
from deploy.embedded.postgres import Postgres
from services.kit.events.envelope import Envelope, from_kafka, to_kafka
from services.kit.events.hearing import Hearing
from services.kit.events.outbox_relay import Relay
from services.kit.settings import DatabaseSettings, KafkaSettings
from services.kit.storage.database import Sessions, dsn, engine, provision, sessions
from services.kit.storage.migrate import migrate
from tests.delivery.toy.handling import case_of, note
from tests.support import signed
from tests.support.servers import ROLE_KEY, create_database

UNIT = "enforcement"
"""The toy goes by a real unit's name, because topics have named writers."""


def database_settings(url: str) -> DatabaseSettings:
    return DatabaseSettings(url=SecretStr(url), role_key=SecretStr(ROLE_KEY))


async def template(postgres: Postgres) -> str:
    """The name of a database that has the toy's schema."""
    url = await create_database(postgres)
    await provision(url, [UNIT], ROLE_KEY)
    await migrate(database_settings(url), UNIT, "tests.delivery.toy")
    return url.rpartition("/")[2]


@dataclass(frozen=True)
class Told:
    """An event the toy told, as the topic has it."""

    envelope: Envelope
    case_id: str
    number: int


class Stand:
    """One toy unit's surroundings."""

    def __init__(self, database_url: str, servers: str, topic: Topic, folder: Path) -> None:
        self.database = database_settings(database_url)
        self.kafka = KafkaSettings(bootstrap_servers=servers)
        self.topic = topic
        self.folder = folder
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        on = engine(self.database, UNIT, "worker")
        self._stack.push_async_callback(on.dispose)
        self.sessions: Sessions = sessions(on, UNIT)
        self.producer = AIOKafkaProducer(
            bootstrap_servers=self.kafka.bootstrap_servers, enable_idempotence=True
        )
        await self.producer.start()
        self._stack.push_async_callback(self.producer.stop)
        async with self._consumer() as consumer:
            self._from = await _ends(consumer, ENFORCEMENT.topic)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        await self._stack.aclose()

    # ── acting ───────────────────────────────────────────────────────────────────────────────────

    async def send(self, *envelopes: Envelope) -> None:
        """As agencies do: keyed, acknowledged."""
        await self.send_raw(*(to_kafka(envelope) for envelope in envelopes))

    async def send_raw(self, *records: tuple[bytes | None, bytes | None, Sequence[Any]]) -> None:
        futures = [
            await self.producer.send(self.topic.name, value, key=key, headers=list(headers))
            for key, value, headers in records
        ]
        await asyncio.gather(*futures)

    def new_hearing(self, settings: KafkaSettings | None = None) -> Hearing:
        return Hearing(
            UNIT,
            self.sessions,
            settings or self.kafka,
            handlers=[note],
            topics=[self.topic],
            directory=signed.directory,
            group=self.topic.name,
        )

    @asynccontextmanager
    async def hearing(self, settings: KafkaSettings | None = None) -> AsyncIterator[Hearing]:
        hearing = self.new_hearing(settings)
        await hearing.start()
        try:
            yield hearing
        finally:
            await hearing.stop()

    @asynccontextmanager
    async def relaying(self, **crash: Any) -> AsyncIterator[Relay]:
        relay = Relay(UNIT, dsn(self.database, UNIT), self.kafka.bootstrap_servers, **crash)
        task = asyncio.create_task(relay.run())
        try:
            yield relay
        finally:
            task.cancel()
            await asyncio.wait([task])

    # ── looking ──────────────────────────────────────────────────────────────────────────────────

    async def rows(self, statement: str, **bound: Any) -> list[Any]:
        async with self.sessions() as session:
            return list(await session.execute(text(statement), bound))

    async def seen(self) -> dict[str, list[int]]:
        """Numbers taken, by reference, in the order they were written."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for reference, number in await self.rows("SELECT reference, number FROM seen ORDER BY id"):
            found[reference].append(number)
        return dict(found)

    async def held(self) -> list[tuple[str, int]]:
        """Keys that wait, with the number of events each."""
        counted = "SELECT key, count(*) FROM held GROUP BY key ORDER BY key"
        return [(key, number) for key, number in await self.rows(counted)]

    async def reasons(self) -> list[str]:
        return [reason for (reason,) in await self.rows("SELECT reason FROM set_aside ORDER BY id")]

    async def sharing(self) -> int:
        """How many consumers the broker has shared out the toy's partitions among."""
        admin = AIOKafkaAdminClient(bootstrap_servers=self.kafka.bootstrap_servers)
        await admin.start()
        try:
            [answer] = await admin.describe_consumer_groups([self.topic.name])
        finally:
            await admin.close()
        [(_, _, state, _, _, members, *_)] = answer.groups
        return len(members) if state == "Stable" else 0

    async def told(self) -> list[Told]:
        """All that is on the unit's topic since this stand began, as readers get it."""
        records = await self._read(ENFORCEMENT.topic, self._from)
        return [_told(from_kafka(r.key, r.value, r.headers)) for r in records]

    async def records(self) -> list[ConsumerRecord]:
        """All that is on the toy's intake, as a consumer gets it."""
        return await self._read(self.topic, {})

    async def _read(self, topic: Topic, start: dict[TopicPartition, int]) -> list[ConsumerRecord]:
        async with self._consumer() as consumer:
            ends = await _ends(consumer, topic)
            consumer.assign(list(ends))
            for partition in ends:
                consumer.seek(partition, start.get(partition, 0))
            found: list[ConsumerRecord] = []
            while any([await consumer.position(p) < end for p, end in ends.items()]):
                for records in (await consumer.getmany(timeout_ms=500)).values():
                    found += records
            return found

    @asynccontextmanager
    async def _consumer(self) -> AsyncIterator[AIOKafkaConsumer]:
        consumer = AIOKafkaConsumer(
            bootstrap_servers=self.kafka.bootstrap_servers, enable_auto_commit=False
        )
        await consumer.start()
        try:
            yield consumer
        finally:
            await consumer.stop()


async def _ends(consumer: AIOKafkaConsumer, topic: Topic) -> dict[TopicPartition, int]:
    partitions = [TopicPartition(topic.name, n) for n in range(topic.partitions)]
    return dict(await consumer.end_offsets(partitions))


def once(told: Iterable[Told]) -> dict[str, list[int]]:
    """Numbers by case, in the order first told; a resend of the same event id does not count."""
    known: set[str] = set()
    found: defaultdict[str, list[int]] = defaultdict(list)
    for one in told:
        if one.envelope.id not in known:
            known.add(one.envelope.id)
            found[one.case_id].append(one.number)
    return dict(found)


def expected(references: Iterable[str], numbers: Iterable[int]) -> dict[str, list[int]]:
    numbers = list(numbers)
    return {str(case_of(reference)): numbers for reference in references}


def _told(envelope: Envelope) -> Told:
    data = json.loads(envelope.data)
    return Told(envelope, data["case_id"], int(data["reference"]))
