"""Fast responses as the API asks for them; every look-up keeps to what the asker may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy
from sqlalchemy import ColumnElement, Select, and_, any_, literal, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.procedure import OpenStep, ProcedureState, procedure_id
from contracts.says import Says
from services.coordination.models import ReportUp, Response, SecuredItem
from services.coordination.queries.pages import Page, bound
from services.coordination.rules.responses import FAST_RESPONSE
from services.kit.errors import NotFound
from services.kit.sight import Sight
from services.kit.tables import procedure, step_log


@dataclass(frozen=True)
class Running:
    """A response and the procedure it runs by."""

    response: Response
    state: ProcedureState
    open_steps: tuple[OpenStep, ...]


async def responses(
    session: AsyncSession,
    sight: Sight,
    page: Page,
    *,
    level: str | None = None,
    agency: str | None = None,
    open_: bool | None = None,
) -> list[Running]:
    """The newest first."""
    asked = _running().where(_response_in(sight))
    if level is not None:
        asked = asked.where(col(Response.level) == level)
    if agency is not None:
        asked = asked.where(col(Response.agency) == agency)
    if open_ is not None:
        asked = asked.where(procedure.c.ended.is_(not open_))
    at, id_ = col(Response.mobilised_at), col(Response.case_id)
    if page.after is not None:
        moment, last = page.after
        asked = asked.where(or_(at < moment, and_(at == moment, id_ > last)))
    rows = await session.execute(asked.order_by(at.desc(), id_).limit(page.limit + 1))
    return [_as_running(row) for row in rows]


async def response(session: AsyncSession, sight: Sight, case_id: UUID) -> Running:
    asked = _running().where(_response_in(sight), col(Response.case_id) == case_id)
    if (row := (await session.execute(asked)).first()) is None:
        raise NotFound(Says("协同处置", "response"), case_id)
    return _as_running(row)


async def reports(session: AsyncSession, case_id: UUID) -> Sequence[ReportUp]:
    asked = select(ReportUp).where(col(ReportUp.case_id) == case_id).order_by(col(ReportUp.seq))
    return (await session.exec(asked)).all()


async def secured_items(session: AsyncSession, case_id: UUID) -> Sequence[SecuredItem]:
    asked = select(SecuredItem).where(col(SecuredItem.case_id) == case_id)
    inorder = asked.order_by(col(SecuredItem.seq), col(SecuredItem.number))
    return (await session.exec(inorder)).all()


async def timeline(session: AsyncSession, case_id: UUID) -> Sequence[Any]:
    """The response's step log."""
    id_ = procedure_id(FAST_RESPONSE, case_id)
    asked = step_log.select().where(step_log.c.procedure_id == id_).order_by(step_log.c.seq)
    return (await session.execute(asked)).all()


def _running() -> Select[Any]:
    # by columns as they are: under row-level security no index is used for what is put together
    its = and_(procedure.c.case_id == col(Response.case_id), procedure.c.name == FAST_RESPONSE)
    columns: list[Any] = [Response, procedure.c.state, procedure.c.open_steps]
    return sqlalchemy.select(*columns).join(procedure, its)


def _as_running(row: Any) -> Running:
    response, state, open_steps = row
    return Running(
        response,
        ProcedureState.model_validate(state),
        tuple(OpenStep.model_validate(step) for step in open_steps),
    )


def _response_in(sight: Sight) -> ColumnElement[bool]:
    """The leader's, or that of an agency that holds one of its lines."""
    if sight.everything:
        return literal(value=True)
    theirs = bound(sight.agencies)
    return or_(col(Response.agency) == any_(theirs), procedure.c.agencies.op("&&")(theirs))
