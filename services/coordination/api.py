"""Fast responses and escalations over HTTP."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request

from contracts.agencies import Directory, Principal
from contracts.legal_day import legal_day
from contracts.levels import Times
from contracts.procedure import procedure_id
from services.coordination import queries, rules
from services.coordination.effects import FAST_RESPONSE
from services.coordination.models import Escalation, ReportUp
from services.coordination.queries import Page, Running, Sight
from services.coordination.views import (
    EntryView,
    EscalationStory,
    EscalationView,
    ItemView,
    MissedClockView,
    ReportView,
    ResponseSummary,
    ResponseView,
    StepView,
    TimeView,
)
from services.kit.clock import Clock
from services.kit.database import Sessions
from services.kit.errors import NotFound
from services.kit.security import Asking
from services.kit.step_routes import step_router

STEPS_AT = {"enforcement": "/cases/{}/steps", "coordination": "/responses/{}/steps"}
"""Where the owner of a procedure takes its steps, and so the answers to its escalations."""


def of_the_record(request: Request) -> Sessions:
    sessions: Sessions = request.app.state.sessions
    return sessions


def in_force(request: Request) -> Directory:
    directory: Directory = request.app.state.directory()
    return directory


def in_sight(request: Request, asking: Asking) -> Sight:
    """Whose matters the asker may read, today."""
    clock: Clock = request.app.state.clock
    if rules.sees_all(asking):
        return None
    return rules.within_sight(asking, in_force(request), legal_day(clock.now()))


def paging(
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> Page:
    return Page(limit, offset)


Record = Annotated[Sessions, Depends(of_the_record)]
InForce = Annotated[Directory, Depends(in_force)]
InSight = Annotated[Sight, Depends(in_sight)]
Paging = Annotated[Page, Depends(paging)]

router = APIRouter(tags=["coordination 协调"])


# ── responses ────────────────────────────────────────────────────────────────────────────────────


@router.get("/responses")
async def responses(
    record: Record,
    sight: InSight,
    page: Paging,
    *,
    level: str | None = None,
    agency: str | None = None,
    open: bool | None = None,
) -> list[ResponseSummary]:
    """Fast responses of the asker's agency and of all below it, the newest first."""
    async with record() as session:
        found = await queries.responses(
            session, sight, page, level=level, agency=agency, open_=open
        )
    return [_summary(running) for running in found]


@router.get("/responses/{case_id}")
async def response(
    record: Record, sight: InSight, directory: InForce, asking: Asking, case_id: UUID
) -> ResponseView:
    """The record of a response: its stages beside what the level allows, clocks and open steps."""
    async with record() as session:
        running = await queries.response(session, sight, case_id)
        reports = await queries.reports(session, case_id)
        secured = await queries.secured_items(session, case_id)
        raised = await queries.escalations(session, sight, Page(200), open_=None, case_id=case_id)
    row, state = running.response, running.state
    level = directory.level(row.level, legal_day(row.mobilised_at))
    return ResponseView.model_validate(
        row.model_dump()
        | {
            "stage": state.lines[0].stage,
            "ended": state.ended,
            "times": _times(running, reports, level.times) if level else (),
            "reports": [ReportView.model_validate(report) for report in reports],
            "secured": [ItemView.model_validate(item) for item in secured],
            "clocks": state.clocks,
            "open_steps": running.open_steps,
            "escalations": [_escalation(e, asking) for e in raised if e.procedure == FAST_RESPONSE],
        }
    )


@router.get("/responses/{case_id}/timeline")
async def timeline(record: Record, sight: InSight, case_id: UUID) -> list[StepView]:
    """Every step of a response as it was taken."""
    async with record() as session:
        await queries.response(session, sight, case_id)
        return [StepView.model_validate(row) for row in await queries.timeline(session, case_id)]


async def find(request: Request, asking: Principal, case: str) -> UUID:
    """The response a path names, if the asker may see it."""
    try:
        case_id = UUID(case)
    except ValueError as error:
        raise NotFound("response", case) from error
    async with of_the_record(request)() as session:
        await queries.response(session, in_sight(request, asking), case_id)
    return case_id


steps = step_router(FAST_RESPONSE, "/responses", find)


# ── escalations ──────────────────────────────────────────────────────────────────────────────────


@router.get("/escalations")
async def escalations(
    record: Record,
    sight: InSight,
    asking: Asking,
    page: Paging,
    *,
    open: bool | None = True,
    mine: bool = False,
    case_id: UUID | None = None,
) -> list[EscalationView]:
    """Escalations of the asker's agency and of all below it; `mine`: those the asker may answer."""
    async with record() as session:
        found = await queries.escalations(
            session,
            sight,
            page,
            open_=open,
            called=asking if mine else None,
            case_id=case_id,
        )
    return [_escalation(row, asking) for row in found]


@router.get("/escalations/{procedure}/{case_id}/{key:path}")
async def escalation(
    record: Record, sight: InSight, asking: Asking, *, procedure: str, case_id: UUID, key: str
) -> EscalationStory:
    """One escalation, rung by rung, and how the deadline that was missed was worked out."""
    async with record() as session:
        row = await queries.escalation(session, sight, f"{procedure_id(procedure, case_id)}/{key}")
        entries = await queries.entries(session, row.id)
        missed = await queries.missed_clocks(session, row)
    return EscalationStory(
        escalation=_escalation(row, asking),
        entries=tuple(EntryView.model_validate(entry) for entry in entries),
        missed=tuple(MissedClockView.model_validate(clock) for clock in missed),
    )


# ── inside ───────────────────────────────────────────────────────────────────────────────────────


def _summary(running: Running) -> ResponseSummary:
    state = running.state
    shown = running.response.model_dump() | {"stage": state.lines[0].stage, "ended": state.ended}
    return ResponseSummary.model_validate(shown)


def _escalation(row: Escalation, asking: Principal) -> EscalationView:
    yours = row.outcome is None and rules.may_answer(asking, row.agency, row.role)
    steps_at = STEPS_AT.get(row.owner)
    shown = row.model_dump() | {
        "yours": yours,
        "steps_at": steps_at.format(row.case_id) if steps_at else None,
    }
    return EscalationView.model_validate(shown)


def _times(running: Running, reports: Sequence[ReportUp], times: Times) -> list[TimeView]:
    row = running.response
    reached = rules.stages_reached(
        contacted_at=row.contacted_at,
        on_site_at=row.on_site_at,
        secured_at=row.secured_at,
        stood_down_at=row.stood_down_at,
    )
    found = [*rules.measured(row.agency, row.mobilised_at, reached, times)]
    for line in running.state.lines:
        if line.table == "report":
            sent = [(report.kind, report.sent_at) for report in reports if report.line == line.key]
            reached = rules.reports_reached(sent)
            found += rules.measured(line.agencies[0], row.mobilised_at, reached, times)
    return [_time(one) for one in found]


def _time(one: rules.Measured) -> TimeView:
    return TimeView.model_validate(
        asdict(one)
        | {
            "took_s": int(one.took.total_seconds()) if one.took is not None else None,
            "allowed_s": int(one.allowed.total_seconds()) if one.allowed is not None else None,
            "kept": one.kept,
        }
    )
