"""What was told of the matters someone may see, in the order in which it was published.

One relay publishes, batch after batch, and marks each batch in a transaction of its own with that
transaction's time: a batch is seen whole, and after all that was published before it. So whoever
reads on from the last moment and number it saw misses nothing, while the database's clock does not
go back. What is shown is what may be seen when it is asked; who joins later finds what was shared
before in the matter's timeline.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.procedure import ProcedureState
from services.coordination.rules.sharing import Access
from services.kit.http.pages import cursor, number_id, place_of
from services.kit.rights.visibility import Visibility

STRETCH = 500
"""Events looked at together."""
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Cursor:
    """The last event that was seen: when it was published, and its number."""

    at: datetime = BEGINNING
    number: int = 0

    @classmethod
    def read(cls, written: str | None) -> "Cursor":
        if written is None:
            return cls()
        return cls(*place_of(written, number_id))

    def __str__(self) -> str:
        return cursor(self.at, self.number)


@dataclass(frozen=True)
class VisiblePart:
    """What of a matter may be seen; its state, where an event has to be cut by it."""

    may: Access
    procedure: str | None = None
    state: ProcedureState | None = None


WHOLE = VisiblePart(Access(whole=True, shared=True))


@dataclass(frozen=True)
class Published:
    """An event as published, with what may be seen of the matter it is about."""

    id: UUID
    type: str
    subject: str
    time: datetime
    data: bytes
    part: VisiblePart


async def published(
    session: AsyncSession, visible: Visibility, after: Cursor, limit: int
) -> tuple[Sequence[Published], Cursor]:
    """Of the next stretch, what is about matters of which some part may be seen; and its end."""
    bound = {"at": after.at, "number": after.number, "most": STRETCH}
    last = (await session.execute(_STRETCH, bound)).first()
    if last is None:
        return [], after
    end = Cursor(last.published_at, last.id)
    rows = (await session.execute(_PUBLISHED, bound | {"until": end.at, "last": end.number})).all()
    parts = await _parts(session, visible, {row.subject for row in rows})
    shown = [row for row in rows if visible.everything or row.subject in parts]
    if len(shown) > limit:
        # what is not handed on begins the part that follows
        shown = shown[:limit]
        end = Cursor(shown[-1].published_at, shown[-1].id)
    return [_published(row, parts.get(row.subject, WHOLE)) for row in shown], end


async def _parts(
    session: AsyncSession, visible: Visibility, subjects: Collection[str]
) -> dict[str, VisiblePart]:
    """By event's subject, the matters of which a part may be seen. Who sees all needs no look."""
    if visible.everything:
        return {}
    bound = {"ids": [UUID(subject) for subject in subjects], "sight": sorted(visible.agencies)}
    rows = (await session.execute(_SEEN, bound)).all()
    return {str(row.id): _part(row) for row in rows if row.whole is not None}


def _part(row: Any) -> VisiblePart:
    if row.whole:
        return WHOLE
    state = None if row.state is None else ProcedureState.model_validate(row.state)
    return VisiblePart(
        Access(shared=row.shared, lines=frozenset(row.lines or ())), row.procedure, state
    )


def _published(row: Any, part: VisiblePart) -> Published:
    return Published(row.event_id, row.type, row.subject, row.time, row.data, part)


# Asked apart, and of the owner: under row-level security whoever sees little would look far.
_STRETCH = text("SELECT published_at, id FROM stretch_of_stream(:at, :number, :most)")
_PUBLISHED = text(
    """
    SELECT id, published_at, event_id, type, subject, time, data FROM outbox
    WHERE published_at IS NOT NULL
      AND (published_at, id) > (:at, :number) AND (published_at, id) <= (:until, :last)
    ORDER BY published_at, id
    """
)
_SEEN = text(
    """
    SELECT m.id, m.procedure, p.state, seen.whole, seen.shared, seen.lines
    FROM matter m
    LEFT JOIN procedure p ON p.case_id = m.id AND p.name = m.procedure
    LEFT JOIN LATERAL (
        SELECT bool_or(a.whole) AS whole, bool_or(a.shared) AS shared,
               array_agg(DISTINCT line) FILTER (WHERE line IS NOT NULL) AS lines
        FROM matter_access a LEFT JOIN LATERAL unnest(a.lines) AS line ON true
        WHERE a.matter_id = m.id AND a.agency = ANY(CAST(:sight AS text[]))
    ) AS seen ON true
    WHERE m.id = ANY(CAST(:ids AS uuid[]))
    """
)
