"""What the engine itself can do to any procedure: warn, breach, climb the ladder, extend a clock."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from contracts.agencies import SYSTEM, Role
from contracts.procedure import (
    Answer,
    ClockBreached,
    ClockState,
    Escalation,
    EscalationAnswered,
    EscalationEnded,
    EscalationRaised,
    ExtendClock,
    Extended,
    OpenStep,
    Outcome,
    Payload,
    ProcedureState,
    Reassignment,
    TakeStep,
    Told,
)
from workflows.procedure.model import Clock, Grant, Procedure
from workflows.procedure.refusal import StepRefused

EXTEND = "extend_"
ANSWERS: dict[str, type[Payload]] = {
    "acknowledge": Answer,
    "reassign": Reassignment,
    "take_over": Answer,
}
Told_ = tuple[Told, ...]
Result = tuple[ProcedureState, Told_, datetime]


def is_builtin(step: str) -> bool:
    return step in _SYSTEM_STEPS or step in ANSWERS or step.startswith(EXTEND)


def payload_of(step: str) -> type[Payload]:
    """The payload a built-in step takes from a person."""
    return ExtendClock if step.startswith(EXTEND) else ANSWERS[step]


def open_steps(procedure: Procedure, state: ProcedureState) -> Iterable[OpenStep]:
    """Extensions still to be had, and the answers a called rung may give."""
    for clock in state.clocks:
        line = next(x for x in state.lines if x.key == clock.line)
        rule = procedure.clock(line, clock.name)
        grant = rule and _grant(rule, clock)
        if grant and clock.status in ("running", "paused") and clock.breached_at is None:
            yield OpenStep(
                line=line.key,
                step=EXTEND + clock.name,
                role=grant.by.role,
                agencies=line.agencies,
                expected_version=line.version,
                payload=ExtendClock.__name__,
            )
    for escalation in state.escalations:
        for step, payload in () if escalation.ended else ANSWERS.items():
            yield OpenStep(
                line=escalation.key,
                step=step,
                role=escalation.role,
                agencies=(escalation.agency,),
                expected_version=escalation.version,
                payload=payload.__name__,
            )


def take(procedure: Procedure, state: ProcedureState, asked: TakeStep, now: datetime) -> Result:
    """Carry out a built-in step, or refuse it."""
    if asked.step in _SYSTEM_STEPS:
        if asked.by != SYSTEM:
            raise StepRefused("wrong_role", f"「{asked.step}」只能由系统实施", f"only the system takes {asked.step!r}")
        return _SYSTEM_STEPS[asked.step](state, asked, now)
    if asked.step.startswith(EXTEND):
        return _extend(procedure, state, asked, now)
    return _answer(state, asked, now)


# ── by the clock ─────────────────────────────────────────────────────────────────────────────────


def due(procedure: Procedure, state: ProcedureState, now: datetime) -> TakeStep | None:
    """What time itself now demands: a step of the law, a warning, a breach, the next rung."""
    for clock in state.clocks:
        line = next(x for x in state.lines if x.key == clock.line)
        rule = procedure.clock(line, clock.name)
        if clock.status == "running" and rule and clock.due_at and clock.due_at <= now:
            step = rule.then or "breach"
            payload = {"happened_at": clock.due_at.isoformat()} if rule.then else {"clock": clock.name}
            return _asked(state, step, clock.line, payload)
        if clock.status == "running" and not clock.warned and clock.warn_at and clock.warn_at <= now:
            return _asked(state, "warn", clock.line, {"clock": clock.name})
    for escalation in state.escalations:
        if not escalation.ended and _next_rung(state, escalation) and escalation.answer_by <= now:
            return _asked(state, "call_next_rung", escalation.key, {})
    return None


def next_instant(state: ProcedureState) -> datetime | None:
    """The nearest moment at which `due` may have something to do."""
    running = [c for c in state.clocks if c.status == "running"]
    waits = [c.due_at for c in running if c.due_at]
    waits += [c.warn_at for c in running if c.warn_at and not c.warned]
    waits += [e.answer_by for e in state.escalations if not e.ended and _next_rung(state, e)]
    return min(waits, default=None)


def _asked(state: ProcedureState, step: str, line: str, payload: dict[str, Any]) -> TakeStep:
    from uuid import NAMESPACE_URL, uuid5

    request = uuid5(NAMESPACE_URL, f"{state.id}#{state.seq + 1}:{step}")
    return TakeStep(request_id=request, step=step, line=line, by=SYSTEM, payload=payload)


def _warn(state: ProcedureState, asked: TakeStep, now: datetime) -> Result:
    clock = _clock(state, asked)
    return _with_clock(state, clock.model_copy(update={"warned": True})), (), now


def _breach(state: ProcedureState, asked: TakeStep, now: datetime) -> Result:
    """The clock is missed: it stays on record, and its ladder's first rung is called."""
    clock = _clock(state, asked)
    missed = clock.model_copy(
        update={"status": "breached", "breached_at": clock.breached_at or clock.due_at}
    )
    state = _with_clock(state, missed)
    tells: Told_ = (_breached(state, missed),)
    if clock.ladder:
        call = clock.ladder[0]
        raised = Escalation(
            key=f"escalation/{len(state.escalations) + 1}",
            line=clock.line,
            clock=clock.name,
            agency=call.agency,
            role=call.role,
            called_at=now,
            answer_by=now + (call.answer_by - call.call_at),
        )
        state = state.model_copy(update={"escalations": (*state.escalations, raised)})
        tells = (*tells, _raised(state, raised, now))
    return state, tells, missed.due_at or now


def _call_next_rung(state: ProcedureState, asked: TakeStep, now: datetime) -> Result:
    escalation = _escalation(state, asked)
    call = _next_rung(state, escalation)
    assert call is not None, "due() asks for it only while there is a next rung"
    raised = escalation.model_copy(
        update={
            "rung": escalation.rung + 1,
            "agency": call.agency,
            "role": call.role,
            "called_at": now,
            "answer_by": now + (call.answer_by - call.call_at),
            "acknowledged_by": None,
            "version": escalation.version + 1,
        }
    )
    state = _with_escalation(state, raised)
    return state, (_raised(state, raised, now),), now


_SYSTEM_STEPS: dict[str, Callable[[ProcedureState, TakeStep, datetime], Result]] = {
    "warn": _warn,
    "breach": _breach,
    "call_next_rung": _call_next_rung,
}


# ── by a person ──────────────────────────────────────────────────────────────────────────────────


def _extend(procedure: Procedure, state: ProcedureState, asked: TakeStep, now: datetime) -> Result:
    """One more extension, before expiry, by whom the rule names, of the length the rule fixes."""
    clock = next(
        (c for c in state.clocks if (c.line, c.name) == (asked.line, asked.step.removeprefix(EXTEND))), None
    )
    line = next((x for x in state.lines if x.key == asked.line), None)
    rule = line and clock and procedure.clock(line, clock.name)
    if not (clock and line and rule) or clock.status not in ("running", "paused"):
        raise StepRefused("not_open", "该期限不在进行中", "that clock is not running")
    grant = _grant(rule, clock)
    if grant is None:
        raise StepRefused(
            "no_further_extension", f"不得再延长({rule.basis})", f"it may not be extended again ({rule.basis})"
        )
    _check_role(asked, grant.by.role, line.agencies)
    _check_version(asked, line.version)
    paper = _parse(ExtendClock, asked)
    granted_at = paper.happened_at or now
    if granted_at > now or (clock.due_at and granted_at >= clock.due_at):
        raise StepRefused(
            "extension_too_late",
            f"延期须在期限届满前批准({rule.basis})",
            f"an extension is granted before expiry ({rule.basis})",
            field="happened_at",
        )
    if (grant.number is None) == (paper.number is None):
        raise StepRefused(
            "invalid",
            f"延长期限 number {'必须写明' if grant.number is None else '由规定确定,不得填写'}",
            "number must be stated" if grant.number is None else "number is fixed by the rule",
            field="number",
        )
    more = Extended(
        number=grant.number or paper.number or 0,
        unit=rule.length.unit,
        by=asked.by.id,
        granted_at=granted_at,
    )
    state = _with_clock(
        state, clock.model_copy(update={"extensions": (*clock.extensions, more), "warned": False})
    )
    lines = tuple(
        x.model_copy(update={"version": x.version + 1}) if x.key == line.key else x for x in state.lines
    )
    return state.model_copy(update={"lines": lines}), (), granted_at


def _answer(state: ProcedureState, asked: TakeStep, now: datetime) -> Result:
    """A rung acknowledges (it gets as long again), reassigns or takes over; the last rung's answer ends it."""
    escalation = _escalation(state, asked)
    _check_role(asked, escalation.role, (escalation.agency,))
    _check_version(asked, escalation.version)
    paper = _parse(payload_of(asked.step), asked)
    last = _next_rung(state, escalation) is None
    ended: Outcome | None = "taken_over" if asked.step == "take_over" else "acted" if last else None
    answered = escalation.model_copy(
        update={
            "acknowledged_by": asked.by.id,
            "answer_by": now + (escalation.answer_by - escalation.called_at),
            "called_at": now,
            "version": escalation.version + 1,
            "ended": ended,
        }
    )
    state = _with_escalation(state, answered)
    to = _new_agency(asked, escalation, paper)
    if to:
        lines = tuple(
            x.model_copy(update={"agencies": (to,)}) if x.key == escalation.line else x for x in state.lines
        )
        state = state.model_copy(update={"lines": lines})
    tells: Told_ = (
        EscalationAnswered(
            case_id=state.case_id,
            occurred_at=now,
            procedure=state.procedure,
            escalation=escalation.key,
            how=asked.step,  # type: ignore[arg-type]
            by=asked.by.id,
            agency=asked.by.agency,
        ),
    )
    return state, ((*tells, _ended(state, answered, now)) if ended else tells), now


def _new_agency(asked: TakeStep, escalation: Escalation, paper: Payload) -> str | None:
    if asked.step == "take_over":
        return escalation.agency
    return paper.to_agency if isinstance(paper, Reassignment) else None


# ── shared with the fold of table steps ──────────────────────────────────────────────────────────


def meet(
    state: ProcedureState, names: Iterable[tuple[str, str]], at: datetime
) -> tuple[ProcedureState, Told_]:
    """Clocks that a step meets stop; a breach stays on record, its escalation ends."""
    tells: Told_ = ()
    for line, name in names:
        clock = next((c for c in state.clocks if (c.line, c.name) == (line, name)), None)
        if clock is None or clock.status in ("met", "ended"):
            continue
        late = clock.due_at is not None and at >= clock.due_at
        met = clock.model_copy(
            update={
                "status": "met",
                "met_at": at,
                "breached_at": clock.breached_at or (clock.due_at if late else None),
            }
        )
        state = _with_clock(state, met)
        if late and clock.breached_at is None:
            tells = (*tells, _breached(state, met))
        state, more = _end(state, "met", at, lambda e, k=(line, name): (e.line, e.clock) == k)
        tells = (*tells, *more)
    return state, tells


def end_escalations(state: ProcedureState, lines: set[str], at: datetime) -> tuple[ProcedureState, Told_]:
    return _end(state, "line_ended", at, lambda e: e.line in lines)


def corrected(state: ProcedureState, clock: ClockState, at: datetime) -> tuple[ProcedureState, Told_]:
    """A fact entered late moved the deadline into the future: the clock runs on, its breach stays on record."""
    state = _with_clock(state, clock.model_copy(update={"status": "running"}))
    return _end(state, "corrected", at, lambda e: (e.line, e.clock) == (clock.line, clock.name))


def _end(
    state: ProcedureState, outcome: Outcome, at: datetime, which: Callable[[Escalation], bool]
) -> tuple[ProcedureState, Told_]:
    tells: Told_ = ()
    for escalation in state.escalations:
        if not escalation.ended and which(escalation):
            over = escalation.model_copy(update={"ended": outcome})
            state = _with_escalation(state, over)
            tells = (*tells, _ended(state, over, at))
    return state, tells


# ── small things ─────────────────────────────────────────────────────────────────────────────────


def _grant(rule: Clock, clock: ClockState) -> Grant | None:
    """The next extension the rule allows after those already granted."""
    left = len(clock.extensions)
    for grant in rule.extensions:
        if grant.times is None or left < grant.times:
            return grant
        left -= grant.times
    return None


def _next_rung(state: ProcedureState, escalation: Escalation) -> Any:
    clock = next(
        c for c in state.clocks if (c.line, c.name) == (escalation.line, escalation.clock)
    )
    above = escalation.rung + 1
    return clock.ladder[above] if above < len(clock.ladder) else None


def _clock(state: ProcedureState, asked: TakeStep) -> ClockState:
    key = asked.line, asked.payload.get("clock")
    return next(c for c in state.clocks if (c.line, c.name) == key)


def _escalation(state: ProcedureState, asked: TakeStep) -> Escalation:
    found = next((e for e in state.escalations if e.key == asked.line), None)
    if found is None or found.ended:
        raise StepRefused("not_open", "该升级事项已终结或不存在", "that escalation has ended or does not exist")
    return found


def _with_clock(state: ProcedureState, clock: ClockState) -> ProcedureState:
    clocks = tuple(
        clock if (c.line, c.name) == (clock.line, clock.name) else c for c in state.clocks
    )
    return state.model_copy(update={"clocks": clocks})


def _with_escalation(state: ProcedureState, escalation: Escalation) -> ProcedureState:
    all_ = tuple(escalation if e.key == escalation.key else e for e in state.escalations)
    return state.model_copy(update={"escalations": all_})


def _check_role(asked: TakeStep, role: Role, agencies: tuple[str, ...]) -> None:
    if role not in asked.by.roles or asked.by.agency not in agencies:
        raise StepRefused(
            "wrong_role",
            f"「{asked.step}」须由{'、'.join(agencies)}的{role}实施",
            f"{asked.step!r} is taken by the {role} of {', '.join(agencies)}",
            role=str(role),
            agencies=list(agencies),
        )


def _check_version(asked: TakeStep, version: int) -> None:
    if asked.expected_version is not None and asked.expected_version != version:
        raise StepRefused(
            "stale_version",
            f"已变动:您看到的是第{asked.expected_version}版,现为第{version}版",
            f"it has moved on: you saw version {asked.expected_version}, it is at {version}",
            version=version,
        )


def _parse(kind: type[Any], asked: TakeStep) -> Any:
    try:
        return kind.model_validate(asked.payload)
    except ValidationError as wrong:
        first = wrong.errors(include_url=False, include_input=False, include_context=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "payload"
        raise StepRefused(
            "invalid", f"字段 {field} 不合要求:{first['msg']}", f"{field}: {first['msg']}", field=field
        ) from None


def _breached(state: ProcedureState, clock: ClockState) -> ClockBreached:
    assert clock.due_at is not None and clock.derivation is not None
    return ClockBreached(
        case_id=state.case_id,
        occurred_at=clock.due_at,
        procedure=state.procedure,
        line=clock.line,
        clock=clock.name,
        basis=clock.basis,
        due_at=clock.due_at,
        derivation=clock.derivation,
    )


def _raised(state: ProcedureState, escalation: Escalation, at: datetime) -> EscalationRaised:
    return EscalationRaised(
        case_id=state.case_id,
        occurred_at=at,
        procedure=state.procedure,
        escalation=escalation.key,
        line=escalation.line,
        clock=escalation.clock,
        rung=escalation.rung,
        agency=escalation.agency,
        role=escalation.role,
        answer_by=escalation.answer_by,
    )


def _ended(state: ProcedureState, escalation: Escalation, at: datetime) -> EscalationEnded:
    assert escalation.ended is not None
    return EscalationEnded(
        case_id=state.case_id,
        occurred_at=at,
        procedure=state.procedure,
        escalation=escalation.key,
        outcome=escalation.ended,
    )
