"""Rows become what the API shows."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from contracts.agencies import Directory
from contracts.legal_day import legal_day
from services.enforcement.models import Case, Custody, Decision, Document, Evidence, Report
from services.enforcement.views import CaseLine, CaseView
from services.kit.storage.record_queries import FoundRecord

EvidenceIndex = Sequence[tuple[Evidence, Sequence[Custody]]]


def case_line(record: FoundRecord[Case], directory: Directory) -> CaseLine:
    return CaseLine.model_validate(_line(record, directory))


def case_view(
    record: FoundRecord[Case],
    directory: Directory,
    *,
    reports: Sequence[Report],
    evidence: EvidenceIndex,
    documents: Sequence[Document],
    decision: Decision | None,
) -> CaseView:
    return CaseView.model_validate(
        _line(record, directory)
        | {
            "reports": reports,
            "evidence": [item.model_dump() | {"custody": links} for item, links in evidence],
            "documents": documents,
            "decision": decision,
            "procedure": record.state,
            "open_steps": record.open_steps,
        }
    )


def _line(record: FoundRecord[Case], directory: Directory) -> dict[str, Any]:
    case = record.row
    on = legal_day(case.received_at)
    agency = directory.agency(case.agency, on)
    violation = directory.violation(case.violation, on)
    due_clock, due_at = _first_due(record.state or {})
    return case.model_dump() | {
        "agency_name": agency.name if agency else case.agency,
        "violation_name": violation.name if violation else case.violation,
        "stage": record.stage,
        "due_clock": due_clock,
        "due_at": due_at,
        "drill": case.drill_shift_s != 0,
    }


def _first_due(state: dict[str, Any]) -> tuple[str | None, str | None]:
    running = [c for c in state.get("clocks", ()) if c["status"] == "running" and c.get("due_at")]
    first = min(running, key=lambda c: datetime.fromisoformat(c["due_at"]), default=None)
    return (first["name"], first["due_at"]) if first else (None, None)
