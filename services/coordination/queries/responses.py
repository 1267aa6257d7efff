"""Fast responses as the API asks for them; every look-up keeps to what the asker may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.procedure import OpenStep, ProcedureState
from contracts.says import Says
from services.coordination.models import ReportUp, Response, SecuredItem
from services.coordination.queries.pages import behind
from services.coordination.rules.responses import FAST_RESPONSE
from services.kit.errors import NotFound
from services.kit.http.pages import Page
from services.kit.rights.visibility import Visibility
from services.kit.storage.record_queries import RecordQuery, narrowed
from services.kit.storage.tables import procedure


@dataclass(frozen=True, slots=True)
class ResponseFilters:
    """What a list of responses may be narrowed to."""

    level: str | None = None
    agency: str | None = None
    open: bool | None = None


RESPONSES = RecordQuery(
    procedure=FAST_RESPONSE,
    noun=Says("协同处置", "response"),
    row=Response,
    case_id=col(Response.case_id),
    agency=col(Response.agency),
    at=col(Response.mobilised_at),
)


@dataclass(frozen=True)
class Running:
    """A response and the procedure it runs by."""

    response: Response
    state: ProcedureState
    open_steps: tuple[OpenStep, ...]


async def responses(
    session: AsyncSession,
    visible: Visibility,
    page: Page,
    filters: ResponseFilters,
) -> list[Running]:
    """The newest first."""
    at, id_ = RESPONSES.at, RESPONSES.case_id
    wanted = narrowed((col(Response.level), filters.level), (col(Response.agency), filters.agency))
    if filters.open is not None:
        wanted.append(procedure.c.ended.is_(not filters.open))
    found = _running(visible).where(*behind(page, at, id_), *wanted)
    rows = await session.execute(found.order_by(at.desc(), id_).limit(page.limit + 1))
    return [_as_running(row) for row in rows]


async def response(session: AsyncSession, visible: Visibility, case_id: UUID) -> Running:
    asked = _running(visible).where(col(Response.case_id) == case_id)
    if (row := (await session.execute(asked)).first()) is None:
        raise NotFound(RESPONSES.noun, case_id)
    return _as_running(row)


async def reports(session: AsyncSession, case_id: UUID) -> Sequence[ReportUp]:
    asked = select(ReportUp).where(col(ReportUp.case_id) == case_id).order_by(col(ReportUp.seq))
    return (await session.exec(asked)).all()


async def secured_items(session: AsyncSession, case_id: UUID) -> Sequence[SecuredItem]:
    asked = select(SecuredItem).where(col(SecuredItem.case_id) == case_id)
    inorder = asked.order_by(col(SecuredItem.seq), col(SecuredItem.number))
    return (await session.exec(inorder)).all()


def _running(visible: Visibility) -> Select[Any]:
    return RESPONSES.in_sight(visible).where(procedure.c.state.is_not(None))


def _as_running(row: Any) -> Running:
    response, state, open_steps = row
    return Running(
        response,
        ProcedureState.model_validate(state),
        tuple(OpenStep.model_validate(step) for step in open_steps),
    )
