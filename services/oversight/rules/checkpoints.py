"""What a checkpoint says and who signed it: the log's size and root at a moment (RFC 6962 §3.5)."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from contracts.oversight import Checkpoint

_STATEMENT = "steelyard audit log checkpoint v1"
"""First line of what is signed, so that the signature can stand for nothing else."""


@dataclass(frozen=True)
class CheckpointKey:
    """The log's own signing key."""

    kid: str
    private: SigningKey

    @property
    def public(self) -> bytes:
        return bytes(self.private.verify_key)


def signed(key: CheckpointKey, *, size: int, root: bytes, moment: datetime) -> Checkpoint:
    """A checkpoint of the log as it stands."""
    signature = key.private.sign(statement(size, root.hex(), moment)).signature
    return Checkpoint(
        size=size, root=root.hex(), at=moment, kid=key.kid, signature=_text(signature)
    )


def is_signed(checkpoint: Checkpoint, keys: Mapping[str, bytes]) -> bool:
    """Whether one of these public keys, by its key id, signed exactly this."""
    if (public := keys.get(checkpoint.kid)) is None:
        return False
    said = statement(checkpoint.size, checkpoint.root, checkpoint.at)
    try:
        VerifyKey(public).verify(said, _bytes(checkpoint.signature))
    except (BadSignatureError, ValueError):
        return False
    return True


def statement(size: int, root: str, moment: datetime) -> bytes:
    """The bytes that are signed; the moment in UTC, so that a stored one gives the same bytes."""
    return f"{_STATEMENT}\n{size}\n{root}\n{moment.astimezone(UTC).isoformat()}\n".encode()


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
