"""Whose case it is: it follows its main line to another agency."""

from contracts.enforcement import CaseMoved, ChangeJurisdiction
from contracts.procedure import Payload
from services.enforcement.effects.acting import case_effects
from services.enforcement.models import Case
from services.kit.steps.effects import Reply
from services.kit.steps.record_effects import At
from services.kit.storage.transaction import Transaction

effects = case_effects()


@effects.on("reassign", "take_over", "reckon_again", payload=Payload)
async def follow(_tx: Transaction, at: At[Case, Payload]) -> Reply:
    """A called rung gave the case away or took it over, or its agency was abolished."""
    at.row.agency = at.main.agencies[0]
    return {"agency": at.row.agency}


@effects.on("change_jurisdiction", payload=ChangeJurisdiction)
async def change_jurisdiction(tx: Transaction, at: At[Case, ChangeJurisdiction]) -> Reply:
    """Jurisdiction was fixed elsewhere (PROC arts 13-16); what was done so far stays done."""
    before, at.row.agency = at.row.agency, at.main.agencies[0]
    tx.emit(
        CaseMoved(
            occurred_at=at.step.happened_at,
            case_id=at.case_id,
            from_agency=before,
            to=at.row.agency,
            how=at.payload.how,
            by=at.payload.by,
        )
    )
    return {"from": before, "agency": at.row.agency}
