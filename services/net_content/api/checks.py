"""Checks: the list, one check's whole record, its timeline, its findings, and its steps."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from contracts.agencies import Principal
from contracts.net_content import Verdict
from contracts.says import Says
from services.kit import asked as ask
from services.kit.asked import Limit, Seen, TheRecord
from services.kit.errors import NotFound
from services.kit.seeing import seeing
from services.kit.step_routes import step_router
from services.net_content import queries
from services.net_content.rules.freezing import again
from services.net_content.showing import check_line, check_view, logged_step
from services.net_content.views import CheckPage, CheckView, LoggedStep, Recomputed

router = APIRouter(prefix="/checks", tags=["checks 批次检查"])


@router.get("")
async def checks(
    record: TheRecord,
    seen: Seen,
    *,
    campaign: UUID | None = None,
    stage: str | None = None,
    verdict: Verdict | None = None,
    limit: Limit = 50,
    after: str | None = None,
) -> CheckPage:
    """Checks of the asker's agency and of all below it, newest first."""
    async with seeing(record, seen) as session:
        found = await queries.checks(
            session,
            seen,
            queries.cursor(after),
            limit + 1,
            campaign_id=campaign,
            stage=stage,
            verdict=verdict,
        )
    last = found[limit - 1].check if len(found) > limit else None
    return CheckPage(
        checks=tuple(check_line(one) for one in found[:limit]),
        next=f"{last.drawn_at.isoformat()}/{last.id}" if last else None,
    )


@router.get("/{check_id}")
async def check(record: TheRecord, seen: Seen, check_id: UUID) -> CheckView:
    """The lot, its sampling records, its findings, clocks and open steps."""
    async with seeing(record, seen) as session:
        found = await queries.check(session, seen, check_id)
        samplings = await queries.samplings(session, check_id)
        return check_view(found, samplings, await queries.findings(session, check_id))


@router.get("/{check_id}/timeline")
async def timeline(
    record: TheRecord,
    seen: Seen,
    check_id: UUID,
    limit: Annotated[int, Query(ge=1)] = 500,
) -> list[LoggedStep]:
    """Every step taken, in order: by whom, when, on which article."""
    async with seeing(record, seen) as session:
        await queries.check(session, seen, check_id)
        rows = await queries.steps(session, check_id, min(limit, 500))
    return [logged_step(row) for row in rows]


@router.get("/{check_id}/findings/{number}")
async def frozen_finding(record: TheRecord, seen: Seen, check_id: UUID, number: int) -> Response:
    """The finding as it was frozen, byte for byte: its SHA-256 is the entity tag."""
    async with seeing(record, seen) as session:
        await queries.check(session, seen, check_id)
        row = await queries.finding(session, check_id, number)
    headers = {"etag": f'"{row.sha256}"'}
    return Response(row.body.encode(), media_type="application/json", headers=headers)


@router.get("/{check_id}/findings/{number}/recomputed")
async def recomputed(record: TheRecord, seen: Seen, check_id: UUID, number: int) -> Recomputed:
    """The finding worked out again from its own inputs, by today's program."""
    async with seeing(record, seen) as session:
        await queries.check(session, seen, check_id)
        row = await queries.finding(session, check_id, number)
    anew = again(row.body)
    return Recomputed(
        frozen_sha256=row.sha256, recomputed_sha256=anew.sha256, same=anew.body == row.body
    )


async def visible_check(request: Request, asking: Principal, key: str) -> UUID:
    """The check a step is asked for, if the asker may see it."""
    try:
        check_id = UUID(key)
    except ValueError as error:
        raise NotFound(Says("检查", "check"), key) from error
    seen = ask.seen(asking, ask.directory(request), ask.clock(request))
    async with seeing(ask.record(request), seen) as session:
        return (await queries.check(session, seen, check_id)).check.id


steps = step_router(queries.PROCEDURE, "/checks", visible_check)
