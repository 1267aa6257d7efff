"""What the API asks of the record; every question is filtered by what the asker may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.enforcement import ResponseLevel
from contracts.says import Says
from services.enforcement.models import Case, Custody, Decision, Document, Evidence, Report
from services.enforcement.rules.document_numbers import NotADocumentNumber, parse_document_number
from services.kit.errors import NotFound
from services.kit.http.pages import Page
from services.kit.rights.visibility import Visibility
from services.kit.storage.record_queries import STAGE, FoundRecord, RecordQuery, narrowed

PROCEDURE = "enforcement_case"


@dataclass(frozen=True, slots=True)
class CaseFilters:
    """What a list of cases may be narrowed to."""

    level: ResponseLevel | None = None
    violation: str | None = None
    agency: str | None = None
    stage: str | None = None
    open: bool | None = None


CASES = RecordQuery(
    procedure=PROCEDURE,
    noun=Says("案件", "case"),
    row=Case,
    case_id=col(Case.id),
    agency=col(Case.agency),
    at=col(Case.received_at),
)


async def listed(
    session: AsyncSession, visible: Visibility, page: Page, filters: CaseFilters
) -> list[FoundRecord[Case]]:
    """Cases, newest first."""
    wanted = narrowed(
        (col(Case.level), filters.level),
        (col(Case.violation), filters.violation),
        (col(Case.agency), filters.agency),
        (col(Case.open), filters.open),
        (STAGE, filters.stage),
    )
    return await CASES.page(session, visible, page, *wanted)


async def one(session: AsyncSession, visible: Visibility, key: str) -> FoundRecord[Case]:
    """The case of this id or number; what the asker may not see does not exist for them."""
    found = await CASES.first(session, visible, _named(key))
    if found is None:
        raise NotFound(CASES.noun, key)
    return found


async def reports(session: AsyncSession, case_id: UUID) -> Sequence[Report]:
    of_case = select(Report).where(col(Report.case_id) == case_id)
    return (await session.exec(of_case.order_by(col(Report.received_at), col(Report.id)))).all()


async def documents(session: AsyncSession, case_id: UUID) -> Sequence[Document]:
    of_case = select(Document).where(col(Document.case_id) == case_id)
    return (await session.exec(of_case.order_by(col(Document.seq)))).all()


async def decision(session: AsyncSession, case_id: UUID) -> Decision | None:
    return await session.get(Decision, case_id)


async def evidence(session: AsyncSession, case_id: UUID) -> list[tuple[Evidence, list[Custody]]]:
    """The evidence index in the order it grew, each item with its keepers."""
    of_case = select(Evidence).where(col(Evidence.case_id) == case_id)
    items = (await session.exec(of_case.order_by(col(Evidence.seq), col(Evidence.name)))).all()
    kept = select(Custody).where(col(Custody.evidence_id).in_([item.id for item in items]))
    links = (await session.exec(kept.order_by(col(Custody.since_seq)))).all()
    return [(item, [link for link in links if link.evidence_id == item.id]) for item in items]


async def case_of_reporter(session: AsyncSession, reference: str, agency: str) -> UUID | None:
    """The case of this agency that rests on a report of theirs."""
    asked = select(Case.id).join(Report, col(Report.case_id) == col(Case.id))
    theirs = asked.where(col(Report.reporter) == reference, col(Case.agency) == agency)
    return (await session.exec(theirs.limit(1))).first()


async def may_see_file(session: AsyncSession, visible: Visibility, sha256: str) -> bool:
    """Whether a case the asker may see holds this file."""
    # asked of the owner: under row-level security the index of a report's files lies idle
    with_it = col(Case.id).in_(select(func.cases_with_file(sha256)))
    return await CASES.first(session, visible, with_it) is not None


def _named(key: str) -> ColumnElement[bool]:
    try:
        return col(Case.id) == UUID(key)
    except ValueError:
        pass
    try:
        return col(Case.number) == str(parse_document_number(key))
    except NotADocumentNumber as error:
        raise NotFound(CASES.noun, key) from error
