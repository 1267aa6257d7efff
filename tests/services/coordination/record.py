"""Coordination's record in a database of its own, with each role's way into it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from contracts.catalogue import COORDINATION, ENFORCEMENT
from contracts.procedure import RecordStep, StepOutcome, TakeStep
from services.coordination.effects import effects
from services.coordination.handlers import handlers
from services.kit.clock import Clock
from services.kit.database import Sessions
from services.kit.decisions import handlers_by_type
from services.kit.envelope import Envelope, to_kafka
from services.kit.inbox import Inbox, Incoming
from services.kit.reading import Reader
from services.kit.recording import record_step
from tests.support.directories import directory


async def _nobody(procedure: str, _asked: TakeStep) -> StepOutcome:
    raise AssertionError(f"no step of {procedure} was to be taken")


OURS = (
    "response",
    "report_up",
    "secured_item",
    "escalation",
    "escalation_entry",
    "missed_clock",
    "matter",
    "matter_access",
    "paper",
    "procedure",
    "step_log",
    "outbox",
    "inbox",
    "held",
    "set_aside",
)


@dataclass
class Record:
    """What the service has on record, from outside."""

    worker: Sessions
    app: Sessions

    async def take(self, record: RecordStep) -> StepOutcome:
        return await record_step(self.worker, effects(directory), record)

    async def take_all(self, records: Iterable[RecordStep]) -> None:
        for record in records:
            await self.take(record)

    async def rows(self, table: str) -> list[dict[str, Any]]:
        async with self.worker() as session:
            found = await session.execute(text(f"SELECT * FROM {table} ORDER BY 1, 2"))
            return [dict(row) for row in found.mappings()]

    async def everything(self) -> dict[str, list[dict[str, Any]]]:
        return {table: await self.rows(table) for table in OURS}

    async def told(self) -> list[str]:
        """Types of the events owed, in order, without the prefix they share."""
        return [row["type"].removeprefix("cn.metrology.") for row in await self.rows("outbox")]

    async def envelopes(self, source: str = "/services/coordination") -> list[Envelope]:
        """What the relay would publish, as whoever owns the procedure would."""
        return [
            Envelope(
                id=str(row["event_id"]),
                source=source,
                type=row["type"],
                subject=row["subject"],
                time=row["time"],
                data=row["data"],
            )
            for row in await self.rows("outbox")
        ]

    async def hear(self, *envelopes: Envelope) -> None:
        """Take them as one batch, as they come from Kafka."""
        by_type = handlers_by_type(handlers(directory, _nobody))
        reader = Reader(by_type, [ENFORCEMENT.topic, COORDINATION.topic])
        batch: list[Incoming] = []
        for envelope in envelopes:
            topic = (
                ENFORCEMENT.topic if envelope.source.endswith("enforcement") else COORDINATION.topic
            )
            heard = reader.read(topic.name, to_kafka(envelope), Clock().now(), None)
            if heard is not None:
                batch.append(Incoming(heard, topic.name))
        await Inbox("coordination", self.worker, by_type).take(batch)
