"""What enforcement decides when an agency reports something, or a lot of goods has failed."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID, uuid5

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.agencies import Directory
from contracts.enforcement import CaseOpened, LevelRaised, ReportLinked
from contracts.intake import ReportSubmitted
from contracts.net_content import LotFailed
from contracts.says import Says
from services.enforcement.admission import Admitted, admit
from services.enforcement.leads import as_report, reported
from services.enforcement.models import Case, Report
from services.enforcement.open_cases import OpenCase, OpenCases, open_cases
from services.enforcement.rules.competence import competent_agency
from services.kit.errors import Invalid
from services.kit.events.handling import Add, Change, Heard, Reaction, hears


def handlers(
    directory: Callable[[], Directory], *, drills: bool = False
) -> tuple[Callable[..., Reaction], ...]:
    """What this unit hears, with the directory it judges by."""

    async def known_cases(session: AsyncSession, heard: Sequence[Heard[Any]]) -> OpenCases:
        reports = [as_report(h.event) for h in heard]
        return await open_cases(session, reports, directory(), drills=drills)

    @hears(ReportSubmitted, knowing=known_cases)
    def take_report(heard: Heard[ReportSubmitted], known: OpenCases) -> Reaction:
        """A report opens a case, or joins the open one of its subject and violation."""
        return open_or_link(heard, known)

    @hears(LotFailed, knowing=known_cases)
    def take_failing_lot(heard: Heard[LotFailed], known: OpenCases) -> Reaction:
        """A lot that failed is a lead like any report: it opens a case, or joins the open one."""
        return open_or_link(reported(heard, known.directory), known)

    return (take_report, take_failing_lot)


def open_or_link(heard: Heard[ReportSubmitted], known: OpenCases) -> Reaction:
    """Decide on one report; what is decided is recorded in `known` for the next one."""
    admitted = admit(heard, known)
    found = known.get(admitted.key)
    if found is None:
        return _open(admitted, known)
    return _link(admitted, known, found)


def _open(admitted: Admitted, known: OpenCases) -> Reaction:
    agency = _competent(admitted, known.directory)
    case_id = uuid5(admitted.id, "case")
    shift = admitted.report.drill_shift_s
    known.set(admitted.key, OpenCase(case_id, agency, admitted.level.level, shift))
    return Reaction(
        rows=(_case(case_id, agency, admitted), _report(case_id, admitted)),
        events=(_opened(case_id, agency, admitted),),
    )


def _link(admitted: Admitted, known: OpenCases, case: OpenCase) -> Reaction:
    rows = (_report(case.id, admitted),)
    linked = ReportLinked(
        occurred_at=admitted.received_at,
        case_id=case.id,
        source=admitted.envelope.source,
        reference=admitted.report.reference,
    )
    level = admitted.level
    if not case.outranked_by(level.level):
        return Reaction(rows=rows, events=(linked,))
    known.set(admitted.key, case.raised_to(level.level))
    raised = LevelRaised(
        occurred_at=admitted.received_at,
        case_id=case.id,
        agency=case.agency,
        level=level.level,
        level_reasons=admitted.reasons,
        mobilises=level.mobilises,
        drill_shift_s=case.drill_shift_s,
    )
    values = {
        "level": level.level,
        "level_reasons": list(admitted.reasons),
        "mobilises": level.mobilises,
    }
    return Reaction(rows=rows, changes=(Change(Case, case.id, values),), events=(linked, raised))


def _competent(admitted: Admitted, directory: Directory) -> str:
    region = admitted.report.region
    agency = competent_agency(directory, admitted.sender, region, admitted.on)
    if agency is None:
        raise Invalid(
            Says(
                f"没有对 {region} 有管辖权的市场监督管理部门。",
                f"No market regulator is competent for {region}",
            ),
            field="region",
            rule="jurisdiction",
        )
    return agency.code


def _opened(case_id: UUID, agency: str, admitted: Admitted) -> CaseOpened:
    report = admitted.report
    return CaseOpened(
        occurred_at=admitted.received_at,
        case_id=case_id,
        agency=agency,
        source=admitted.envelope.source,
        reference=report.reference,
        violation=report.violation,
        region=report.region,
        subject_name=report.subject_name,
        subject_code=report.subject_code,
        level=admitted.level.level,
        level_reasons=admitted.reasons,
        mobilises=admitted.level.mobilises,
        received_at=admitted.received_at,
        drill_shift_s=report.drill_shift_s,
    )


def _case(case_id: UUID, agency: str, admitted: Admitted) -> Add:
    report = admitted.report
    return Add(
        Case,
        {
            "id": case_id,
            "agency": agency,
            "source": admitted.envelope.source,
            "reference": report.reference,
            "violation": report.violation,
            "region": report.region,
            "subject_name": report.subject_name,
            "subject_code": report.subject_code and report.subject_code.upper(),
            "subject_key": admitted.key[0],
            "premises": report.premises,
            "channel": report.channel,
            "summary": report.summary,
            "level": admitted.level.level,
            "level_reasons": list(admitted.reasons),
            "mobilises": admitted.level.mobilises,
            "received_at": admitted.received_at,
            "open": True,
            "drill_shift_s": report.drill_shift_s,
        },
    )


def _report(case_id: UUID, admitted: Admitted) -> Add:
    report = admitted.report
    return Add(
        Report,
        {
            "id": admitted.id,
            "case_id": case_id,
            "source": admitted.envelope.source,
            "event_id": admitted.envelope.id,
            "reference": report.reference,
            "channel": report.channel,
            "subject_name": report.subject_name,
            "region": report.region,
            "summary": report.summary,
            "level": admitted.level.level,
            "level_reasons": list(admitted.reasons),
            "facts": _facts(report),
            "files": list(report.evidence),
            "reporter": report.reporter,
            "occurred_at": report.occurred_at,
            "received_at": admitted.received_at,
        },
    )


def _facts(report: ReportSubmitted) -> dict[str, Any]:
    return report.model_dump(mode="json", include=_FACTS, exclude_defaults=True)


_FACTS = {
    "instruments",
    "illegal_income_yuan",
    "goods_value_yuan",
    "loss_yuan",
    "deaths",
    "crowd",
    "suspected_crime",
    "cross_region",
    "legal_basis",
    "other_agencies",
    "discovered_on",
    "failing_lots",
    "t2_percent",
    "publication",
}
"""What of a report has no column of its own."""
