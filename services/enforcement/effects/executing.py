"""After a penalty is decided: it is served, made public and paid."""

from datetime import date

from contracts.enforcement import DecisionPublished, PublishDecision, RecordPayment, ServeDecision
from contracts.says import Says
from services.enforcement.effects.acting import case_effects
from services.enforcement.models import Case, Decision
from services.enforcement.rules.penalties import late_surcharge_yuan
from services.kit.errors import Invalid
from services.kit.steps.effects import Reply
from services.kit.steps.record_effects import At
from services.kit.storage.transaction import Transaction

effects = case_effects()


@effects.on("serve_decision", payload=ServeDecision)
async def serve_decision(tx: Transaction, at: At[Case, ServeDecision]) -> Reply:
    decision = await tx.lock(Decision, at.case_id)
    decision.served_at = at.step.happened_at
    decision.served_by = at.payload.served_by
    decision.recipient = at.payload.recipient
    return {"owed_yuan": str(decision.fine_yuan + decision.confiscated_yuan)}


@effects.on("publish_decision", payload=PublishDecision)
async def publish_decision(tx: Transaction, at: At[Case, PublishDecision]) -> Reply:
    decision = await tx.lock(Decision, at.case_id)
    decision.published_on = at.on
    decision.published_where = at.payload.address
    tx.emit(
        DecisionPublished(occurred_at=at.step.happened_at, case_id=at.case_id, published_on=at.on)
    )
    return {"published_on": at.on.isoformat()}


@effects.on("record_payment", payload=RecordPayment)
async def record_payment(tx: Transaction, at: At[Case, RecordPayment]) -> Reply:
    """What is paid is what was decided; when late, up to the surcharge more (APL art. 72)."""
    decision = await tx.lock(Decision, at.case_id)
    owed = decision.fine_yuan + decision.confiscated_yuan
    most = owed + late_surcharge_yuan(decision.fine_yuan, _days_late(at))
    paid = at.payload.paid_yuan
    if not owed <= paid <= most:
        raise Invalid(
            Says(
                f"缴纳 {paid} 元，应缴 {owed} 元（含加处罚款最多 {most} 元）。",
                f"{paid} yuan were paid; owed are {owed}, at most {most} with the late surcharge",
            ),
            field="paid_yuan",
            rule="paid_in_full",
            owed_yuan=str(owed),
        )
    decision.paid_yuan = paid
    decision.paid_at = at.step.happened_at
    decision.receipt = at.payload.receipt
    return {"paid_yuan": str(paid), "surcharge_yuan": str(paid - owed) if paid > owed else None}


def _days_late(at: At[Case, RecordPayment]) -> int:
    due_on = _last_day(at)
    return max(0, (at.on - due_on).days) if due_on else 0


def _last_day(at: At[Case, RecordPayment]) -> date | None:
    clocks = at.step.record.state.clocks
    return next((clock.due_on for clock in clocks if clock.name == "payment_15d"), None)
