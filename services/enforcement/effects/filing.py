"""From lead to filed case: verification, filing or not filing."""

from contracts.enforcement import (
    CaseFiled,
    CaseNotFiled,
    DeclineToFile,
    FileCase,
    Investigate,
    VerifyLead,
)
from contracts.procedure import Payload
from contracts.says import Says
from services.enforcement.effects.acting import case_effects, issue
from services.enforcement.effects.evidence import take_in
from services.enforcement.models import Case
from services.enforcement.rules.document_numbers import DocumentKind
from services.kit.errors import Refusal
from services.kit.steps.effects import Reply
from services.kit.steps.record_effects import At
from services.kit.storage.transaction import Transaction

effects = case_effects()


@effects.on("open", payload=Payload)
async def open_case(_tx: Transaction, at: At[Case, Payload]) -> Reply:
    """Its procedure begins; a case that is not open has none."""
    if not at.row.open:
        raise Refusal("case_closed", Says("案件已结。", "The case is closed"))
    return {"case_id": str(at.case_id)}


@effects.on("verify_lead", payload=VerifyLead)
async def verify_lead(tx: Transaction, at: At[Case, VerifyLead]) -> Reply:
    return {"evidence": await take_in(tx, at, at.payload.evidence)}


@effects.on("investigate", payload=Investigate)
async def investigate(tx: Transaction, at: At[Case, Investigate]) -> Reply:
    return {"evidence": await take_in(tx, at, at.payload.evidence)}


@effects.on("file_case", payload=FileCase)
async def file_case(tx: Transaction, at: At[Case, FileCase]) -> Reply:
    """Filing gives the case its number, in the standard form of document numbers."""
    case = at.row
    case.number = await issue(tx, at, DocumentKind.FILING)
    case.cause = at.payload.cause
    case.filed_on = at.on
    tx.emit(
        CaseFiled(
            occurred_at=at.step.happened_at,
            case_id=case.id,
            number=case.number,
            filed_on=case.filed_on,
        )
    )
    return {"number": case.number}


@effects.on("decline_to_file", payload=DeclineToFile)
async def decline_to_file(tx: Transaction, at: At[Case, DeclineToFile]) -> Reply:
    """Not filing ends the case (PROC art. 20)."""
    case = at.row
    number = await issue(tx, at, DocumentKind.NO_FILING)
    case.open, case.outcome, case.closed_on = False, "not_filed", at.on
    tx.emit(
        CaseNotFiled(occurred_at=at.step.happened_at, case_id=case.id, grounds=at.payload.grounds)
    )
    return {"number": number}
