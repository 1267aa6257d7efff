"""What was told of the matters someone may see, in the order in which it was published.

One relay publishes, batch after batch, and marks each batch in a transaction of its own with that
transaction's time. So whoever reads on from the last moment and number it saw misses nothing.
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
from services.kit.errors import Invalid
from services.kit.sight import Sight

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
        at, _, number = written.partition("|")
        try:
            return cls(datetime.fromisoformat(at).astimezone(UTC), int(number))
        except (ValueError, OverflowError) as error:
            raise Invalid(
                "`after` is what `next` of the last answer was",
                "after 应为上一次答复的 next。",
                field="after",
                rule="cursor",
            ) from error

    def __str__(self) -> str:
        return f"{self.at.isoformat()}|{self.number}"


@dataclass(frozen=True)
class Published:
    """An event as published, with the matter it is about and what of that may be seen."""

    id: UUID
    type: str
    subject: str
    time: datetime
    data: bytes
    may: Access
    procedure: str | None
    state: ProcedureState | None


async def published(
    session: AsyncSession, sight: Sight, after: Cursor, limit: int
) -> tuple[Sequence[Published], Cursor]:
    """Of the next stretch, what is about matters of which some part may be seen; and its end."""
    bound = {"at": after.at, "number": after.number, "most": STRETCH}
    last = (await session.execute(_STRETCH, bound)).first()
    if last is None:
        return [], after
    end = Cursor(last.published_at, last.id)
    rows = (await session.execute(_PUBLISHED, bound | {"until": end.at, "last": end.number})).all()
    matters = await _matters(session, sight, {UUID(row.subject) for row in rows})
    seen = [row for row in rows if sight.everything or UUID(row.subject) in matters]
    if len(seen) > limit:
        # what is not handed on begins the part that follows
        seen = seen[:limit]
        end = Cursor(seen[-1].published_at, seen[-1].id)
    return [_published(row, matters.get(UUID(row.subject)), sight) for row in seen], end


async def _matters(session: AsyncSession, sight: Sight, ids: Collection[UUID]) -> dict[UUID, Any]:
    """Of these, the matters of which a part may be seen, and what of them."""
    bound = {"ids": list(ids), "sight": sorted(sight.agencies)}
    rows = (await session.execute(_SEEN, bound)).all()
    return {row.id: row for row in rows if sight.everything or row.whole is not None}


def _published(row: Any, matter: Any, sight: Sight) -> Published:
    may = Access(whole=True, shared=True)
    if not sight.everything:
        may = Access(matter.whole, matter.shared, frozenset(matter.lines or ()))
    # whoever sees all of a matter sees it as it was told
    cut = not may.whole and matter.state is not None
    return Published(
        row.event_id,
        row.type,
        row.subject,
        row.time,
        row.data,
        may,
        matter.procedure if matter else None,
        ProcedureState.model_validate(matter.state) if cut else None,
    )


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
