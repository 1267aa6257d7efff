"""What was told of the matters someone may see, in the order in which it was published.

One relay publishes, batch after batch, and marks each batch in a transaction of its own with that
transaction's time. So whoever reads on from the last moment and number it saw misses nothing.
"""

from collections.abc import Sequence
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
    session: AsyncSession, sight: Sight, after: Cursor
) -> tuple[Sequence[Published], Cursor]:
    """Of the next stretch, what is about matters of which some part may be seen; and its end."""
    bound = {
        "sight": sorted(sight.agencies),
        "everything": sight.everything,
        "at": after.at,
        "number": after.number,
        "stretch": STRETCH,
    }
    rows = (await session.execute(_PUBLISHED, bound)).all()
    end = Cursor(rows[-1].published_at, rows[-1].id) if rows else after
    seen = [row for row in rows if sight.everything or row.whole is not None]
    return [_published(row, everything=sight.everything) for row in seen], end


def _published(row: Any, *, everything: bool) -> Published:
    whole = everything or row.whole
    return Published(
        row.event_id,
        row.type,
        row.subject,
        row.time,
        row.data,
        Access(whole, everything or row.shared, frozenset(row.lines or ())),
        row.procedure,
        None if row.state is None else ProcedureState.model_validate(row.state),
    )


_PUBLISHED = text(
    """
    WITH stretch AS (
        SELECT * FROM outbox
        WHERE published_at IS NOT NULL AND (published_at, id) > (:at, :number)
        ORDER BY published_at, id LIMIT :stretch
    )
    SELECT o.id, o.published_at, o.event_id, o.type, o.subject, o.time, o.data,
           seen.whole, seen.shared, seen.lines, m.procedure, p.state
    FROM stretch o
    LEFT JOIN matter m ON m.id = CAST(o.subject AS uuid)
    LEFT JOIN LATERAL (
        SELECT bool_or(a.whole) AS whole, bool_or(a.shared) AS shared,
               array_agg(DISTINCT line) FILTER (WHERE line IS NOT NULL) AS lines
        FROM matter_access a LEFT JOIN LATERAL unnest(a.lines) AS line ON true
        WHERE a.matter_id = m.id AND a.agency = ANY(CAST(:sight AS text[]))
    ) AS seen ON true
    LEFT JOIN procedure p ON p.id = m.procedure || '/' || m.id
    ORDER BY o.published_at, o.id
    """
)
