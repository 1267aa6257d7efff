"""The state of a procedure as a pure fold of its steps: which are open, and what one leaves
behind.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from contracts.agencies import SYSTEM, Role
from contracts.procedure import (
    EngineEvent,
    Line,
    OpenProcedure,
    OpenStep,
    Payload,
    ProcedureState,
    TakeStep,
)
from contracts.says import Says
from workflows.procedure import builtin
from workflows.procedure.checks import check_role, check_version, parse
from workflows.procedure.fold import FoundStep, apply, open_lines, start, with_line
from workflows.procedure.guard import MAIN, Attempt
from workflows.procedure.model import By, Procedure, Step, Table
from workflows.procedure.refusal import StepRefused

TOLERANCE = timedelta(minutes=5)
"""How far a stated time may lie ahead of ours: clocks of different machines differ."""


@dataclass(frozen=True)
class Taken:
    """What a step leaves: the next state (deadlines not yet reckoned) and what to tell beside
    `StepTaken`.
    """

    state: ProcedureState
    step: TakeStep
    line: str
    happened_at: datetime
    role: Role
    """The one it was taken in, of those the person holds."""
    basis: str | None = None
    tells: tuple[EngineEvent, ...] = ()


# ── opening ──────────────────────────────────────────────────────────────────────────────────────


def opened(procedure: Procedure, opening: OpenProcedure) -> Taken:
    """The state in which a procedure begins: its main line, the lines and clocks that start with
    it.
    """
    at = opening.opened_at
    state = ProcedureState(
        procedure=procedure.name,
        version=procedure.version,
        case_id=opening.case_id,
        seq=1,
        shift_s=opening.shift_s,
    )
    table = procedure.main
    main = Line(
        key=MAIN,
        table=table.name,
        stage=table.first,
        agencies=opening.agencies,
        entered_at=at,
        facts=opening.facts,
    )
    state = with_line(state, main)
    state = start(state, procedure, MAIN, table.starts, at)
    for opens in table.opens:
        state = open_lines(state, procedure, main, opens, opening.facts, moment=at)
    step = TakeStep(
        request_id=opening.request_id,
        step="open",
        by=SYSTEM,
        payload={"agencies": list(opening.agencies), "facts": opening.facts},
    )
    return Taken(state, step, MAIN, at, Role.SYSTEM)


# ── which steps are open ─────────────────────────────────────────────────────────────────────────


def open_steps(procedure: Procedure, state: ProcedureState) -> tuple[OpenStep, ...]:
    """Everything a person may do now, with the guard that still refuses it, if one does."""
    lines = [line for line in state.lines if not (line.ended or state.ended)]
    mine = (_open(procedure, state, line) for line in lines)
    return (*(step for steps in mine for step in steps), *builtin.open_steps(procedure, state))


def _open(procedure: Procedure, state: ProcedureState, line: Line) -> Iterator[OpenStep]:
    for step in procedure.table(line.table).steps:
        if line.stage in step.at and step.by.role is not Role.SYSTEM:
            yield OpenStep(
                line=line.key,
                step=step.name,
                role=step.by.role,
                agencies=agencies_of(state, line, step.by),
                expected_version=line.version,
                payload=step.payload.__name__,
                closed_by=_closed_by(step, Attempt(state, line, None, None)),
            )


def agencies_of(state: ProcedureState, line: Line, by: By) -> tuple[str, ...]:
    """The agencies at which a step's role is asked for."""
    if by.fact:
        named = state.lines[0].facts.get(by.fact)
        return (str(named),) if named else ()
    if by.at == "line":
        return line.agencies
    if by.at == "main":
        return state.lines[0].agencies
    # at the top of the line of command there is nobody above: it stands for itself
    above = [(*state.chains.get(agency, ()), agency) for agency in line.agencies]
    if by.at == "common_superior":
        shared = [a for a in above[0] if all(a in chain for chain in above)]
        # nobody judges in its own cause, unless there is nobody else
        return tuple(sorted(shared, key=lambda a: a in line.agencies)[:1])
    if by.at == "above":
        return tuple(dict.fromkeys(a for chain in above for a in chain[:-1] or chain))
    return tuple(chain[0] for chain in above)


def _closed_by(step: Step, attempt: Attempt) -> str | None:
    guards = (g for g in step.needs if g.asks == "state" and not g.holds(attempt))
    return next((f"{g.zh} / {g.en}" for g in guards), None)


# ── taking a step ────────────────────────────────────────────────────────────────────────────────


def take(procedure: Procedure, state: ProcedureState, request: TakeStep, now: datetime) -> Taken:
    """The next state, or `StepRefused` with what is open instead. `now` is legal time."""
    try:
        return _take(procedure, state, request, now)
    except StepRefused as refused:
        steps = open_steps(procedure, state)
        refused.fields["open"] = [f"{s.line}: {s.step} ({s.role})" for s in steps]
        raise


def _take(procedure: Procedure, state: ProcedureState, request: TakeStep, now: datetime) -> Taken:
    if state.ended:
        raise StepRefused("procedure_ended", Says("程序已终结", "this procedure has ended"))
    if builtin.is_builtin(request.step):
        done = builtin.take(procedure, state, request, now)
        return Taken(
            _next(done.state),
            request,
            request.line,
            done.happened_at,
            done.role,
            done.basis,
            done.tells,
        )
    found = _find(procedure, state, request)
    line, _, step = found
    if not (step.by.role is Role.SYSTEM and request.by == SYSTEM):
        check_role(request, step.by.role, agencies_of(state, line, step.by), step.zh)
    happened = _happened(line, request, now)
    stated = _stated(step, request)
    attempt = Attempt(state, line, request.by, stated)
    for guard in step.needs:
        if not guard.holds(attempt):
            says = Says(f"{guard.says.zh}（{guard.basis}）", f"{guard.says.en} ({guard.basis})")
            raise StepRefused("guard", says, basis=guard.basis)
    after, tells = apply(procedure, state, found, stated, by=request.by, moment=happened)
    basis = step.basis or None
    return Taken(_next(after), request, line.key, happened, step.by.role, basis, tells)


def _stated(step: Step, request: TakeStep) -> dict[str, Any]:
    """What the payload says, in its model's own words: a day is a day, however it was written."""
    paper = parse(step.payload, request.payload)
    return paper.model_dump(mode="json", include=paper.model_fields_set)


def _next(state: ProcedureState) -> ProcedureState:
    return state.model_copy(update={"seq": state.seq + 1})


def _find(procedure: Procedure, state: ProcedureState, request: TakeStep) -> FoundStep:
    line = next((x for x in state.lines if x.key == request.line), None)
    if line is None:
        raise StepRefused(
            "no_such_line",
            Says(f"没有「{request.line}」这条线", f"there is no line {request.line!r}"),
        )
    table = procedure.table(line.table)
    step = table.step(request.step)
    if step is None:
        raise StepRefused(
            "no_such_step",
            Says(
                f"没有「{request.step}」这一步骤", f"{request.step!r} is no step of {table.name!r}"
            ),
        )
    check_version(request, line.version)
    if line.ended or line.stage not in step.at:
        raise StepRefused(
            "not_open",
            Says(
                f"「{step.zh or step.name}」在「{_stage(table, line.stage)}」阶段不可实施",
                f"{step.name!r} is not open at stage {line.stage!r}",
            ),
        )
    return FoundStep(line, table, step)


def _stage(table: Table, stage: str) -> str:
    return (table.zh or {}).get(stage, stage)


def _happened(line: Line, request: TakeStep, now: datetime) -> datetime:
    stated = request.payload.get("happened_at")
    if stated is None:
        return now
    happened = parse(Payload, {"happened_at": stated}).happened_at or now
    if happened > now + TOLERANCE:
        raise StepRefused(
            "in_the_future",
            Says(f"发生时间 {happened} 晚于现在", f"happened_at {happened} is in the future"),
            field="happened_at",
        )
    if happened < line.entered_at:
        raise StepRefused(
            "before_what_it_follows",
            Says(
                f"发生时间 {happened} 早于本阶段开始 {line.entered_at}",
                f"happened_at {happened} is before this stage began, {line.entered_at}",
            ),
            field="happened_at",
        )
    return happened
