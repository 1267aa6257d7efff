"""Matters between agencies as the API asks for them; each with what the asker may see of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy
from sqlalchemy import ColumnElement, Row, Select, and_, any_, func, literal, or_, true
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.procedure import OpenStep, ProcedureState
from contracts.says import Says
from services.coordination.models import Matter, MatterAccess, Paper
from services.coordination.queries.pages import behind
from services.coordination.rules.sharing import Access, audience_of, home, together
from services.kit.errors import NotFound
from services.kit.http.pages import Page
from services.kit.rights.visibility import Visibility
from services.kit.storage.record_queries import bound, logged_steps, with_procedure

MatterKey = tuple[str, UUID]
"""A matter's procedure and its id."""
NOUN = Says("事项", "matter")
STRETCH = 500
"""Steps looked at together."""
WHOLE = Access(whole=True, shared=True)


@dataclass(frozen=True, slots=True)
class MatterFilters:
    """What a list of matters may be narrowed to."""

    procedure: str | None = None
    of_case: UUID | None = None
    open: bool | None = None


@dataclass(frozen=True)
class VisibleMatter:
    """A matter, its procedure once that has begun, and what may be seen of them."""

    matter: Matter
    may: Access
    state: ProcedureState | None
    open_steps: tuple[OpenStep, ...]


async def matters(
    session: AsyncSession,
    visible: Visibility,
    page: Page,
    narrowed: MatterFilters,
) -> Sequence[Matter]:
    """The newest first."""
    at, id_ = col(Matter.opened_at), col(Matter.id)
    where = _narrowed(narrowed)
    if visible.everything:
        asked = select(Matter).where(*where, *behind(page, at, id_))
    else:
        asked = select(Matter).where(id_.in_(_newest(visible, page, where)))
    return (await session.exec(asked.order_by(at.desc(), id_).limit(page.limit + 1))).all()


def _narrowed(filters: MatterFilters) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if filters.procedure is not None:
        where.append(col(Matter.procedure) == filters.procedure)
    if filters.of_case is not None:
        where.append(or_(col(Matter.of_case) == filters.of_case, col(Matter.id) == filters.of_case))
    if filters.open is not None:
        ended = col(Matter.ended_at)
        where.append(ended.is_(None) if filters.open else ended.is_not(None))
    return where


def _newest(
    visible: Visibility, page: Page, narrowed: Sequence[ColumnElement[bool]]
) -> Select[Any]:
    """As many of each agency's newest as the page has: read off the index, agency by agency."""
    theirs = func.unnest(bound(visible.agencies)).table_valued("agency").render_derived()
    at, id_ = col(MatterAccess.opened_at), col(MatterAccess.matter_id)
    asked = sqlalchemy.select(id_).where(col(MatterAccess.agency) == theirs.c.agency)
    if narrowed:
        asked = asked.join(Matter, col(Matter.id) == id_).where(*narrowed)
    newest = asked.where(*behind(page, at, id_)).order_by(at.desc(), id_).limit(page.limit + 1)
    own = newest.correlate(theirs).lateral()
    return sqlalchemy.select(own.c.matter_id).select_from(theirs).join(own, true()).distinct()


async def matter(session: AsyncSession, visible: Visibility, key: MatterKey) -> VisibleMatter:
    """One matter; there is none for whoever may see no part of it."""
    procedure_name, id_ = key
    row = (await session.execute(_with_procedure(procedure_name, id_))).first()
    may = WHOLE if visible.everything else await _access(session, visible, id_)
    if row is None or may is None:
        raise NotFound(NOUN, id_)
    found, state, open_steps = row
    return VisibleMatter(
        found,
        may,
        None if state is None else ProcedureState.model_validate(state),
        tuple(OpenStep.model_validate(step) for step in open_steps or ()),
    )


async def papers(session: AsyncSession, visible: VisibleMatter) -> Sequence[Paper]:
    """Those that may be seen, in the order in which they were filed."""
    asked = select(Paper).where(col(Paper.matter_id) == visible.matter.id, _readable(visible.may))
    return (await session.exec(asked.order_by(col(Paper.seq), col(Paper.number)))).all()


async def timeline(
    session: AsyncSession, visible: VisibleMatter, after: int, limit: int
) -> Sequence[Row[Any]]:
    """Its step log, as far as it may be seen."""
    shown: list[Row[Any]] = []
    if visible.state is None:
        return shown
    name, id_ = visible.matter.procedure, visible.matter.id
    # what may not be seen does not count: a part of the timeline is as long as it was asked for
    while rows := await logged_steps(session, name, id_, after, STRETCH):
        shown += [row for row in rows if _shows(visible, visible.state, row)]
        if len(rows) < STRETCH or len(shown) >= limit:
            break
        after = rows[-1].seq
    return shown[:limit]


def _shows(visible: VisibleMatter, state: ProcedureState, row: Any) -> bool:
    line = home(state, row.line)
    return visible.may.shows(audience_of(row.step, line), line)


def _with_procedure(name: str, id_: UUID) -> Select[Any]:
    asked = with_procedure(name, Matter, Matter.id)
    return asked.where(col(Matter.id) == id_, col(Matter.procedure) == name)


async def _access(session: AsyncSession, visible: Visibility, id_: UUID) -> Access | None:
    asked = select(MatterAccess).where(
        col(MatterAccess.matter_id) == id_,
        col(MatterAccess.agency) == any_(bound(visible.agencies)),
    )
    granted = (await session.exec(asked)).all()
    if not granted:
        return None
    return together(Access(row.whole, row.shared, frozenset(row.lines)) for row in granted)


def _readable(may: Access) -> ColumnElement[bool]:
    """`Access.shows`, as the database asks it."""
    if may.whole:
        return true()
    own = and_(col(Paper.audience) != "lead", col(Paper.line) == any_(bound(may.lines)))
    shared = and_(literal(may.shared), col(Paper.audience) == "shared")
    return or_(own, shared)
