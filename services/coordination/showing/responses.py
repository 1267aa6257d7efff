"""How a fast response is shown: its stages measured against the times of its level."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import timedelta

from contracts.agencies import Directory, Principal
from contracts.legal_day import legal_day
from contracts.levels import Times
from services.coordination.models import Escalation, ReportUp, SecuredItem
from services.coordination.queries.responses import Running
from services.coordination.rules import responses as rules
from services.coordination.showing.escalations import escalation_view
from services.coordination.views.responses import (
    ItemView,
    ReportUpView,
    ResponseSummary,
    ResponseView,
    TimeView,
)


def response_summary(running: Running) -> ResponseSummary:
    return ResponseSummary.model_validate(running.response.model_dump() | _standing(running))


def response_view(
    running: Running,
    directory: Directory,
    asking: Principal,
    *,
    reports: Sequence[ReportUp],
    secured: Sequence[SecuredItem],
    escalations: Sequence[Escalation],
) -> ResponseView:
    row = running.response
    level = directory.level(row.level, legal_day(row.mobilised_at))
    return ResponseView.model_validate(
        row.model_dump()
        | _standing(running)
        | {
            "times": [*_times(running, reports, level.times)] if level else [],
            "reports": [ReportUpView.model_validate(report) for report in reports],
            "secured": [ItemView.model_validate(item) for item in secured],
            "clocks": running.state.clocks,
            "open_steps": running.open_steps,
            "escalations": [escalation_view(one, asking) for one in escalations],
        }
    )


def _standing(running: Running) -> dict[str, object]:
    return {"stage": running.state.lines[0].stage, "ended": running.state.ended}


def _times(running: Running, reports: Sequence[ReportUp], times: Times) -> Iterator[TimeView]:
    """Of the response itself, then of each agency that owes a report up."""
    row = running.response
    reached = rules.stages_reached(
        contacted_at=row.contacted_at,
        on_site_at=row.on_site_at,
        secured_at=row.secured_at,
        handed_over_at=row.handed_over_at,
        stood_down_at=row.stood_down_at,
    )
    for one in rules.measured(row.agency, row.mobilised_at, reached, times):
        yield _time(one)
    for line in running.state.lines:
        if line.table == "report":
            sent = [(report.kind, report.sent_at) for report in reports if report.line == line.key]
            reached = rules.reports_reached(sent)
            for one in rules.measured(line.agencies[0], row.mobilised_at, reached, times):
                yield _time(one)


def _time(one: rules.StageTime) -> TimeView:
    shown = asdict(one) | {
        "took_s": _seconds(one.took),
        "allowed_s": _seconds(one.allowed),
        "kept": one.kept,
    }
    return TimeView.model_validate(shown)


def _seconds(span: timedelta | None) -> int | None:
    return None if span is None else int(span.total_seconds())
