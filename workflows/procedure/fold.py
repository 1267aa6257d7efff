"""What a step leaves behind on its line: stage, facts, clocks, windows, part lines, the end."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from contracts.agencies import Role
from contracts.legal_day import legal_day
from contracts.procedure import (
    ClockState,
    Line,
    ProcedureEnded,
    ProcedureState,
    TakeStep,
    Told,
    Window,
)
from workflows.procedure import escalation
from workflows.procedure.model import MAIN, Opens, Procedure, Step, Table


class Found(NamedTuple):
    """The step asked for, with its line and table."""

    line: Line
    table: Table
    step: Step


def apply(
    procedure: Procedure, state: ProcedureState, found: Found, asked: TakeStep, at: datetime
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
    state = with_line(state, moved)
    state, tells = escalation.meet(
        state,
        ((_line_of(name, line), name.lstrip("/")) for name in step.meets),
        at,
        by_law=step.by.role is Role.SYSTEM,
    )
    for name in step.starts:
        state = start(state, procedure, _line_of(name, line), (name.lstrip("/"),), at)
    windows_on = [line.key]
    if step.opens:
        before = {x.key for x in state.lines}
        state = open_lines(state, procedure, moved, step.opens, asked.payload, at=at)
        windows_on = [x.key for x in state.lines if x.key not in before]
    state = _windows(state, step, windows_on, at)
    if moved.ended:
        state, more = _end_line(state, moved, at)
        tells = (*tells, *more)
    return state, tells


def _line_of(clock: str, line: Line) -> str:
    return MAIN if clock.startswith("/") else line.key


def with_line(state: ProcedureState, line: Line) -> ProcedureState:
    known = any(x.key == line.key for x in state.lines)
    lines = tuple(line if x.key == line.key else x for x in state.lines)
    return state.model_copy(update={"lines": lines if known else (*lines, line)})


def start(
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


def open_lines(
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
        state = with_line(state, line)
        state = start(state, procedure, line.key, (*table.starts, *opens.starts), at)
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
