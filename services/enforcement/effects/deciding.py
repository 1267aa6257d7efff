"""Notice and decision: a penalty, none, facts not proved, or another agency's matter."""

from decimal import Decimal
from typing import Any, Literal

from contracts.enforcement import (
    CaseHandedOver,
    DecideNoPenalty,
    DecidePenalty,
    HandOver,
    NoPenaltyDecided,
    PenaltyDecided,
    ServeNotice,
)
from contracts.says import Says
from services.enforcement.effects.acting import case_effects, issue
from services.enforcement.models import Case, Decision
from services.enforcement.rules.advice import advice
from services.enforcement.rules.document_numbers import DocumentKind
from services.kit.errors import Invalid
from services.kit.steps.effects import Reply
from services.kit.steps.record_effects import At
from services.kit.storage.transaction import Transaction

effects = case_effects()


@effects.on("serve_notice", payload=ServeNotice)
async def serve_notice(tx: Transaction, at: At[Case, ServeNotice]) -> Reply:
    """The party reads what is intended, and has five working days to answer (PROC art. 57)."""
    return {"number": await issue(tx, at, DocumentKind.PENALTY_NOTICE)}


@effects.on("decide_penalty", payload=DecidePenalty)
async def decide_penalty(tx: Transaction, at: At[Case, DecidePenalty]) -> Reply:
    stated = at.payload
    _require_a_penalty(stated)
    number = await issue(tx, at, DocumentKind.PENALTY)
    decision = _decision(at, "penalty", number, basis=stated.basis)
    decision.fine_yuan = stated.fine_yuan
    decision.confiscated_yuan = stated.confiscated_yuan
    decision.confiscated_items = list(stated.confiscated_items)
    decision.warning = stated.warning
    tx.add(decision)
    at.row.outcome = "penalty"
    tx.emit(
        PenaltyDecided(
            occurred_at=at.step.happened_at,
            case_id=at.case_id,
            number=number,
            fine_yuan=stated.fine_yuan,
            confiscated_yuan=stated.confiscated_yuan,
            decided_on=at.on,
        )
    )
    return {"number": number, "advice": list(advice(stated.fine_yuan, stated.basis))}


def _require_a_penalty(stated: DecidePenalty) -> None:
    sums = stated.fine_yuan + stated.confiscated_yuan
    if sums == Decimal(0) and not stated.confiscated_items and not stated.warning:
        raise Invalid(
            Says(
                "处罚决定须载明罚款、没收或者警告。",
                "A penalty decision states a fine, a confiscation or a warning",
            ),
            field="fine_yuan",
            rule="APL art. 9",
        )


@effects.on("decide_no_penalty", payload=DecideNoPenalty)
async def decide_no_penalty(tx: Transaction, at: At[Case, DecideNoPenalty]) -> Reply:
    return await _without_penalty(tx, at, "no_penalty")


@effects.on("find_not_proved", payload=DecideNoPenalty)
async def find_not_proved(tx: Transaction, at: At[Case, DecideNoPenalty]) -> Reply:
    return await _without_penalty(tx, at, "not_proved")


async def _without_penalty(
    tx: Transaction, at: At[Case, DecideNoPenalty], outcome: Literal["no_penalty", "not_proved"]
) -> Reply:
    number = await issue(tx, at, DocumentKind.NO_PENALTY)
    tx.add(_decision(at, outcome, number, reasons=at.payload.reasons))
    at.row.outcome = outcome
    tx.emit(NoPenaltyDecided(occurred_at=at.step.happened_at, case_id=at.case_id, outcome=outcome))
    return {"number": number}


@effects.on("hand_over", payload=HandOver)
async def hand_over(tx: Transaction, at: At[Case, HandOver]) -> Reply:
    """The matter is another agency's or a judicial organ's (PROC art. 17, art. 60(4), (5))."""
    number = await issue(tx, at, DocumentKind.HAND_OVER, at.payload.document)
    decision = _decision(at, "handed_over", number, reasons=at.payload.reason)
    decision.handed_to = at.payload.to
    tx.add(decision)
    at.row.outcome = "handed_over"
    tx.emit(
        CaseHandedOver(
            occurred_at=at.step.happened_at, case_id=at.case_id, to=at.payload.to, number=number
        )
    )
    return {"number": number, "to": at.payload.to}


def _decision(
    at: At[Case, Any],
    kind: str,
    number: str,
    *,
    reasons: str | None = None,
    basis: tuple[str, ...] = (),
) -> Decision:
    return Decision(
        case_id=at.case_id,
        seq=at.seq,
        kind=kind,
        number=number,
        decided_on=at.on,
        decided_by=at.step.by.id,
        reasons=reasons,
        basis=list(basis),
        fine_yuan=Decimal(0),
        confiscated_yuan=Decimal(0),
        confiscated_items=[],
        warning=False,
    )
