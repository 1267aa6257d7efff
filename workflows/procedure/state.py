"""The state of a procedure as a pure fold of its steps: which are open, and what one leaves
behind.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from contracts.agencies import SYSTEM, Role
from contracts.legal_day import legal_day
from contracts.procedure import (
    ClockState,
    Line,
    OpenProcedure,
    OpenStep,
    Payload,
    ProcedureEnded,
    ProcedureState,
    TakeStep,
    Told,
    Window,
)
from workflows.procedure import builtin, escalation
from workflows.procedure.checks import check_role, check_version, parse
from workflows.procedure.model import MAIN, Attempt, By, Opens, Procedure, Step, Table
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
    basis: str | None = None
    tells: tuple[Told, ...] = ()


class _Found(NamedTuple):
    line: Line
    table: Table
    step: Step


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
    state = _with_line(state, main)
    state = _start(state, procedure, MAIN, table.starts, at)
    for opens in table.opens:
        state = _open_lines(state, procedure, main, opens, opening.facts, at=at)
    step = TakeStep(
        request_id=opening.request_id,
        step="open",
        by=SYSTEM,
        payload={"agencies": list(opening.agencies), "facts": opening.facts},
    )
    return Taken(state, step, MAIN, at)


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
    if by.at == "line":
        return line.agencies
    # at the top of the line of command there is nobody above: it stands for itself
    return tuple((*state.chains.get(agency, ()), agency)[0] for agency in line.agencies)


def _closed_by(step: Step, attempt: Attempt) -> str | None:
    guards = (g for g in step.needs if g.asks == "state" and not g.holds(attempt))
    return next((f"{g.zh} / {g.en}" for g in guards), None)


# ── taking a step ────────────────────────────────────────────────────────────────────────────────


def take(procedure: Procedure, state: ProcedureState, asked: TakeStep, now: datetime) -> Taken:
    """The next state, or `StepRefused` with what is open instead. `now` is legal time."""
    try:
        return _take(procedure, state, asked, now)
    except StepRefused as refused:
        steps = open_steps(procedure, state)
        refused.fields["open"] = [f"{s.line}: {s.step} ({s.role})" for s in steps]
        raise


def _take(procedure: Procedure, state: ProcedureState, asked: TakeStep, now: datetime) -> Taken:
    if state.ended:
        raise StepRefused("procedure_ended", "程序已终结", "this procedure has ended")
    if builtin.is_builtin(asked.step):
        after, tells, happened = builtin.take(procedure, state, asked, now)
        return Taken(_next(after), asked, asked.line, happened, None, tells)
    found = _find(procedure, state, asked)
    line, _, step = found
    if not (step.by.role is Role.SYSTEM and asked.by == SYSTEM):
        check_role(asked, step.by.role, agencies_of(state, line, step.by), step.zh)
    happened = _happened(line, asked, now)
    parse(step.payload, asked.payload)
    attempt = Attempt(state, line, asked.by, asked.payload)
    for guard in step.needs:
        if not guard.holds(attempt):
            says = f"{guard.zh}({guard.basis})", f"{guard.en} ({guard.basis})"
            raise StepRefused("guard", *says, basis=guard.basis)
    after, tells = _apply(procedure, state, found, asked, happened)
    return Taken(_next(after), asked, line.key, happened, step.basis or None, tells)


def _next(state: ProcedureState) -> ProcedureState:
    return state.model_copy(update={"seq": state.seq + 1})


def _find(procedure: Procedure, state: ProcedureState, asked: TakeStep) -> _Found:
    line = next((x for x in state.lines if x.key == asked.line), None)
    if line is None:
        raise StepRefused(
            "no_such_line", f"没有「{asked.line}」这条线", f"there is no line {asked.line!r}"
        )
    table = procedure.table(line.table)
    step = table.step(asked.step)
    if step is None:
        raise StepRefused(
            "no_such_step",
            f"没有「{asked.step}」这一步骤",
            f"{asked.step!r} is no step of {table.name!r}",
        )
    check_version(asked, line.version)
    if line.ended or line.stage not in step.at:
        raise StepRefused(
            "not_open",
            f"「{step.zh or step.name}」在「{_stage(table, line.stage)}」阶段不可实施",
            f"{step.name!r} is not open at stage {line.stage!r}",
        )
    return _Found(line, table, step)


def _stage(table: Table, stage: str) -> str:
    return (table.zh or {}).get(stage, stage)


def _happened(line: Line, asked: TakeStep, now: datetime) -> datetime:
    stated = asked.payload.get("happened_at")
    if stated is None:
        return now
    happened = parse(Payload, {"happened_at": stated}).happened_at or now
    if happened > now + TOLERANCE:
        raise StepRefused(
            "in_the_future",
            f"发生时间 {happened} 晚于现在",
            f"happened_at {happened} is in the future",
            field="happened_at",
        )
    if happened < line.entered_at:
        raise StepRefused(
            "before_what_it_follows",
            f"发生时间 {happened} 早于本阶段开始 {line.entered_at}",
            f"happened_at {happened} is before this stage began, {line.entered_at}",
            field="happened_at",
        )
    return happened


# ── what a step does to the state ────────────────────────────────────────────────────────────────


def _apply(
    procedure: Procedure, state: ProcedureState, found: _Found, asked: TakeStep, at: datetime
) -> tuple[ProcedureState, tuple[Told, ...]]:
    line, table, step = found
    kept = {field: asked.payload[field] for field in step.keeps if field in asked.payload}
    moved = line.model_copy(
        update={
            "stage": step.to or line.stage,
            "entered_at": at if step.to else line.entered_at,
            "version": line.version + 1,
            "facts": line.facts | kept,
            "ended": step.to in table.ends,
        }
    )
    state = _with_line(state, moved)
    state, tells = escalation.meet(
        state,
        ((_line_of(name, line), name.lstrip("/")) for name in step.meets),
        at,
        by_law=step.by.role is Role.SYSTEM,
    )
    for name in step.starts:
        state = _start(state, procedure, _line_of(name, line), (name.lstrip("/"),), at)
    windows_on = [line.key]
    if step.opens:
        before = {x.key for x in state.lines}
        state = _open_lines(state, procedure, moved, step.opens, asked.payload, at=at)
        windows_on = [x.key for x in state.lines if x.key not in before]
    state = _windows(state, step, windows_on, at)
    if moved.ended:
        state, more = _end_line(state, moved, at)
        tells = (*tells, *more)
    return state, tells


def _line_of(clock: str, line: Line) -> str:
    return MAIN if clock.startswith("/") else line.key


def _with_line(state: ProcedureState, line: Line) -> ProcedureState:
    known = any(x.key == line.key for x in state.lines)
    lines = tuple(line if x.key == line.key else x for x in state.lines)
    return state.model_copy(update={"lines": lines if known else (*lines, line)})


def _start(
    state: ProcedureState, procedure: Procedure, key: str, clocks: Iterable[str], at: datetime
) -> ProcedureState:
    line = next(x for x in state.lines if x.key == key)
    for name in clocks:
        rule = procedure.clock(line, name)
        assert rule is not None, f"lint lets no step start an unknown clock: {name}"
        fresh = ClockState(line=key, name=name, basis=rule.basis, started_at=at)
        others = tuple(c for c in state.clocks if (c.line, c.name) != (key, name))
        state = state.model_copy(update={"clocks": (*others, fresh)})
    return state


def _open_lines(
    state: ProcedureState,
    procedure: Procedure,
    opener: Line,
    opens: Opens,
    payload: Any,
    *,
    at: datetime,
) -> ProcedureState:
    table = procedure.table(opens.table)
    named = list(payload.get(opens.each, ())) if opens.each else [payload.get(opens.named or "")]
    for name in named:
        number = 1 + sum(1 for x in state.lines if x.table == table.name)
        line = Line(
            key=f"{table.name}/{number}",
            table=table.name,
            stage=opens.first or table.first,
            agencies=(str(name),) if opens.at_named else opener.agencies,
            entered_at=at,
            named=None if name is None else str(name),
        )
        state = _with_line(state, line)
        state = _start(state, procedure, line.key, (*table.starts, *opens.starts), at)
    return state


def _windows(state: ProcedureState, step: Step, keys: list[str], at: datetime) -> ProcedureState:
    windows = list(state.windows)
    for kind in step.resumes:
        windows = [
            w.model_copy(update={"to_on": legal_day(at)})
            if w.kind == kind and w.line in keys and w.to_on is None
            else w
            for w in windows
        ]
    for kind in step.pauses:
        windows += [
            Window(kind=kind, line=key, from_on=legal_day(at), opened_by=state.seq + 1)
            for key in keys
        ]
    return state.model_copy(update={"windows": tuple(windows)})


def _end_line(
    state: ProcedureState, line: Line, at: datetime
) -> tuple[ProcedureState, tuple[Told, ...]]:
    """An ended line stops its clocks; the end of the main line ends them all."""
    whole = line.key == MAIN
    over = {x.key for x in state.lines} if whole else {line.key}
    clocks = tuple(
        c.model_copy(update={"status": "ended"}) if c.line in over and c.status != "met" else c
        for c in state.clocks
    )
    windows = tuple(
        w.model_copy(update={"to_on": legal_day(at)}) if w.line in over and w.to_on is None else w
        for w in state.windows
    )
    lines = tuple(x.model_copy(update={"ended": True}) if whole else x for x in state.lines)
    state = state.model_copy(
        update={"clocks": clocks, "windows": windows, "lines": lines, "ended": whole}
    )
    state, tells = escalation.end_with(state, over, at)
    if whole:
        end = ProcedureEnded(
            case_id=state.case_id, occurred_at=at, procedure=state.procedure, outcome=line.stage
        )
        tells = (*tells, end)
    return state, tells
