"""Escalations (逐级升级): what a called rung answers, and what ends one."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

from contracts.procedure import (
    Answer,
    Call,
    ClockBreached,
    ClockState,
    EngineEvent,
    Escalation,
    EscalationAnswered,
    EscalationEnded,
    EscalationOutcome,
    EscalationRaised,
    OpenStep,
    Payload,
    ProcedureState,
    Reassignment,
    TakeStep,
)
from contracts.says import Says
from workflows.procedure.checks import check_role, check_version, parse
from workflows.procedure.refusal import StepRefused

ANSWERS: dict[str, type[Answer]] = {
    "acknowledge": Answer,
    "reassign": Reassignment,
    "take_over": Answer,
}
Told_ = tuple[EngineEvent, ...]
Result = tuple[ProcedureState, Told_, datetime]


# ── what a called rung answers ───────────────────────────────────────────────────────────────────


def open_steps(state: ProcedureState) -> Iterator[OpenStep]:
    """The answers that called rungs may give."""
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


def answer(state: ProcedureState, request: TakeStep, now: datetime) -> Result:
    """A rung acknowledges or reassigns, and gets as long again; it takes over, or it is the last:
    that ends it.
    """
    escalation = find_open(state, request)
    check_role(request, escalation.role, (escalation.agency,))
    check_version(request, escalation.version)
    paper = parse(ANSWERS[request.step], request.payload)
    last = next_call(state, escalation) is None
    ended: EscalationOutcome | None = (
        "taken_over" if request.step == "take_over" else "acted" if last else None
    )
    answered = escalation.model_copy(
        update={
            "acknowledged_by": request.by.id,
            "answer_by": now + _span(escalation),
            "called_at": now,
            "version": escalation.version + 1,
            "ended": ended,
        }
    )
    state = with_escalation(state, answered)
    if to := _new_agency(request, escalation, paper):
        moved = (
            x.model_copy(update={"agencies": (to,), "version": x.version + 1})
            if x.key == escalation.line
            else x
            for x in state.lines
        )
        state = state.model_copy(update={"lines": tuple(moved)})
    told = EscalationAnswered(
        case_id=state.case_id,
        occurred_at=now,
        procedure=state.procedure,
        escalation=escalation.key,
        how=request.step,  # type: ignore[arg-type]  # a key of ANSWERS
        by=request.by.id,
        agency=request.by.agency,
        answer_by=answered.answer_by,
    )
    return state, ((told, _over(state, answered, now)) if ended else (told,)), now


def _new_agency(request: TakeStep, escalation: Escalation, paper: Payload) -> str | None:
    if request.step == "take_over":
        return escalation.agency
    return paper.to_agency if isinstance(paper, Reassignment) else None


def _span(escalation: Escalation) -> timedelta:
    return escalation.answer_by - escalation.called_at


# ── what other steps do to clocks and escalations ────────────────────────────────────────────────


def meet(
    state: ProcedureState, names: Iterable[tuple[str, str]], moment: datetime, *, by_law: bool
) -> tuple[ProcedureState, Told_]:
    """Clocks that a step meets stop; a miss stays on record, its escalation ends.

    What the law does by itself when time is up (`by_law`) misses nothing.
    """
    tells: Told_ = ()
    for line, name in names:
        clock = next((c for c in state.clocks if (c.line, c.name) == (line, name)), None)
        if clock is None or clock.status in ("met", "ended"):
            continue
        over = clock.due_at is not None and moment >= clock.due_at
        late = over and clock.breached_at is None and not by_law
        update = {"status": "met", "met_at": moment}
        met = clock.model_copy(update=update | ({"breached_at": clock.due_at} if late else {}))
        state = with_clock(state, met)
        tells = (*tells, breached(state, met)) if late else tells
        state, more = _end(state, "met", moment, _of_clock(met))
        tells = (*tells, *more)
    return state, tells


def end_with(
    state: ProcedureState, lines: set[str], moment: datetime
) -> tuple[ProcedureState, Told_]:
    """Escalations of ended lines end with them."""
    return _end(state, "line_ended", moment, lambda e: e.line in lines)


def correct(
    state: ProcedureState, clock: ClockState, moment: datetime
) -> tuple[ProcedureState, Told_]:
    """A fact entered late moved the deadline into the future: the clock runs on, its miss stays
    on record.
    """
    status = "running" if clock.due_at else "paused"
    state = with_clock(state, clock.model_copy(update={"status": status}))
    return _end(state, "corrected", moment, _of_clock(clock))


def _of_clock(clock: ClockState) -> Callable[[Escalation], bool]:
    return lambda e: (e.line, e.clock) == (clock.line, clock.name)


def _end(
    state: ProcedureState,
    outcome: EscalationOutcome,
    moment: datetime,
    which: Callable[[Escalation], bool],
) -> tuple[ProcedureState, Told_]:
    tells: Told_ = ()
    for escalation in state.escalations:
        if not escalation.ended and which(escalation):
            over = escalation.model_copy(update={"ended": outcome})
            state = with_escalation(state, over)
            tells = (*tells, _over(state, over, moment))
    return state, tells


# ── small things ─────────────────────────────────────────────────────────────────────────────────


def next_call(state: ProcedureState, escalation: Escalation) -> Call | None:
    """The rung above the one called last."""
    key = escalation.line, escalation.clock
    ladder = next(c.ladder for c in state.clocks if (c.line, c.name) == key)
    return ladder[escalation.rung + 1] if escalation.rung + 1 < len(ladder) else None


def find_open(state: ProcedureState, request: TakeStep) -> Escalation:
    found = next((e for e in state.escalations if e.key == request.line and not e.ended), None)
    if found is None:
        raise StepRefused(
            "not_open",
            Says("该升级事项已终结或不存在", "that escalation has ended or does not exist"),
        )
    return found


def with_clock(state: ProcedureState, clock: ClockState) -> ProcedureState:
    key = clock.line, clock.name
    clocks = tuple(clock if (c.line, c.name) == key else c for c in state.clocks)
    return state.model_copy(update={"clocks": clocks})


def with_escalation(state: ProcedureState, escalation: Escalation) -> ProcedureState:
    all_ = tuple(escalation if e.key == escalation.key else e for e in state.escalations)
    return state.model_copy(update={"escalations": all_})


def breached(state: ProcedureState, clock: ClockState) -> ClockBreached:
    assert clock.due_at is not None
    assert clock.derivation is not None
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


def raised_of(state: ProcedureState, escalation: Escalation, moment: datetime) -> EscalationRaised:
    """What is told of a call."""
    shared = escalation.model_dump(include={"line", "clock", "rung", "agency", "role", "answer_by"})
    return EscalationRaised(
        case_id=state.case_id,
        occurred_at=moment,
        procedure=state.procedure,
        escalation=escalation.key,
        **shared,
    )


def _over(state: ProcedureState, escalation: Escalation, moment: datetime) -> EscalationEnded:
    assert escalation.ended is not None
    return EscalationEnded(
        case_id=state.case_id,
        occurred_at=moment,
        procedure=state.procedure,
        escalation=escalation.key,
        outcome=escalation.ended,
    )
