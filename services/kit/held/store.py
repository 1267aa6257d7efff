"""Where an event that is not taken is kept: held with its key, or set aside and holding nothing."""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.says import Says
from services.kit.errors import Unavailable
from services.kit.events.envelope import Headers, to_kafka
from services.kit.events.handling import Heard
from services.kit.faults import describe

MAX_ATTEMPTS = 8
"""After the last one the event goes on holding its key until a named person acts."""


BEHIND = str(Says("排在同一键的另一事件之后。", "Waits behind another event of its key"))


def delay_s(attempts: int) -> float:
    """Seconds until the next attempt: doubling, at most five minutes."""
    return float(min(300.0, 0.2 * 2**attempts))


def next_attempt(attempts: int, fault: BaseException) -> tuple[int, float | None]:
    """The count and the delay after a fault; what is unavailable is asked for without limit."""
    if isinstance(fault, Unavailable):
        return attempts, min(10.0, delay_s(attempts + 2))
    attempts += 1
    return attempts, delay_s(attempts) if attempts < MAX_ATTEMPTS else None


async def held_keys(session: AsyncSession, keys: Collection[str]) -> set[str]:
    """Those of the keys that something held waits on."""
    return {key for (key,) in await session.execute(_KEYS, {"keys": sorted(keys)})}


async def hold(
    session: AsyncSession, events: Sequence[tuple[Heard[Any], str, BaseException | None]]
) -> None:
    """Hold events with their topic and fault; one without a fault waits behind another."""
    if events:
        connection = await session.connection()
        await connection.execute(_HOLD, [_row(*event) for event in events])


def _row(heard: Heard[Any], topic: str, fault: BaseException | None) -> dict[str, object]:
    key, value, headers = to_kafka(heard.envelope)
    attempts, delay = (0, 0.0) if fault is None else next_attempt(0, fault)
    return {
        "topic": topic,
        "source": heard.envelope.source,
        "id": heard.envelope.id,
        "key": key.decode(),
        "type": heard.envelope.type,
        "headers": json.dumps([[name, raw.decode()] for name, raw in headers]),
        "value": value,
        "received_at": heard.received_at,
        "attempts": attempts,
        "delay": delay,
        "says": BEHIND if fault is None else describe(fault),
    }


_KEYS = text("SELECT DISTINCT key FROM held WHERE key = ANY(CAST(:keys AS text[]))")


_HOLD = text(
    """
    INSERT INTO held
        (topic, source, id, key, type, headers, value, received_at, attempts, next_at, says)
    VALUES (:topic, :source, :id, :key, :type, CAST(:headers AS jsonb), :value, :received_at,
            :attempts, now() + CAST(:delay AS float8) * interval '1 second', :says)
    """
)


@dataclass(frozen=True, slots=True)
class Aside:
    """A record, and why it is not taken."""

    topic: str
    reason: str
    says: Says
    key: bytes | None
    value: bytes | None
    headers: Headers
    received_at: datetime

    @classmethod
    def of(cls, heard: Heard, topic: str, reason: str, says: Says) -> "Aside":  # type: ignore[type-arg]
        key, value, headers = to_kafka(heard.envelope)
        return cls(topic, reason, says, key, value, headers, heard.received_at)

    def row(self) -> dict[str, object]:
        """As bound for the insert. Known by its bytes: a relay's resend has another offset."""
        spelled = [(_clean(name), _spell(raw)) for name, raw in self.headers]
        attributes = dict(spelled)
        return {
            "digest": _digest(self.key, self.value, self.headers),
            "reason": self.reason,
            "says": _clean(str(self.says))[:1000],
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
