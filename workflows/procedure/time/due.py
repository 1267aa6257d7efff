"""What time itself demands: a step of the law, a breach, a warning, the next rung (逐级升级)."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from contracts.agencies import SYSTEM
from contracts.procedure import (
    Call,
    ClockState,
    Escalation,
    ProcedureState,
    TakeStep,
)
from workflows.procedure.escalation import (
    Result,
    Told_,
    breached,
    find_open,
    next_call,
    raised_of,
    with_clock,
    with_escalation,
)
from workflows.procedure.guard import MAIN
from workflows.procedure.model import Procedure


def due(procedure: Procedure, state: ProcedureState, now: datetime) -> TakeStep | None:
    """A step of the law, a breach, a warning or the next rung, whichever time now demands."""
    return next(_demands(procedure, state, now), None)


def _demands(procedure: Procedure, state: ProcedureState, now: datetime) -> Iterator[TakeStep]:
    for clock in state.clocks:
        if clock.status != "running":
            continue
        if clock.due_at and clock.due_at <= now:
            then = _consequence(procedure, state, clock)
            if then:
                at = {"happened_at": clock.due_at.isoformat()}
                yield asked_of_itself(state, then, clock.line, at)
            else:
                yield asked_of_itself(state, "breach", clock.line, {"clock": clock.name})
        elif clock.warn_at and not clock.warned and clock.warn_at <= now:
            yield asked_of_itself(state, "warn", clock.line, {"clock": clock.name})
    for escalation in state.escalations:
        if not escalation.ended and next_call(state, escalation) and escalation.answer_by <= now:
            yield asked_of_itself(state, "call_next_rung", escalation.key)


def next_instant(state: ProcedureState) -> datetime | None:
    """The nearest moment at which `due` may have something to ask."""
    running = [c for c in state.clocks if c.status == "running"]
    moments = [c.due_at for c in running if c.due_at]
    moments += [c.warn_at for c in running if c.warn_at and not c.warned]
    moments += [e.answer_by for e in state.escalations if not e.ended and next_call(state, e)]
    return min(moments, default=None)


def _consequence(procedure: Procedure, state: ProcedureState, clock: ClockState) -> str | None:
    """The step the law takes, where its line is still at a stage that the step leaves."""
    line = next(x for x in state.lines if x.key == clock.line)
    rule = procedure.clock(line, clock.name)
    return rule.then if rule else None


def asked_of_itself(
    state: ProcedureState, step: str, line: str = MAIN, payload: dict[str, Any] | None = None
) -> TakeStep:
    """A step the procedure takes of itself; asking for it again is the same request."""
    request = uuid5(NAMESPACE_URL, f"{state.id}#{state.seq + 1}:{step}")
    return TakeStep(request_id=request, step=step, line=line, by=SYSTEM, payload=payload or {})


def _warn(state: ProcedureState, request: TakeStep, now: datetime) -> Result:
    clock = _clock(state, request)
    return with_clock(state, clock.model_copy(update={"warned": True})), (), now


def _breach(state: ProcedureState, request: TakeStep, now: datetime) -> Result:
    """The clock is missed: that stays on record, and the ladder's first rung is called."""
    clock = _clock(state, request)
    missed_at = clock.breached_at or clock.due_at
    missed = clock.model_copy(update={"status": "breached", "breached_at": missed_at})
    state = with_clock(state, missed)
    tells: Told_ = (breached(state, missed),)
    if clock.ladder:
        key = f"escalation/{len(state.escalations) + 1}"
        raised = Escalation(
            key=key, line=clock.line, clock=clock.name, **_called(clock.ladder[0], now)
        )
        state = state.model_copy(update={"escalations": (*state.escalations, raised)})
        tells = (*tells, raised_of(state, raised, now))
    return state, tells, clock.due_at or now


def _call_next_rung(state: ProcedureState, request: TakeStep, now: datetime) -> Result:
    escalation = find_open(state, request)
    call = next_call(state, escalation)
    assert call is not None, "asked for only while there is a next rung"
    update = {
        **_called(call, now),
        "rung": escalation.rung + 1,
        "acknowledged_by": None,
        "version": escalation.version + 1,
    }
    raised = escalation.model_copy(update=update)
    return with_escalation(state, raised), (raised_of(state, raised, now),), now


def _reckon_again(state: ProcedureState, _asked: TakeStep, now: datetime) -> Result:
    """Calendar or directory have changed: nothing moves but the deadlines, worked out anew."""
    return state, (), now


SYSTEM_STEPS: dict[str, Callable[[ProcedureState, TakeStep, datetime], Result]] = {
    "warn": _warn,
    "breach": _breach,
    "call_next_rung": _call_next_rung,
    "reckon_again": _reckon_again,
}


def _called(call: Call, now: datetime) -> dict[str, Any]:
    answer_by = now + (call.answer_by - call.call_at)
    return {"agency": call.agency, "role": call.role, "called_at": now, "answer_by": answer_by}


def _clock(state: ProcedureState, request: TakeStep) -> ClockState:
    key = request.line, request.payload.get("clock")
    return next(c for c in state.clocks if (c.line, c.name) == key)
