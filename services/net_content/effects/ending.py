"""How a check ends: its result is public, it is closed or called off, or goes to another agency."""

from typing import Literal

from contracts.net_content import CallOff, CheckClosed, CloseCheck, PublishResult, ResultPublished
from contracts.procedure import Answer, Reassignment
from services.kit.steps.effects import Reply
from services.kit.steps.record_effects import At, RecordEffects
from services.kit.storage.transaction import Transaction
from services.net_content.models import Check
from services.net_content.queries import checks as queries

CheckOutcome = Literal["passed", "rectified", "called_off"]

effects = RecordEffects(queries.PROCEDURE, Check)


@effects.on("publish_result", payload=PublishResult)
async def publish_result(tx: Transaction, at: At[Check, PublishResult]) -> None:
    """What stands when it is made public: a lot put right since has failed all the same."""
    check = at.row
    check.published_on, check.published_where = at.on, at.payload.address
    tx.emit(
        ResultPublished(
            occurred_at=at.step.happened_at,
            case_id=check.id,
            verdict="fail" if check.failed_on else "pass",
            published_on=at.on,
        )
    )


@effects.on("close_check", payload=CloseCheck)
async def close_check(tx: Transaction, at: At[Check, CloseCheck]) -> Reply:
    return _close(tx, at, "rectified" if at.row.failed_on else "passed")


@effects.on("call_off", payload=CallOff)
async def call_off(tx: Transaction, at: At[Check, CallOff]) -> Reply:
    at.row.awaiting = None
    return _close(tx, at, "called_off")


@effects.on("take_over", payload=Answer)
async def take_over(_tx: Transaction, at: At[Check, Answer]) -> Reply:
    return _follow(at)


@effects.on("reassign", payload=Reassignment)
async def reassign(_tx: Transaction, at: At[Check, Reassignment]) -> Reply:
    """The check follows its main line to another agency."""
    return _follow(at)


def _close(
    tx: Transaction, at: At[Check, CloseCheck] | At[Check, CallOff], outcome: CheckOutcome
) -> Reply:
    check = at.row
    check.outcome, check.closed_on = outcome, at.on
    tx.emit(
        CheckClosed(
            occurred_at=at.step.happened_at,
            case_id=check.id,
            outcome=outcome,
            closed_on=at.on,
        )
    )
    return {"outcome": outcome}


def _follow(at: At[Check, Answer] | At[Check, Reassignment]) -> Reply:
    at.row.agency = at.main.agencies[0]
    return {"agency": at.row.agency}
