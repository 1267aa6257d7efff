"""What every service asks of its record: rows with their procedure, who sees them, their steps."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Row,
    Select,
    Text,
    and_,
    any_,
    bindparam,
    cast,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import Mapped
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.agencies import AgencyCode
from contracts.procedure import procedure_id
from services.kit.sight import Sight
from services.kit.tables import procedure, step_log


def with_procedure(name: str, row: type[SQLModel], case_id: Any, *more: Any) -> Select[Any]:
    """Rows, then `more`, then `state` and `open_steps` of their procedure: none until it begins."""
    # by columns as they are: under row-level security no index is used for what is put together
    its = and_(procedure.c.case_id == case_id, procedure.c.name == name)
    columns: list[Any] = [row, *more, procedure.c.state, procedure.c.open_steps]
    return select(*columns).select_from(row).outerjoin(procedure, its)


def may_see(sight: Sight, agency: Mapped[str]) -> ColumnElement[bool]:
    """Records of the agencies someone sees for, and those in which one of these holds a line."""
    if sight.everything:
        return literal(value=True)
    theirs = bound(sight.agencies)
    return or_(agency == any_(theirs), procedure.c.agencies.op("&&")(theirs))


def at_stage(stage: str) -> ColumnElement[bool]:
    """Records whose main line is at this stage."""
    found: ColumnElement[bool] = procedure.c.state["lines"][0]["stage"].astext == stage
    return found


def stage_of(state: dict[str, Any] | None) -> str | None:
    """Where the main line is; nowhere until the procedure has begun."""
    stage: str | None = state["lines"][0]["stage"] if state else None
    return stage


def bound(agencies: Collection[AgencyCode]) -> ColumnElement[Any]:
    """Agencies as one bound array."""
    return cast(bindparam("sight", sorted(agencies), unique=True), ARRAY(Text))


async def logged_steps(
    session: AsyncSession, name: str, case_id: UUID, after: int, limit: int
) -> Sequence[Row[Any]]:
    """The step log of a procedure of a case, from behind step `after` on."""
    asked = (
        step_log.select()
        .where(step_log.c.procedure_id == procedure_id(name, case_id), step_log.c.seq > after)
        .order_by(step_log.c.seq)
        .limit(limit)
    )
    return (await session.execute(asked)).all()
