"""Rows become what the API shows."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Row

from contracts.agencies import Directory
from contracts.legal_day import SHANGHAI, legal_day
from contracts.procedure import OpenStep, ProcedureState
from services.enforcement.models import Case, Custody, Decision, Document, Evidence, Report
from services.enforcement.queries import Found
from services.enforcement.views import (
    CaseLine,
    CaseView,
    CustodyView,
    DecisionView,
    DocumentView,
    EvidenceView,
    LoggedStep,
    ReportView,
)

Index = Sequence[tuple[Evidence, Sequence[Custody]]]


def case_line(found: Found, directory: Directory) -> CaseLine:
    return CaseLine.model_validate(_line(found, directory))


def case_view(
    found: Found,
    directory: Directory,
    *,
    reports: Sequence[Report],
    evidence: Index,
    documents: Sequence[Document],
    decision: Decision | None,
) -> CaseView:
    return CaseView.model_validate(
        _shown(found.case)
        | _line(found, directory)
        | {
            "reports": [ReportView.model_validate(_shown(row)) for row in reports],
            "evidence": [_evidence(item, links) for item, links in evidence],
            "documents": [DocumentView.model_validate(_shown(row)) for row in documents],
            "decision": decision and DecisionView.model_validate(_shown(decision)),
            "procedure": found.state and ProcedureState.model_validate(found.state),
            "open_steps": [OpenStep.model_validate(step) for step in found.open_steps],
        }
    )


def logged_step(row: Row[Any]) -> LoggedStep:
    return LoggedStep.model_validate({name: _local(v) for name, v in row._mapping.items()})


def _line(found: Found, directory: Directory) -> dict[str, Any]:
    case = found.case
    on = legal_day(case.received_at)
    agency = directory.agency(case.agency, on)
    violation = directory.violation(case.violation, on)
    state = found.state or {}
    due_clock, due_at = _first_due(state)
    return _shown(case) | {
        "agency_name": agency.name if agency else case.agency,
        "violation_name": violation.name if violation else case.violation,
        "stage": state["lines"][0]["stage"] if state else None,
        "due_clock": due_clock,
        "due_at": due_at,
        "drill": case.drill_shift_s != 0,
    }


def _first_due(state: dict[str, Any]) -> tuple[str | None, str | None]:
    running = [c for c in state.get("clocks", ()) if c["status"] == "running" and c.get("due_at")]
    first = min(running, key=lambda c: datetime.fromisoformat(c["due_at"]), default=None)
    return (first["name"], first["due_at"]) if first else (None, None)


def _evidence(item: Evidence, links: Sequence[Custody]) -> EvidenceView:
    custody = [CustodyView.model_validate(_shown(link)) for link in links]
    return EvidenceView.model_validate(_shown(item) | {"custody": custody})


def _shown(row: Case | Report | Evidence | Custody | Document | Decision) -> dict[str, Any]:
    return {name: _local(value) for name, value in row.model_dump().items()}


def _local(value: Any) -> Any:
    """Moments in legal time; money as it is written."""
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI)
    return str(value) if isinstance(value, Decimal) else value
