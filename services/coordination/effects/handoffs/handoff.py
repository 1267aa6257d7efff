"""What the effects of a criminal hand-off share: whose case it is, which police, what was paid."""

from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from contracts.agencies import Agency, AgencyCode
from contracts.coordination import CrimeDeclined
from contracts.says import Says
from services.coordination.effects.acting import known, matter_effects
from services.coordination.models import Matter
from services.coordination.rules.openings import CRIMINAL_HANDOFF
from services.kit.errors import Invalid
from services.kit.steps.record_effects import At
from services.kit.storage.transaction import Transaction

effects = matter_effects(CRIMINAL_HANDOFF)

POLICE, PROCURATORATE = "public_security", "procuratorate"
FILING = ("police", "reconsideration", "reasons", "order")
"""Lines on which the police may file the case."""


def of_case(at: At[Matter, Any]) -> UUID:
    case = at.row.of_case
    assert case is not None, "a hand-off is opened by the event of its case alone"
    return case


def filed_by(at: At[Matter, Any]) -> AgencyCode:
    """The police that filed the case."""
    lines = at.step.record.state.lines
    return next(
        line.agencies[0] for line in lines if line.table in FILING and line.stage == "filed"
    )


def standing(at: At[Matter, Any]) -> list[str]:
    """What was decided before and stays in force."""
    said = at.main.facts.get("standing")
    return [str(part) for part in said] if isinstance(said, list) else []


def fine_paid_yuan(at: At[Matter, Any]) -> Decimal:
    return Decimal(str(at.main.facts.get("fine_paid_yuan") or 0))


def of_kind(at: At[Matter, Any], code: AgencyCode, kind: str, field: str) -> Agency:
    """The agency of this code, which must be police, or a procuratorate."""
    agency = at.directory.agency(known(at, code, field), at.on)
    assert agency is not None, "known a line above"
    if agency.kind != kind:
        zh = "公安机关" if kind == POLICE else "检察机关"
        raise Invalid(
            Says(f"{agency.name}（{code}）不是{zh}。", f"{code} is a {agency.kind}, not a {kind}"),
            field=field,
            rule="kind_of_agency",
        )
    return agency


def declined(tx: Transaction, at: At[Matter, Any], by: Literal["chief", "police"]) -> None:
    """The end of it without a criminal case: the agency deals with the matter itself."""
    at.row.outcome = "not_transferred" if by == "chief" else "declined"
    tx.emit(
        CrimeDeclined(
            case_id=at.case_id,
            occurred_at=at.step.happened_at,
            of_case=of_case(at),
            agency=at.row.agency,
            by=by,
        )
    )
