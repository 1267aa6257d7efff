"""Matters between agencies: opened, listed, shown as far as the asker may see, and their steps."""

from collections.abc import Iterator
from functools import partial
from uuid import UUID, uuid5

from fastapi import APIRouter, Request, status

from contracts.agencies import Principal
from contracts.says import Says
from services.coordination.models import Matter
from services.coordination.opening import Asked, open_matter
from services.coordination.queries import matters as queries
from services.coordination.queries.escalations import escalations_of
from services.coordination.queries.pages import Page
from services.coordination.rules.openings import MATTERS
from services.coordination.showing.matters import matter_summary, matter_view
from services.coordination.views.base import StepView
from services.coordination.views.matters import MatterAccepted, MatterAsked, MatterPage, MatterView
from services.kit import asked as ask
from services.kit.asked import Limit, Seen, TheClock, TheDirectory, TheRecord
from services.kit.errors import NotFound
from services.kit.security import Asking
from services.kit.seeing import seeing
from services.kit.step_routes import step_router
from services.kit.transaction import transaction

router = APIRouter(prefix="/matters", tags=["matters 跨部门事项"])
BY_HAND = UUID("4b5d0d57-3f0e-5a1c-9a7a-3c8f0b1f0d52")
"""Namespace of matters opened by a person: asked for again, it is the same one."""


@router.post("", status_code=status.HTTP_202_ACCEPTED)
async def open_by_hand(
    *,
    record: TheRecord,
    directory: TheDirectory,
    now: TheClock,
    asking: Asking,
    seen: Seen,
    asked: MatterAsked,
) -> MatterAccepted:
    """Open a matter. Its procedure begins in a moment; `at` shows it from now on."""
    id_ = uuid5(BY_HAND, f"{asking.agency}\n{asked.request_id}")
    wanted = Asked(id_, asked.procedure, asked.title, asked.of_case, asked.agencies, asked.facts)
    rows, opened = open_matter(wanted, asking, directory, now.now())
    async with transaction(record, sight=seen) as tx:
        if await tx.session.get(Matter, id_) is None:
            tx.session.add_all(rows)
            tx.emit(opened)
    return MatterAccepted(id=id_, procedure=asked.procedure, at=f"/matters/{asked.procedure}/{id_}")


@router.get("")
async def matters(
    record: TheRecord,
    seen: Seen,
    *,
    procedure: str | None = None,
    of_case: UUID | None = None,
    open: bool | None = None,
    limit: Limit = 50,
    after: str | None = None,
) -> MatterPage:
    """Matters of which the asker may see a part, the newest first."""
    page = Page.of(limit, after, UUID)
    async with seeing(record, seen) as session:
        found = await queries.matters(
            session, seen, page, procedure_name=procedure, of_case=of_case, open_=open
        )
    return MatterPage(
        matters=tuple(matter_summary(row) for row in found[:limit]),
        next=page.next([(row.opened_at, row.id) for row in found]),
    )


@router.get("/{procedure}/{matter}")
async def matter(
    record: TheRecord, seen: Seen, asking: Asking, procedure: str, matter: UUID
) -> MatterView:
    """One matter: its lines, clocks, open steps and papers, as far as the asker may see them."""
    async with seeing(record, seen) as session:
        found = await queries.matter(session, seen, procedure, matter)
        return matter_view(
            found,
            asking,
            papers=await queries.papers(session, found),
            escalations=await escalations_of(session, procedure, matter),
        )


@router.get("/{procedure}/{matter}/timeline")
async def timeline(record: TheRecord, seen: Seen, procedure: str, matter: UUID) -> list[StepView]:
    """Every step that may be seen, in order: by whom, when, on which article."""
    async with seeing(record, seen) as session:
        found = await queries.matter(session, seen, procedure, matter)
        return [StepView.model_validate(row) for row in await queries.timeline(session, found)]


async def visible_matter(procedure: str, request: Request, asking: Principal, key: str) -> UUID:
    """The matter a step is asked for, if the asker may see a part of it."""
    try:
        id_ = UUID(key)
    except ValueError as error:
        raise NotFound(Says("事项", "matter"), key) from error
    seen = ask.seen(asking, ask.directory(request), ask.clock(request))
    async with seeing(ask.record(request), seen) as session:
        await queries.matter(session, seen, procedure, id_)
    return id_


def steps() -> Iterator[APIRouter]:
    """The steps of each procedure between agencies."""
    for name in MATTERS:
        yield step_router(name, f"/matters/{name}", partial(visible_matter, name))
