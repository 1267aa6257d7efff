"""A unit's ear: subscriptions that lose nothing, and the handlers' words `hears` and `Reaction`.

FastStream's own parser raises on a null or binary header before any handler runs, its decoder
parses every body, and each of its acknowledgement policies either loses a batch whose handler
raises or spins on it. So it gets a parser and a decoder that cannot fail, acknowledgement by hand,
and a handler that never raises: it asks again, in place, until the database has the batch.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import structlog
from aiokafka import ConsumerRecord, TopicPartition
from faststream import AckPolicy
from faststream.kafka import KafkaBroker, KafkaMessage
from faststream.kafka.message import KafkaAckableMessage
from faststream.kafka.subscriber.usecase import LogicSubscriber

from contracts.agencies import Directory
from contracts.topics import Topic
from services.kit.clock import WallClock
from services.kit.events.envelope import Unreadable
from services.kit.events.handling import (
    Add,
    Change,
    Handler,
    Heard,
    Reaction,
    handlers_by_type,
    hears,
)
from services.kit.events.inbox import Inbox, Incoming
from services.kit.events.lenient import read_leniently
from services.kit.events.reading import Reader
from services.kit.events.signing import Unverified
from services.kit.faults import describe
from services.kit.held.retry import Retrying
from services.kit.held.store import Aside
from services.kit.settings import KafkaSettings
from services.kit.storage.database import Sessions
from services.kit.storage.retention import keep_forgetting

__all__ = ["Add", "Change", "Handler", "Heard", "Hearing", "Reaction", "hears"]

log = structlog.get_logger()

BATCH = 500
Done = TypeVar("Done")


@dataclass(slots=True)
class Batch:
    """Records as read: events in their order, and what is none."""

    events: list[Incoming] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)


class Hearing:
    """All that one unit hears."""

    def __init__(
        self,
        unit: str,
        sessions: Sessions,
        kafka: KafkaSettings,
        *,
        handlers: Sequence[Callable[..., Reaction]],
        topics: Sequence[Topic],
        directory: Callable[[], Directory] | None = None,
        clock: WallClock | None = None,
        drills: bool = False,
        group: str | None = None,
    ) -> None:
        read_leniently()
        by_type = handlers_by_type(handlers)
        self.unit = unit
        self._kafka = kafka
        self._group = group or unit
        self._clock = clock or WallClock()
        self.reader = Reader(by_type, topics, directory, drills=drills)
        self.inbox = Inbox(unit, sessions, by_type)
        self.retrying = Retrying(sessions, self.inbox, self.reader)
        self.broker = KafkaBroker(
            kafka.bootstrap_servers, logger=None, graceful_timeout=20, client_id=f"steelyard-{unit}"
        )
        self._subscriber = self._subscribe(topics)
        self._sessions = sessions
        self._tasks: list[asyncio.Task[None]] = []
        self._writing: asyncio.Task[None] | None = None
        self._stopping = False
        self.started = False

    async def start(self) -> None:
        """Begin to hear; waits for as long as Kafka is away."""
        while not self._stopping:
            try:
                await self.broker.start()
            except Exception as fault:
                log.warning("kafka_unavailable", unit=self.unit, says=describe(fault))
                await self.broker.stop()
                await asyncio.sleep(1)
            else:
                break
        beside = (self.retrying.run(), keep_forgetting(self._sessions))
        self._tasks = [asyncio.create_task(loop) for loop in beside]
        self.started = True

    async def stop(self) -> None:
        """Finish the batch in hand, commit it, and leave the group."""
        self._stopping = True
        if self._writing is not None:
            await self._writing
        await self.broker.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.started = False

    async def take(self, records: Sequence[ConsumerRecord]) -> None:
        """Take records in their order: those that are no event are set aside."""
        await self._take(self._read(records))

    def _read(self, records: Sequence[ConsumerRecord]) -> Batch:
        batch = Batch()
        received_at = self._clock.now()
        directory = self.reader.directory()
        for record in records:
            raw = (record.key, record.value, record.headers)
            try:
                heard = self.reader.read(record.topic, raw, received_at, directory)
            except (Unreadable, Unverified) as bad:
                aside = Aside(record.topic, bad.reason_code, bad.says, *raw, received_at)
                batch.asides.append(aside)
            else:
                if heard is not None:
                    batch.events.append(Incoming(heard, record.topic))
        return batch

    async def _take(self, batch: Batch) -> None:
        if batch.asides:
            await self.inbox.keep_aside(batch.asides)
        if batch.events:
            await self.inbox.take(batch.events)

    def _subscribe(self, topics: Sequence[Topic]) -> LogicSubscriber[Any]:
        instance = self._kafka.instance_id
        subscriber = self.broker.subscriber(
            *(topic.name for topic in topics),
            group_id=self._group,
            group_instance_id=f"{self._group}-{instance}" if instance else None,
            session_timeout_ms=self._kafka.session_timeout_ms,
            batch=True,
            max_records=BATCH,
            auto_offset_reset="earliest",
            ack_policy=AckPolicy.MANUAL,
            parser=_parse,
            decoder=_decode,
            title=f"{self.unit} hears",
        )

        @subscriber
        async def consume(message: KafkaMessage) -> None:
            await self._consume(message)

        return subscriber

    async def _consume(self, message: KafkaMessage) -> None:
        """Read a batch while the one before it is being written; they are written in turn.

        In a thread: signatures are checked while the loop waits for the database.
        """
        records: Any = message.raw_message
        batch = await self._insist(lambda: asyncio.to_thread(self._read, records))
        if self._writing is not None:
            await self._writing
        if batch is not None and not self._stopping:
            self._writing = asyncio.create_task(self._write(batch, records))

    async def _write(self, batch: Batch, records: Sequence[ConsumerRecord]) -> None:
        if not await self._insist(lambda: self._written(batch)):
            return
        try:
            if (consumer := self._subscriber.consumer) is not None:
                await consumer.commit(_after(records))
        except Exception as fault:
            # it comes again, and the inbox knows it
            log.warning("commit_failed", unit=self.unit, says=describe(fault))

    async def _written(self, batch: Batch) -> bool:
        await self._take(batch)
        return True

    async def _insist(self, work: Callable[[], Awaitable[Done]]) -> Done | None:
        """Ask again, in place, until it is done. Not when stopping: then the batch comes again."""
        tries = 0
        while True:
            try:
                return await work()
            except Exception as fault:
                if self._stopping:
                    return None
                tries += 1
                log.warning("batch_retried", unit=self.unit, tries=tries, says=describe(fault))
                await asyncio.sleep(min(5.0, 0.05 * 2**tries) * random.random())


def _after(records: Sequence[ConsumerRecord]) -> dict[TopicPartition, int]:
    return {TopicPartition(r.topic, r.partition): r.offset + 1 for r in records}


async def _parse(records: Any) -> KafkaAckableMessage:
    return KafkaAckableMessage(
        body=b"", headers={}, batch_headers=[], raw_message=records, consumer=None
    )


async def _decode(_message: Any) -> bytes:
    return b""
