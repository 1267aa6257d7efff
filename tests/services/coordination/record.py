"""What coordination hears from Kafka, put on its record."""

from contracts.catalogue import COORDINATION, ENFORCEMENT
from contracts.procedure import StepOutcome, TakeStep
from services.coordination.handlers import handlers
from services.kit.clock import WallClock
from services.kit.events.envelope import Envelope, to_kafka
from services.kit.events.handling import handlers_by_type
from services.kit.events.inbox import Inbox, Incoming
from services.kit.events.reading import Reader
from tests.support.directories import directory
from tests.support.owner.record import Record


async def _nobody(procedure: str, _asked: TakeStep) -> StepOutcome:
    raise AssertionError(f"no step of {procedure} was to be taken")


async def hear(record: Record, *envelopes: Envelope) -> None:
    """Take them as one batch, as they come from Kafka."""
    by_type = handlers_by_type(handlers(directory, _nobody))
    reader = Reader(by_type, [ENFORCEMENT.topic, COORDINATION.topic])
    batch: list[Incoming] = []
    for envelope in envelopes:
        unit = ENFORCEMENT if envelope.source.endswith("enforcement") else COORDINATION
        topic = unit.topic
        heard = reader.read(topic.name, to_kafka(envelope), WallClock().now(), None)
        if heard is not None:
            batch.append(Incoming(heard, topic.name))
    await Inbox("coordination", record.worker, by_type).take(batch)
