"""What oversight does when it hears of something: it keeps it, whatever it is."""

import secrets
from collections.abc import Sequence

from pydantic import ValidationError
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts import catalogue
from contracts.messages import Event
from contracts.says import Says
from contracts.topics import AGENCIES, INTAKE
from services.kit.errors import Refusal
from services.kit.events.envelope import SERVICES, Envelope
from services.kit.events.handling import Heard, Reaction, hears
from services.kit.faults import fields_of
from services.oversight.log import appending, row
from services.oversight.rules.record import LogRecord
from services.oversight.rules.stored import SALT_BYTES, append
from services.oversight.rules.tree import Frontier

_SUBMISSIONS = {kind.type: kind for kind in catalogue.told_by(AGENCIES)}
"""Whatever agencies may send, whichever service it is for."""
_ATTRIBUTES = tuple(name for name in Envelope.__dataclass_fields__ if name not in {"data", "time"})


async def right_edge(session: AsyncSession, _heard: Sequence[Heard[Event]]) -> Frontier:
    """The log's right edge, for this batch alone until it commits."""
    return await appending(session)


@hears(Event, knowing=right_edge)
def keep(heard: Heard[Event], log: Frontier) -> Reaction:
    """Append the event, byte for byte as it was sent, to the audit log."""
    topic = _topic(heard.envelope)
    if topic == INTAKE.name:
        require_submission(heard.envelope)
    record = LogRecord(
        log.size, topic, heard.received_at, attributes(heard.envelope), heard.envelope.data
    )
    return Reaction(rows=[row(append(log, record, secrets.token_bytes(SALT_BYTES)))])


def require_submission(envelope: Envelope) -> None:
    """What an agency sent and no service can read is set aside there, and is no event here."""
    if (kind := _SUBMISSIONS.get(envelope.type)) is None:
        raise Refusal(
            "unknown_type",
            Says(
                f"没有事件类型 {envelope.type}。", f"{envelope.type} is no type of event known here"
            ),
        )
    try:
        kind.model_validate_json(envelope.data)
    except ValidationError as error:
        raise Refusal("bad_field", Says("事件内容不符合要求。", fields_of(error))) from error


def attributes(envelope: Envelope) -> dict[str, str]:
    """The envelope's attributes as text, an agency's signature among them."""
    said = {name: getattr(envelope, name) for name in _ATTRIBUTES}
    told = {name: value for name, value in said.items() if value is not None}
    return {**told, "specversion": "1.0", "time": envelope.time.isoformat()}


def _topic(envelope: Envelope) -> str:
    # The kit let through only who may write to a topic, so the source tells the topic.
    if envelope.source.startswith(SERVICES):
        return catalogue.unit(envelope.source.removeprefix(SERVICES)).topic.name
    return INTAKE.name
