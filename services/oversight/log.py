"""The log in its table: its right edge for whoever appends, and roots out of the spines."""

from collections.abc import Iterable

from sqlalchemy import func, text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.says import Says
from services.kit.errors import Fault
from services.oversight.models import Entry
from services.oversight.rules.proofs import Range
from services.oversight.rules.stored import Stored
from services.oversight.rules.tree import Frontier, Subtree, joined, subtrees

_LOCK = text("SELECT pg_advisory_xact_lock(hashtext('oversight'), hashtext('audit log'))")


class Damaged(Fault):
    """The log lacks an entry it must have; nothing is appended to it before someone looks."""


async def appending(session: AsyncSession) -> Frontier:
    """The log's right edge, for one appender at a time: the lock is held until it commits."""
    await (await session.connection()).execute(_LOCK)
    # In a statement of its own: READ COMMITTED then sees what the appender before us committed.
    return await frontier(session)


async def frontier(session: AsyncSession) -> Frontier:
    """The log's right edge as of now."""
    size = await length(session)
    [parts] = await _roots(session, [Range(0, size)])
    return Frontier(size, parts)


async def length(session: AsyncSession) -> int:
    """How many entries there are: their indexes have no gap."""
    return int((await session.exec(select(func.coalesce(func.max(Entry.index), -1)))).one()) + 1


async def roots(session: AsyncSession, ranges: Iterable[Range]) -> list[bytes]:
    """The root of each range, in one look-up of at most log2(n) spines a range."""
    return [joined(parts) for parts in await _roots(session, list(ranges))]


def row(stored: Stored) -> Entry:
    """The row that keeps it."""
    return Entry(**vars(stored.columns), spine=stored.spine, salt=stored.salt, record=stored.record)


async def _roots(session: AsyncSession, ranges: list[Range]) -> list[list[bytes]]:
    """The roots of the perfect subtrees of each range."""
    wanted = [subtrees(*part) for part in ranges]
    spines = await _spines(session, {s for part in wanted for s in part})
    try:
        return [[s.root_in(spines[s.completed_by]) for s in part] for part in wanted]
    except KeyError as missing:
        raise Damaged(
            Says(
                f"审计日志缺第 {missing} 条，请运行 audit verify。",
                f"entry {missing} of the audit log is missing: run audit verify",
            )
        ) from missing


async def _spines(session: AsyncSession, wanted: set[Subtree]) -> dict[int, bytes]:
    at = sorted({s.completed_by for s in wanted})
    found = await session.exec(select(Entry.index, Entry.spine).where(col(Entry.index).in_(at)))
    return dict(found.all())
