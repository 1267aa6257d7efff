"""The held table: which keys wait, and how an event comes to wait."""

import json
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from services.kit.decisions import Heard
from services.kit.envelope import to_kafka
from services.kit.errors import Unavailable
from services.kit.faults import describe

MAX_ATTEMPTS = 8
"""After the last one the event goes on holding its key until a named person acts."""
BEHIND = "waits behind another event of its key"


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
