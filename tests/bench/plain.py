"""The plain way: a FastStream handler with SQLModel rows, one message and one commit at a time.

It gives the same guarantees: signature checked, event known by its id, case, report and event to
tell in one transaction, offset committed after it. It even decides by the same rules.
"""

import asyncio
import sys
from datetime import datetime
from uuid import UUID, uuid4

from faststream import AckPolicy
from faststream.kafka import KafkaBroker, KafkaMessage
from sqlalchemy import DateTime
from sqlmodel import Field, SQLModel

from contracts.catalogue import ENFORCEMENT
from contracts.intake import ReportSubmitted
from contracts.topics import INTAKE
from services.enforcement.app import NAME
from services.enforcement.handlers import open_or_link
from services.enforcement.open_cases import open_cases
from services.kit.clock import WallClock
from services.kit.directory.file import DirectoryFile
from services.kit.events.envelope import from_kafka
from services.kit.events.handling import Add, Heard
from services.kit.events.signing import verify
from services.kit.settings import Settings
from services.kit.storage.database import engine, sessions
from tests.bench.contender import until_told_to_stop


class TakenEvent(SQLModel, table=True):
    __tablename__ = "inbox"

    source: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    digest: bytes


class EventToTell(SQLModel, table=True):
    __tablename__ = "outbox"

    id: int | None = Field(default=None, primary_key=True)
    event_id: UUID
    topic: str
    subject: str
    type: str
    time: datetime = Field(sa_type=DateTime(timezone=True))
    data: bytes
    causationid: str | None = None


async def hear(settings: Settings, group: str) -> None:
    ours = settings.steelyard
    directory = DirectoryFile(ours.jurisdiction, ours.jurisdiction_keys)
    writing = engine(settings.database, NAME, "worker")
    new_session = sessions(writing, NAME)
    broker = KafkaBroker(settings.kafka.bootstrap_servers, logger=None)

    @broker.subscriber(
        INTAKE.name, group_id=group, auto_offset_reset="earliest", ack_policy=AckPolicy.MANUAL
    )
    async def take(report: ReportSubmitted, message: KafkaMessage) -> None:
        record = message.raw_message
        assert not isinstance(record, tuple)
        received_at = WallClock().now()
        envelope = from_kafka(record.key, record.value, record.headers)
        sender = verify(envelope, directory.current(), received_at)
        async with new_session() as session:
            if await session.get(TakenEvent, (envelope.source, envelope.id)) is None:
                taken = TakenEvent(source=envelope.source, id=envelope.id, digest=envelope.digest)
                session.add(taken)
                known = await open_cases(session, [report], directory.current())
                decision = open_or_link(Heard(report, envelope, received_at, sender), known)
                for row in decision.rows:
                    session.add(row.model(**row.values) if isinstance(row, Add) else row)
                for event in decision.events:
                    to_tell = EventToTell(
                        event_id=uuid4(),
                        topic=ENFORCEMENT.topic.name,
                        subject=event.key,
                        type=event.type,
                        time=event.occurred_at,
                        data=event.model_dump_json().encode(),
                        causationid=envelope.id,
                    )
                    session.add(to_tell)
                await session.commit()
        await message.ack()

    await broker.start()
    await until_told_to_stop()
    await broker.stop()
    await writing.dispose()


if __name__ == "__main__":
    asyncio.run(hear(Settings(), sys.argv[1]))
