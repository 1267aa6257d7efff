"""The outbox: events owed to the unit's topic, written in the transaction that they tell of."""

from collections.abc import Iterable
from uuid import uuid4

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts import catalogue
from contracts.messages import Event

Owed = tuple[Event, str | None, str | None]
"""An event, the id of the event that caused it, and the trace it belongs to."""


async def owe(session: AsyncSession, unit: str, owed: Iterable[Owed]) -> None:
    """Write outbox rows in this order, and wake the relay when it commits."""
    events = list(owed)
    if not events:
        return
    topic = catalogue.unit(unit).topic.name
    await session.execute(
        _OWE,
        {
            "topic": topic,
            "ids": [uuid4() for _ in events],
            "subjects": [event.key for event, _, _ in events],
            "types": [event.type for event, _, _ in events],
            "times": [event.occurred_at for event, _, _ in events],
            "data": [event.model_dump_json().encode() for event, _, _ in events],
            "causes": [cause for _, cause, _ in events],
            "traces": [trace for _, _, trace in events],
            "channel": channel(unit),
        },
    )


def channel(unit: str) -> str:
    """NOTIFY channels are of the whole database, so each unit's has its name."""
    return f"steelyard_{unit}_outbox"


# NOTIFY once a transaction, not a row: it takes a lock of the whole cluster at commit.
_OWE = text(
    """
    WITH owed AS (
        INSERT INTO outbox (event_id, topic, subject, type, time, data, causationid, traceparent)
        SELECT i, CAST(:topic AS text), s, y, t, d, c, p
        FROM unnest(
            CAST(:ids AS uuid[]), CAST(:subjects AS text[]), CAST(:types AS text[]),
            CAST(:times AS timestamptz[]), CAST(:data AS bytea[]), CAST(:causes AS text[]),
            CAST(:traces AS text[])
        ) WITH ORDINALITY AS told (i, s, y, t, d, c, p, n)
        ORDER BY n
    )
    SELECT pg_notify(:channel, '')
    """
)
