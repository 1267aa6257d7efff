"""What enforcement decides when an agency reports something."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.agencies import Agency, Directory
from contracts.enforcement import CaseOpened, LevelRaised, ReportLinked
from contracts.intake import ReportSubmitted
from contracts.legal_day import legal_day
from contracts.messages import Event
from services.enforcement.models import Case, Report
from services.enforcement.open_cases import OpenCase, OpenCases, open_cases, subject_of
from services.enforcement.rules.competence import competent_agency
from services.enforcement.rules.divisions import region_problem
from services.enforcement.rules.identity import uscc_problem
from services.enforcement.rules.reporters import is_opaque
from services.enforcement.rules.triage import triage
from services.kit.errors import Invalid
from services.kit.hearing import Change, Decision, Heard, hears

REPORTS = UUID("9f7cf3b4-6f0c-5f0f-9f39-2a5a3a9f5b10")
"""Namespace of what is made from a submission: a decision taken again names the same rows."""


def handlers(
    directory: Callable[[], Directory], *, drills: bool = False
) -> tuple[Callable[..., Decision], ...]:
    """What this unit hears, with the directory it judges by."""

    async def known_cases(
        session: AsyncSession, heard: Sequence[Heard[ReportSubmitted]]
    ) -> OpenCases:
        return await open_cases(session, [h.event for h in heard], directory(), drills=drills)

    @hears(ReportSubmitted, knowing=known_cases)
    def take_report(heard: Heard[ReportSubmitted], known: OpenCases) -> Decision:
        """A report opens a case, or joins the open one of its subject and violation."""
        return open_or_link(heard, known)

    return (take_report,)


def open_or_link(heard: Heard[ReportSubmitted], known: OpenCases) -> Decision:
    """Decide on one report; what is decided is recorded in `known` for the next one."""
    report, sender = heard.event, heard.agency
    assert sender is not None, "intake hands on verified events only"
    received = _received_at(heard, sender, known)
    _check(report, known.directory, legal_day(received))
    level, reasons = triage(report, known.directory.levels, legal_day(received))
    row = _report(heard, received, level.level, reasons)
    found = known.get(report)
    if found is None:
        return _open(row, report, sender, known, mobilises=level.mobilises)
    return _link(row, report, known, found, mobilises=level.mobilises)


def _open(
    row: Report, report: ReportSubmitted, sender: Agency, known: OpenCases, *, mobilises: bool
) -> Decision:
    on = legal_day(row.received_at)
    agency = competent_agency(known.directory, sender, report.region, on)
    if agency is None:
        raise Invalid(
            f"No market regulator is competent for {report.region}",
            f"没有对 {report.region} 有管辖权的市场监督管理部门。",
            field="region",
            rule="jurisdiction",
        )
    case = Case(
        id=row.case_id,
        agency=agency.code,
        source=row.source,
        reference=report.reference,
        violation=report.violation,
        region=report.region,
        subject_name=report.subject_name,
        subject_code=report.subject_code and report.subject_code.upper(),
        subject_key=subject_of(report),
        premises=report.premises,
        channel=report.channel,
        summary=report.summary,
        level=row.level,
        level_reasons=row.level_reasons,
        mobilises=mobilises,
        received_at=row.received_at,
        open=True,
        drill_shift_s=report.drill_shift_s,
    )
    known.add(report, OpenCase(case.id, agency.code, row.level, report.drill_shift_s))
    return Decision(rows=(case, row), events=(_opened(case),))


def _opened(case: Case) -> CaseOpened:
    return CaseOpened(
        occurred_at=case.received_at,
        case_id=case.id,
        agency=case.agency,
        source=case.source,
        reference=case.reference,
        violation=case.violation,
        region=case.region,
        subject_name=case.subject_name,
        subject_code=case.subject_code,
        level=case.level,  # type: ignore[arg-type]  # text in the row, checked by the table
        level_reasons=tuple(case.level_reasons),
        mobilises=case.mobilises,
        received_at=case.received_at,
        drill_shift_s=case.drill_shift_s,
    )


def _link(
    row: Report, report: ReportSubmitted, known: OpenCases, found: OpenCase, *, mobilises: bool
) -> Decision:
    row.case_id = found.id
    events: list[Event] = [
        ReportLinked(
            occurred_at=row.received_at,
            case_id=found.id,
            source=row.source,
            reference=row.reference,
        )
    ]
    if not found.outranked_by(row.level):
        return Decision(rows=(row,), events=events)
    events.append(
        LevelRaised(
            occurred_at=row.received_at,
            case_id=found.id,
            agency=found.agency,
            level=row.level,  # type: ignore[arg-type]
            level_reasons=tuple(row.level_reasons),
            mobilises=mobilises,
            drill_shift_s=found.drill_shift_s,
        )
    )
    known.add(report, found.raised_to(row.level))
    raised = {"level": row.level, "level_reasons": row.level_reasons, "mobilises": mobilises}
    return Decision(rows=(row,), changes=(Change(Case, found.id, raised),), events=events)


def _report(
    heard: Heard[ReportSubmitted], received: datetime, level: str, reasons: Sequence[str]
) -> Report:
    report, envelope = heard.event, heard.envelope
    id_ = report_id(envelope.source, envelope.id)
    return Report(
        id=id_,
        case_id=uuid5(id_, "case"),
        source=envelope.source,
        event_id=envelope.id,
        reference=report.reference,
        channel=report.channel,
        subject_name=report.subject_name,
        region=report.region,
        summary=report.summary,
        level=level,
        level_reasons=list(reasons),
        facts=_facts(report),
        files=list(report.evidence),
        reporter=report.reporter,
        occurred_at=report.occurred_at,
        received_at=received,
    )


def report_id(source: str, event_id: str) -> UUID:
    """The report a submission becomes, whenever it is decided."""
    return uuid5(REPORTS, f"{source}\n{event_id}")


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
    "publication",
}


def _received_at(heard: Heard[ReportSubmitted], sender: Agency, known: OpenCases) -> datetime:
    """Legal time of receipt: the server's, shifted in a drill."""
    shift = heard.event.drill_shift_s
    if shift and not (known.drills and sender.drills):
        raise Invalid(
            f"{sender.code} takes no part in drills here",
            f"{sender.code} 在此不参加演练,不得改动时间。",
            field="drill_shift_s",
            rule="drill",
        )
    return heard.received_at + timedelta(seconds=shift)


def _check(report: ReportSubmitted, directory: Directory, on: date) -> None:
    """Refuse what no case can be made of; the submission is kept, with field and rule."""
    if report.subject_code is not None and (problem := uscc_problem(report.subject_code.upper())):
        raise Invalid(
            f"The unified social credit code is wrong: {problem}",
            "统一社会信用代码有误。",
            field="subject_code",
            rule="GB 32100-2015",
        )
    if problem := region_problem(report.region, on):
        raise Invalid(
            f"The region code is wrong: {problem}",
            "行政区划代码有误。",
            field="region",
            rule="GB/T 2260",
        )
    if directory.violation(report.violation, on) is None:
        raise Invalid(
            f"{report.violation} is no kind of violation of this jurisdiction",
            f"本辖区没有「{report.violation}」这一违法种类。",
            field="violation",
            rule="violations",
        )
    if report.reporter is not None and not is_opaque(report.reporter):
        raise Invalid(
            "A reporter is named by the reference that POST /reporters gave, never by name",
            "举报人只能以 POST /reporters 给出的编号表示,不得写姓名。",
            field="reporter",
            rule="opaque_reference",
        )
