"""What the API shows of the log; with a checkpoint, all that anyone needs to check a proof."""

from uuid import UUID

from pydantic import Field, JsonValue

from contracts.messages import Message, Sha256
from services.kit.http.views import Moment


class EntryView(Message):
    """An entry as an evaluator reads it."""

    index: int
    leaf: Sha256
    topic: str
    type: str
    source: str
    event_id: str
    subject: str
    case_id: UUID | None
    procedure: str | None
    seq: int | None
    recorded_at: Moment
    erased: bool
    attributes: dict[str, str] = Field(default_factory=dict)
    """The event's attributes, an agency's signature among them; none once erased."""
    data: JsonValue = None
    """What the event states; none once erased."""
    salt: str | None = None
    """Hexadecimal; with `record` it gives `leaf`: SHA-256 of 0x00, salt and record."""
    record: str | None = None
    """The record's bytes, base64. Only where one entry is asked for."""


class InclusionProof(Message):
    """That an entry stands at its place in the log of this size (RFC 6962 §2.1.1)."""

    index: int
    size: int
    leaf: Sha256
    root: Sha256
    path: tuple[Sha256, ...]


class ConsistencyProof(Message):
    """That the log of the later size begins with the one of the earlier size (RFC 6962 §2.1.2)."""

    from_size: int
    to_size: int
    from_root: Sha256
    to_root: Sha256
    path: tuple[Sha256, ...]
