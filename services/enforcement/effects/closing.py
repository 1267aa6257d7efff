"""The end of a case: termination, and closing approval."""

from contracts.enforcement import CaseClosed, CloseCase, Terminate
from contracts.says import Says
from services.enforcement.effects.acting import case_effects, issue
from services.enforcement.models import Case
from services.enforcement.rules.document_numbers import DocumentKind
from services.kit.errors import Refusal
from services.kit.steps.effects import Reply
from services.kit.steps.record_effects import At
from services.kit.storage.transaction import Transaction

effects = case_effects()


@effects.on("terminate", payload=Terminate)
async def terminate(_tx: Transaction, at: At[Case, Terminate]) -> Reply:
    """The party is dead or dissolved without a successor (PROC art. 47)."""
    at.row.outcome = "terminated"
    return {"outcome": "terminated"}


@effects.on("close_case", payload=CloseCase)
async def close_case(tx: Transaction, at: At[Case, CloseCase]) -> Reply:
    """Closing is approved; a later report of the same subject opens a case of its own."""
    case = at.row
    if case.outcome is None:
        raise Refusal("no_outcome", Says("案件尚无处理结果。", "The case has no outcome yet"))
    number = await issue(tx, at, DocumentKind.CLOSING)
    case.open, case.closed_on = False, at.on
    tx.emit(
        CaseClosed(
            occurred_at=at.step.happened_at,
            case_id=case.id,
            outcome=case.outcome,
            closed_on=at.on,
        )
    )
    return {"number": number, "outcome": case.outcome}
