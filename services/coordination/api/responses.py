"""Fast responses: the list, one response's whole record, its timeline, and its steps."""

from uuid import UUID

from fastapi import APIRouter, Request

from contracts.agencies import Principal
from contracts.says import Says
from services.coordination.queries import responses as queries
from services.coordination.queries.escalations import escalations_of
from services.coordination.queries.pages import Page
from services.coordination.rules.responses import FAST_RESPONSE
from services.coordination.showing.responses import response_summary, response_view
from services.coordination.views.base import StepView
from services.coordination.views.responses import ResponsePage, ResponseView
from services.kit import asked as ask
from services.kit.asked import Limit, Seen, TheDirectory, TheRecord
from services.kit.errors import NotFound
from services.kit.security import Asking
from services.kit.seeing import seeing
from services.kit.step_routes import step_router

router = APIRouter(prefix="/responses", tags=["responses 快速反应"])


@router.get("")
async def responses(
    record: TheRecord,
    seen: Seen,
    *,
    level: str | None = None,
    agency: str | None = None,
    open: bool | None = None,
    limit: Limit = 50,
    after: str | None = None,
) -> ResponsePage:
    """Fast responses of the asker's agency and of all below it, the newest first."""
    page = Page.of(limit, after, UUID)
    async with seeing(record, seen) as session:
        found = await queries.responses(session, seen, page, level=level, agency=agency, open_=open)
    return ResponsePage(
        responses=tuple(response_summary(one) for one in found[:limit]),
        next=page.next([(one.response.mobilised_at, one.response.case_id) for one in found]),
    )


@router.get("/{case_id}")
async def response(
    record: TheRecord, directory: TheDirectory, seen: Seen, asking: Asking, case_id: UUID
) -> ResponseView:
    """The record of a response: its stages beside what the level allows, clocks and open steps."""
    async with seeing(record, seen) as session:
        return response_view(
            await queries.response(session, seen, case_id),
            directory,
            asking,
            reports=await queries.reports(session, case_id),
            secured=await queries.secured_items(session, case_id),
            escalations=await escalations_of(session, FAST_RESPONSE, case_id),
        )


@router.get("/{case_id}/timeline")
async def timeline(record: TheRecord, seen: Seen, case_id: UUID) -> list[StepView]:
    """Every step taken, in order: by whom, when, on which article."""
    async with seeing(record, seen) as session:
        await queries.response(session, seen, case_id)
        return [StepView.model_validate(row) for row in await queries.timeline(session, case_id)]


async def visible_response(request: Request, asking: Principal, case: str) -> UUID:
    """The response a step is asked for, if the asker may see it."""
    try:
        case_id = UUID(case)
    except ValueError as error:
        raise NotFound(Says("协同处置", "response"), case) from error
    seen = ask.seen(asking, ask.directory(request), ask.clock(request))
    async with seeing(ask.record(request), seen) as session:
        await queries.response(session, seen, case_id)
    return case_id


steps = step_router(FAST_RESPONSE, "/responses", visible_response)
