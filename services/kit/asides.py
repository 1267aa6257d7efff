"""What is set aside: it failed verification or was refused; kept with its reason, holds nothing."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from services.kit.decisions import Heard
from services.kit.envelope import Headers, to_kafka


@dataclass(frozen=True, slots=True)
class Aside:
    """A record, and why it is not taken."""

    topic: str
    reason: str
    says: str
    key: bytes | None
    value: bytes | None
    headers: Headers
    received_at: datetime

    @classmethod
    def of(cls, heard: Heard, topic: str, reason: str, says: str) -> "Aside":  # type: ignore[type-arg]
        key, value, headers = to_kafka(heard.envelope)
        return cls(topic, reason, says, key, value, headers, heard.received_at)

    def row(self) -> dict[str, object]:
        """As bound for the insert. Known by its bytes: a relay's resend has another offset."""
        spelled = [(_clean(name), _spell(raw)) for name, raw in self.headers]
        attributes = dict(spelled)
        return {
            "digest": _digest(self.key, self.value, self.headers),
            "reason": self.reason,
            "says": _clean(self.says)[:1000],
            "topic": self.topic,
            "source": attributes.get("ce_source"),
            "event_id": attributes.get("ce_id"),
            "type": attributes.get("ce_type"),
            "headers": json.dumps(spelled),
            "value": self.value,
            "received_at": self.received_at,
        }


async def set_aside(session: AsyncSession, asides: Sequence[Aside]) -> None:
    """Keep them; the same bytes for the same reason once."""
    if asides:
        connection = await session.connection()
        await connection.execute(_KEEP, [aside.row() for aside in asides])


def _digest(key: bytes | None, value: bytes | None, headers: Headers) -> str:
    parts = [key, value, *(part for name, raw in headers for part in (name.encode(), raw))]
    whole = hashlib.sha256()
    for part in parts:
        whole.update(b"-" if part is None else b"%d:" % len(part) + part)
    return whole.hexdigest()


def _spell(raw: bytes | None) -> str | None:
    return None if raw is None else _clean(raw.decode("utf-8", "backslashreplace"))


def _clean(said: str) -> str:
    return said.replace("\x00", "\\0")


_KEEP = text(
    """
    INSERT INTO set_aside
        (digest, reason, says, topic, source, event_id, type, headers, value, received_at)
    VALUES (:digest, :reason, :says, :topic, :source, :event_id, :type,
            CAST(:headers AS jsonb), :value, :received_at)
    ON CONFLICT DO NOTHING
    """
)
