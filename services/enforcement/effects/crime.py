"""A suspected crime: the hand-off begins, and the case resumes, goes to justice, or comes back."""

from decimal import Decimal
from uuid import UUID, uuid5

from sqlmodel import select

from contracts.enforcement import (
    CaseHandedOver,
    CaseReferred,
    CaseResumed,
    HandOverSeized,
    HandOverToJustice,
    ResumeFromPolice,
    SuspectCrime,
    TakeCaseBack,
)
from services.enforcement.effects.acting import case_effects, issue
from services.enforcement.effects.evidence import hand_on
from services.enforcement.models import Case, Decision
from services.enforcement.rules.document_numbers import DocumentKind
from services.enforcement.rules.earlier_penalties import earlier_penalties, fine_paid_yuan
from services.kit.steps.effects import Reply
from services.kit.steps.record_effects import At
from services.kit.storage.transaction import Transaction

effects = case_effects()


@effects.on("suspect_crime", "suspect_crime_after_decision", payload=SuspectCrime)
async def suspect_crime(tx: Transaction, at: At[Case, SuspectCrime]) -> Reply:
    """Each time it is suspected, a hand-off of its own begins; what was decided goes with it."""
    decision = await _decision(tx, at.case_id)
    stands = earlier_penalties(decision) if decision else ()
    paid = fine_paid_yuan(decision) if decision else Decimal(0)
    handoff = uuid5(at.case_id, f"criminal_handoff/{at.seq}")
    tx.emit(
        CaseReferred(
            occurred_at=at.step.happened_at,
            case_id=at.case_id,
            handoff=handoff,
            agency=at.row.agency,
            report_by=at.payload.report_by,
            standing=stands,
            fine_paid_yuan=paid,
            drill_shift_s=at.row.drill_shift_s,
        )
    )
    return {"handoff": str(handoff), "standing": list(stands), "fine_paid_yuan": str(paid)}


async def _decision(tx: Transaction, case_id: UUID) -> Decision | None:
    return (await tx.session.exec(select(Decision).where(Decision.case_id == case_id))).first()


@effects.on("resume_from_police", payload=ResumeFromPolice)
async def resume_from_police(tx: Transaction, at: At[Case, ResumeFromPolice]) -> None:
    """What the police do not take up, the agency deals with itself (TRANS art. 10)."""
    _resumed(tx, at, at.payload.handoff)


@effects.on("hand_over_to_justice", payload=HandOverToJustice)
async def hand_over_to_justice(tx: Transaction, at: At[Case, HandOverToJustice]) -> Reply:
    """The police filed it: it is justice's, and may be closed here (PROC arts 60(5), 77)."""
    number = await issue(tx, at, DocumentKind.CRIMINAL_HAND_OVER)
    at.row.outcome = "handed_over"
    tx.emit(
        CaseHandedOver(
            occurred_at=at.step.happened_at, case_id=at.case_id, to=at.payload.to, number=number
        )
    )
    return {"number": number, "to": at.payload.to}


@effects.on("take_case_back", payload=TakeCaseBack)
async def take_case_back(tx: Transaction, at: At[Case, TakeCaseBack]) -> None:
    """Justice gave it back for a penalty (APL art. 27): it has no outcome any more."""
    at.row.outcome = None
    _resumed(tx, at, at.payload.handoff)


def _resumed(
    tx: Transaction, at: At[Case, ResumeFromPolice] | At[Case, TakeCaseBack], handoff: UUID
) -> None:
    tx.emit(CaseResumed(occurred_at=at.step.happened_at, case_id=at.case_id, handoff=handoff))


@effects.on("hand_over_seized", payload=HandOverSeized)
async def hand_over_seized(tx: Transaction, at: At[Case, HandOverSeized]) -> Reply:
    """Seized things go along with the case; the chain of custody goes on there (AEL art. 21)."""
    return {"items": await hand_on(tx, at, at.payload.to, "handed_over")}
