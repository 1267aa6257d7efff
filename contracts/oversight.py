"""Oversight: what the audit log says of itself."""

from contracts.messages import Instant, Message, Sha256


class Checkpoint(Message):
    """The log's size and root at a moment, signed (RFC 6962 signed tree head)."""

    size: int
    root: Sha256
    at: Instant
    kid: str
    signature: str
    """Ed25519 over `size`, `root` and `at`, base64url without padding."""
