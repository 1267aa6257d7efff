"""Whether a case can be made of a report, and what every decision on it needs to know."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from contracts.agencies import Agency, Directory
from contracts.credit_code import uscc_problem
from contracts.intake import ReportSubmitted
from contracts.legal_day import legal_day
from contracts.levels import Level
from contracts.says import Says
from services.enforcement.open_cases import CaseKey, OpenCases, key_of
from services.enforcement.rules.divisions import region_problem
from services.enforcement.rules.reporters import is_opaque
from services.enforcement.rules.triage import triage
from services.kit.errors import Invalid
from services.kit.events.envelope import Envelope
from services.kit.events.handling import Heard

REPORTS = UUID("9f7cf3b4-6f0c-5f0f-9f39-2a5a3a9f5b10")
"""Namespace of what is made from a submission: a decision taken again names the same rows."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """A report that holds, with who sent it, when it was received in law, and its level."""

    id: UUID
    report: ReportSubmitted
    envelope: Envelope
    sender: Agency
    key: CaseKey
    """Its subject and violation: what it shares with the open case it joins."""
    received_at: datetime
    on: date
    level: Level
    reasons: tuple[str, ...]


def report_id(source: str, event_id: str) -> UUID:
    """The report a submission becomes, whenever it is decided."""
    return uuid5(REPORTS, f"{source}\n{event_id}")


def admit(heard: Heard[ReportSubmitted], known: OpenCases) -> Admitted:
    """Refuse what no case can be made of; the submission is kept, with field and rule."""
    report, sender, directory = heard.event, heard.sender, known.directory
    received_at = heard.legal_time(report.drill_shift_s, drills=known.drills)
    on = legal_day(received_at)
    _check_subject(report)
    _check_place_and_kind(report, directory, on)
    _check_reporter(report)
    level, reasons = triage(report, directory.levels, on)
    return Admitted(
        report_id(heard.envelope.source, heard.envelope.id),
        report,
        heard.envelope,
        sender,
        key_of(report),
        received_at,
        on,
        level,
        reasons,
    )


def _check_subject(report: ReportSubmitted) -> None:
    if report.subject_code is not None and (problem := uscc_problem(report.subject_code.upper())):
        raise Invalid(
            Says("统一社会信用代码有误。", f"The unified social credit code is wrong: {problem}"),
            field="subject_code",
            rule="GB 32100-2015",
        )


def _check_place_and_kind(report: ReportSubmitted, directory: Directory, on: date) -> None:
    if problem := region_problem(report.region, on):
        raise Invalid(
            Says("行政区划代码有误。", f"The region code is wrong: {problem}"),
            field="region",
            rule="GB/T 2260",
        )
    if directory.violation(report.violation, on) is None:
        raise Invalid(
            Says(
                f"本辖区没有「{report.violation}」这一违法种类。",
                f"{report.violation} is no kind of violation of this jurisdiction",
            ),
            field="violation",
            rule="violations",
        )


def _check_reporter(report: ReportSubmitted) -> None:
    if report.reporter is not None and not is_opaque(report.reporter):
        raise Invalid(
            Says(
                "举报人只能以 POST /reporters 给出的编号表示，不得写姓名。",
                "A reporter is named by the reference that POST /reporters gave, never by name",
            ),
            field="reporter",
            rule="opaque_reference",
        )
