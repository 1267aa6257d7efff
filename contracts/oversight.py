"""Oversight: what the audit log says of itself."""

from uuid import UUID

from contracts.messages import Event, Instant, Message, Sha256


class Checkpoint(Message):
    """The log's size and root at a moment, signed (RFC 6962 signed tree head)."""

    size: int
    root: Sha256
    at: Instant
    kid: str
    signature: str
    """Ed25519 over `size`, `root` and `at`, base64url without padding."""


class EntryErased(Event):
    """An entry of the audit log was emptied (清除). It is itself an entry: nothing is erased in
    silence.
    """

    index: int
    """The entry that was emptied, counted from 0."""
    leaf: Sha256
    """Its leaf hash, which stays, and with it the tree."""
    by: str
    why: str
    topic: str
    recorded_at: Instant
    event_type: str
    event_source: str
    event_id: str
    case_id: UUID | None = None
    procedure: str | None = None
    seq: int | None = None

    @property
    def key(self) -> str:
        return str(self.index)
