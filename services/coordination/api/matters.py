"""Matters between agencies: opened by hand, and shown as far as the asker may see them."""

from uuid import UUID, uuid5

from fastapi import APIRouter, status

from services.coordination.models import Matter
from services.coordination.opening import MatterRequest, open_matter
from services.coordination.queries import matters as queries
from services.coordination.queries.escalations import escalations_of
from services.coordination.queries.matters import MatterFilters, MatterKey, VisibleMatter
from services.coordination.rules.openings import MATTERS
from services.coordination.showing.matters import matter_summary, matter_view
from services.coordination.views.matters import MatterAccepted, MatterAsked, MatterPage, MatterView
from services.kit.http.dependencies import TheClock, TheDirectory, TheRecord, Visible
from services.kit.http.pages import Page
from services.kit.http.records import Records, Viewer, finder, record_router
from services.kit.http.steps import step_router
from services.kit.rights.identity import Asking
from services.kit.storage.transaction import transaction

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
    visible: Visible,
    body: MatterAsked,
) -> MatterAccepted:
    """Open a matter. Its procedure begins in a moment; `at` shows it from now on."""
    id_ = uuid5(BY_HAND, f"{asking.agency}\n{body.request_id}")
    wanted = MatterRequest(id_, body.procedure, body.title, body.of_case, body.agencies, body.facts)
    rows, opened = open_matter(wanted, asking, directory, now.now())
    async with transaction(record, visible=visible) as tx:
        if await tx.session.get(Matter, id_) is None:
            tx.session.add_all(rows)
            tx.emit(opened)
    return MatterAccepted(id=id_, procedure=body.procedure, at=f"/matters/{body.procedure}/{id_}")


async def listed(viewer: Viewer, filters: MatterFilters, page: Page) -> MatterPage:
    """Matters of which the asker may see a part, the newest first."""
    found = await queries.matters(viewer.session, viewer.visible, page, filters)
    shown, following = page.cut(found, lambda row: (row.opened_at, row.id))
    return MatterPage(matters=tuple(matter_summary(row) for row in shown), next=following)


async def shown(viewer: Viewer, found: VisibleMatter) -> MatterView:
    """One matter: its lines, clocks, open steps and papers, as far as the asker may see them."""
    matter, session = found.matter, viewer.session
    return matter_view(
        found,
        viewer.who,
        papers=await queries.papers(session, found),
        escalations=await escalations_of(session, matter.procedure, matter.id),
    )


def by_procedure(procedure: str, matter: UUID) -> MatterKey:
    return procedure, matter


RECORDS = Records(
    path="/matters",
    tag="matters 跨部门事项",
    noun=queries.NOUN,
    procedure=None,
    filters=MatterFilters,
    listed=listed,
    page=MatterPage,
    one="/{procedure}/{matter}",
    key=by_procedure,
    find=queries.matter,
    case_id=lambda found: found.matter.id,
    shown=shown,
    view=MatterView,
    steps=queries.timeline,
)


def _steps_of(procedure: str) -> APIRouter:
    find_one = finder(RECORDS, named=lambda text: (procedure, UUID(text)))
    return step_router(procedure, f"/matters/{procedure}", find_one)


ROUTERS = [router, record_router(RECORDS), *map(_steps_of, MATTERS)]
"""A matter of each procedure has steps of its own."""
