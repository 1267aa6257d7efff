"""One short transaction: lock and read, add rows, owe events; the relay pays after the commit."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any, TypeVar
from uuid import uuid4

from sqlalchemy import text
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts import catalogue
from contracts.messages import Event
from contracts.says import Says
from services.kit.database import Sessions
from services.kit.errors import NotFound
from services.kit.seeing import see
from services.kit.sight import Sight
from services.kit.tracing import traceparent

Row = TypeVar("Row", bound=SQLModel)

__all__ = ["Owed", "Sessions", "Transaction", "owe", "transaction"]

Owed = tuple[Event, str | None, str | None]
"""An event, the id of the event that caused it, and the trace it belongs to."""


class Transaction:
    """What a request or an effect may do before it commits."""

    def __init__(self, session: AsyncSession, causationid: str | None = None) -> None:
        self.session = session
        self.unit: str = session.info["unit"]
        self._causationid = causationid
        self._owed: list[Owed] = []

    async def lock(self, row: type[Row], key: Any) -> Row:
        """Load a row for writing, and keep others from it until the commit.

        The only way to: it makes a case's outbox order its commit order.
        """
        found = await self.session.get(row, key, with_for_update=True, populate_existing=True)
        if found is None:
            raise NotFound(Says("记录", row.__name__.lower()), key)
        return found

    def add(self, row: SQLModel) -> None:
        self.session.add(row)

    def emit(self, event: Event) -> None:
        """Owe `event` to the unit's topic. Lock the row of its case first."""
        self._owed.append((event, self._causationid, traceparent()))

    async def settle(self) -> None:
        """Write rows and what is owed; called once, at the end."""
        await self.session.flush()
        await owe(self.session, self.unit, self._owed)


@asynccontextmanager
async def transaction(
    sessions: Sessions, *, causationid: str | None = None, sight: Sight | None = None
) -> AsyncIterator[Transaction]:
    """Commit when the block ends, roll back when it raises. A route says what its asker sees."""
    async with sessions() as session, session.begin():
        if sight is not None:
            await see(session, sight)
        tx = Transaction(session, causationid)
        yield tx
        await tx.settle()


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
