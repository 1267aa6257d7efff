"""Cases: what their list, their record, their timeline and their steps are."""

from services.enforcement import queries
from services.enforcement.models import Case
from services.enforcement.queries import CaseFilters
from services.enforcement.showing import case_line, case_view
from services.enforcement.views import CasePage, CaseStep, CaseView
from services.kit.http.records import Viewer, record_router
from services.kit.http.row_records import row_records
from services.kit.storage.record_queries import FoundRecord


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
    row_records(
        queries.CASES,
        filters=CaseFilters,
        page=CasePage,
        line=lambda viewer, record: case_line(record, viewer.directory),
        find=queries.one,
        key=by_id_or_number,
        named=str,
        shown=shown,
        view=CaseView,
        step=CaseStep,
    )
)
