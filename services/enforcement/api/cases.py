"""Cases: what their list, their record, their timeline and their steps are."""

from services.enforcement import queries
from services.enforcement.models import Case
from services.enforcement.queries import CaseFilters
from services.enforcement.showing import case_line, case_view
from services.enforcement.views import CasePage, CaseStep, CaseView
from services.kit.http.pages import Page
from services.kit.http.records import Records, Viewer, record_router
from services.kit.storage.record_queries import FoundRecord


async def listed(viewer: Viewer, filters: CaseFilters, page: Page) -> CasePage:
    """Cases the asker may see, newest first."""
    found = await queries.listed(viewer.session, viewer.visible, page, filters)
    shown, following = page.cut(found, queries.CASES.place)
    lines = tuple(case_line(one, viewer.directory) for one in shown)
    return CasePage(cases=lines, next=following)


async def shown(viewer: Viewer, record: FoundRecord[Case]) -> CaseView:
    """A case by its id or number: record, evidence, papers, decision, clocks, open steps."""
    session, id_ = viewer.session, record.row.id
    return case_view(
        record,
        viewer.directory,
        reports=await queries.reports(session, id_),
        evidence=await queries.evidence(session, id_),
        documents=await queries.documents(session, id_),
        decision=await queries.decision(session, id_),
    )


def by_id_or_number(case: str) -> str:
    return case


router = record_router(
    Records(
        path="/cases",
        tag="cases 案件",
        noun=queries.CASES.noun,
        procedure=queries.PROCEDURE,
        filters=CaseFilters,
        listed=listed,
        page=CasePage,
        find=queries.one,
        key=by_id_or_number,
        named=str,
        case_id=queries.CASES.id_of,
        shown=shown,
        view=CaseView,
        step=CaseStep,
    )
)
