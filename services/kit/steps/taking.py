"""How anyone takes a step of a procedure, and learns what became of it.

The console, the HTTP API, the command line and the triggers all call `take_step`.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from temporalio.client import (
    Client,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from contracts.procedure import StepOutcome, TakeStep
from contracts.says import Says
from services.kit.errors import Refusal, Unavailable
from services.kit.rights.visibility import EVERYTHING, seeing
from services.kit.steps.listening import StepListener
from services.kit.steps.recording import stored_outcome
from services.kit.steps.refusals import as_refusal, is_refusal
from services.kit.storage.database import Sessions

SOON_S = 0.5
"""In which a step that can be taken usually is."""


_GONE = frozenset({RPCStatusCode.NOT_FOUND})


_LATER = frozenset(
    {
        RPCStatusCode.ABORTED,
        RPCStatusCode.CANCELLED,
        RPCStatusCode.DEADLINE_EXCEEDED,
        RPCStatusCode.RESOURCE_EXHAUSTED,
        RPCStatusCode.UNAVAILABLE,
    }
)


@dataclass(frozen=True, slots=True)
class Pending:
    """Not yet known: the step may still happen. Asking again with the same id gives its outcome."""

    request_id: UUID


async def take_step(
    client: Client,
    sessions: Sessions,
    procedure_id: str,
    request: TakeStep,
    *,
    outcomes: StepListener | None = None,
    within: timedelta = timedelta(seconds=10),
) -> StepOutcome | Pending:
    """Take a step of a running procedure. Refusals are raised; no answer in time is `Pending`.

    The step log has the last word: Temporal forgets update ids when a run continues as new or ends,
    and does not compare what was asked. The update is sent first, for it is harmless where it is a
    repeat: whoever records the step knows its id. With `outcomes`, nobody waits for the workflow.
    """
    async with _expected(outcomes, request) as recorded:
        asking = asyncio.create_task(_ask(client, sessions, procedure_id, request, within))
        try:
            if not await _happens(asking, recorded, SOON_S):
                # a repeat, perhaps, while nobody answers: the log may know it already
                if (known := await _stored(sessions, procedure_id, request)) is not None:
                    return known
                await _happens(asking, recorded)
            return await _stored(sessions, procedure_id, request) or await asking
        finally:
            _let_go(asking)


@asynccontextmanager
async def _expected(
    outcomes: StepListener | None, request: TakeStep
) -> AsyncIterator[asyncio.Event]:
    if outcomes is None:
        yield asyncio.Event()
        return
    async with outcomes.expect(request.request_id) as recorded:
        yield recorded


async def _happens(
    asking: "asyncio.Task[StepOutcome | Pending]",
    recorded: asyncio.Event,
    within_s: float | None = None,
) -> bool:
    """The workflow answers or the record does, whichever is there first."""
    waiting = asyncio.create_task(recorded.wait())
    try:
        either = {asking, waiting}
        done, _ = await asyncio.wait(either, timeout=within_s, return_when=asyncio.FIRST_COMPLETED)
    finally:
        waiting.cancel()
    return bool(done)


def _let_go(asking: "asyncio.Task[StepOutcome | Pending]") -> None:
    """What the workflow answers does not matter any more: the step goes on without us."""
    if not asking.cancel() and not asking.cancelled():
        asking.exception()


async def _ask(
    client: Client, sessions: Sessions, procedure_id: str, request: TakeStep, within: timedelta
) -> StepOutcome | Pending:
    try:
        async with asyncio.timeout(within.total_seconds()):
            return await _update(client, procedure_id, request)
    except (TimeoutError, WorkflowUpdateRPCTimeoutOrCancelledError):
        return await _stored(sessions, procedure_id, request) or Pending(request.request_id)
    except WorkflowUpdateFailedError as failed:
        cause = _innermost(failed)
        if cause is None or cause.type == "AcceptedUpdateCompletedWorkflow":
            return await _closed(sessions, procedure_id, request)
        if not is_refusal(cause):
            raise
        raise as_refusal(cause) from failed
    except RPCError as error:
        if error.status in _LATER:
            return Pending(request.request_id)
        if error.status in _GONE:
            return await _closed(sessions, procedure_id, request)
        raise
    except RuntimeError as error:  # a lazy client's first connection failed: nothing was sent
        raise Unavailable(Says("无法连接 Temporal。", "Temporal cannot be reached")) from error


async def _update(client: Client, procedure_id: str, request: TakeStep) -> StepOutcome:
    handle = client.get_workflow_handle(procedure_id)
    outcome: StepOutcome = await handle.execute_update(
        "take", request, id=str(request.request_id), result_type=StepOutcome
    )
    return outcome


async def _stored(sessions: Sessions, procedure_id: str, request: TakeStep) -> StepOutcome | None:
    # answered to nobody but whoever asked it before: who that was is in the digest
    async with seeing(sessions, EVERYTHING) as session:
        return await stored_outcome(session, procedure_id, request.request_id, request.digest)


async def _closed(sessions: Sessions, procedure_id: str, request: TakeStep) -> StepOutcome:
    known = await _stored(sessions, procedure_id, request)
    if known is not None:
        return known
    raise Refusal(
        "procedure_closed",
        Says(
            f"程序 {procedure_id} 未在进行：已终结或未启动。",
            f"{procedure_id} is not running: it has ended or was never opened",
        ),
        procedure=procedure_id,
    )


def _innermost(error: BaseException) -> ApplicationError | None:
    """The refusal at the bottom: an activity's comes wrapped."""
    found: ApplicationError | None = None
    cause: Any = error
    while cause is not None:
        if isinstance(cause, ApplicationError):
            found = cause
        cause = getattr(cause, "cause", None) or cause.__cause__
    return found
