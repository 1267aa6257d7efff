"""Cases: the list, one case's whole record, its timeline, and its steps."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import Field

from contracts.agencies import Principal
from contracts.says import Says
from services.enforcement import queries
from services.enforcement.showing import case_line, case_view, logged_step
from services.enforcement.views import CasePage, CaseView, LoggedStep
from services.kit import asked as ask
from services.kit.asked import Seen, TheDirectory, TheRecord
from services.kit.errors import Invalid
from services.kit.seeing import seeing
from services.kit.step_routes import step_router

router = APIRouter(prefix="/cases", tags=["cases 案件"])


class CaseQuery(queries.Filters):
    """Filters, and the page."""

    after: str | None = None
    """The `next` of the page before."""
    limit: Annotated[int, Field(ge=1, le=200)] = 50


@router.get("")
async def cases(
    record: TheRecord,
    directory: TheDirectory,
    seen: Seen,
    asked: Annotated[CaseQuery, Query()],
) -> CasePage:
    """Cases the asker may see, newest first."""
    limit = asked.limit
    async with seeing(record, seen) as session:
        found = await queries.listed(session, seen, asked, _cursor(asked.after), limit + 1)
    lines = tuple(case_line(one, directory) for one in found[:limit])
    last = found[limit - 1].case if len(found) > limit else None
    return CasePage(cases=lines, next=f"{last.received_at.isoformat()}/{last.id}" if last else None)


@router.get("/{case}")
async def case(record: TheRecord, directory: TheDirectory, seen: Seen, case: str) -> CaseView:
    """A case by its id or number: record, evidence, papers, decision, clocks, open steps."""
    async with seeing(record, seen) as session:
        found = await queries.one(session, seen, case)
        id_ = found.case.id
        return case_view(
            found,
            directory,
            reports=await queries.reports(session, id_),
            evidence=await queries.evidence(session, id_),
            documents=await queries.documents(session, id_),
            decision=await queries.decision(session, id_),
        )


@router.get("/{case}/timeline")
async def timeline(
    record: TheRecord,
    seen: Seen,
    case: str,
    after: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 200,
) -> list[LoggedStep]:
    """Every step taken, in order: by whom, when, on which article."""
    async with seeing(record, seen) as session:
        found = await queries.one(session, seen, case)
        rows = await queries.steps(session, found.case.id, after, limit)
    return [logged_step(row) for row in rows]


async def visible_case(request: Request, asking: Principal, key: str) -> UUID:
    """The case a step is asked for, if the asker may see it."""
    where = ask.directory(request)
    seen = ask.seen(asking, where, ask.clock(request))
    async with seeing(ask.record(request), seen) as session:
        return (await queries.one(session, seen, key)).case.id


steps = step_router(queries.PROCEDURE, "/cases", visible_case)


def _cursor(after: str | None) -> tuple[datetime, UUID] | None:
    if after is None:
        return None
    at, _, id_ = after.partition("/")
    try:
        moment = datetime.fromisoformat(at)
        return moment.astimezone(), UUID(id_)
    except (ValueError, OverflowError) as error:
        raise Invalid(
            Says("after 应为上一页的 next。", "`after` is what `next` of the last page was"),
            field="after",
            rule="cursor",
        ) from error
