"""What a step leaves behind on its line: stage, facts, clocks, windows, part lines, the end."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from contracts.agencies import SYSTEM, Principal, Role
from contracts.legal_day import legal_day
from contracts.procedure import (
    ClockState,
    EngineEvent,
    Line,
    ProcedureEnded,
    ProcedureState,
    Window,
)
from workflows.procedure import escalation
from workflows.procedure.guard import MAIN
from workflows.procedure.model import Moves, Opens, Procedure, Step, Table


class FoundStep(NamedTuple):
    """The step asked for, with its line and table."""

    line: Line
    table: Table
    step: Step


def apply(
    procedure: Procedure,
    state: ProcedureState,
    found: FoundStep,
    stated: Mapping[str, Any],
    *,
    by: Principal,
    moment: datetime,
) -> tuple[ProcedureState, tuple[EngineEvent, ...]]:
    """The state after a step by this person, who stated this."""
    line, table, step = found
    kept = {field: stated[field] for field in step.keeps if field in stated}
    moved = line.model_copy(
        update={
            "stage": step.to or line.stage,
            "entered_at": moment if step.to else line.entered_at,
            "version": line.version + 1,
            "facts": line.facts | kept,
            "ended": step.to in table.ends,
        }
    )
    state = with_line(state, moved)
    if step.moves:
        state = _move(state, step.moves, moved, by, stated)
    state, tells = escalation.meet(
        state,
        ((_line_of(name, line), name.lstrip("/")) for name in step.meets),
        moment,
        by_law=step.by.role is Role.SYSTEM,
    )
    for name in step.starts:
        state = start(state, procedure, _line_of(name, line), (name.lstrip("/"),), moment)
    windows_on = [line.key]
    if step.opens:
        before = {x.key for x in state.lines}
        state = open_lines(
            state, procedure, moved, step.opens, stated, moment=moment, asker=by.agency
        )
        windows_on = [x.key for x in state.lines if x.key not in before]
    state = _windows(state, step, windows_on, moment)
    if moved.ended:
        state, more = _end_line(state, moved, moment)
        tells = (*tells, *more)
    return state, tells


def _line_of(clock: str, line: Line) -> str:
    return MAIN if clock.startswith("/") else line.key


def _move(
    state: ProcedureState, moves: Moves, own: Line, by: Principal, stated: Mapping[str, Any]
) -> ProcedureState:
    """The line with its new agencies; a seat that is not given away stays taken."""
    line = state.lines[0] if moves.line == "main" else own
    to = (str(stated[moves.to]),) if moves.to else own.agencies
    gone = {"asker": (by.agency,), "named": (own.named,), "all": line.agencies}
    seats = (to if seat in gone[moves.instead_of] else (seat,) for seat in line.agencies)
    agencies = tuple(dict.fromkeys(agency for seat in seats for agency in seat))
    version = line.version + (line.key != own.key)
    return with_line(state, line.model_copy(update={"agencies": agencies, "version": version}))


def with_line(state: ProcedureState, line: Line) -> ProcedureState:
    known = any(x.key == line.key for x in state.lines)
    lines = tuple(line if x.key == line.key else x for x in state.lines)
    return state.model_copy(update={"lines": lines if known else (*lines, line)})


def start(
    state: ProcedureState, procedure: Procedure, key: str, clocks: Iterable[str], moment: datetime
) -> ProcedureState:
    line = next(x for x in state.lines if x.key == key)
    for name in clocks:
        rule = procedure.clock(line, name)
        assert rule is not None, f"lint lets no step start an unknown clock: {name}"
        fresh = ClockState(line=key, name=name, basis=rule.basis, started_at=moment)
        others = tuple(c for c in state.clocks if (c.line, c.name) != (key, name))
        state = state.model_copy(update={"clocks": (*others, fresh)})
    return state


def open_lines(
    state: ProcedureState,
    procedure: Procedure,
    opener: Line,
    opens: Opens,
    payload: Mapping[str, Any],
    *,
    moment: datetime,
    asker: str = SYSTEM.agency,
) -> ProcedureState:
    table = procedure.table(opens.table)
    stated = opener.facts | dict(payload)
    facts = {name: stated[name] for name in opens.carries if name in stated}
    for name in _named(opens, opener, payload):
        number = 1 + sum(1 for x in state.lines if x.table == table.name)
        line = Line(
            key=f"{table.name}/{number}",
            table=table.name,
            stage=opens.first or table.first,
            agencies=_seat(opens, opener, name, asker),
            entered_at=moment,
            named=None if name is None else str(name),
            facts=facts,
        )
        state = with_line(state, line)
        state = start(state, procedure, line.key, (*table.starts, *opens.starts), moment)
    return state


def _named(opens: Opens, opener: Line, payload: Mapping[str, Any]) -> Sequence[Any]:
    """What each line to be opened is for."""
    if opens.each_agency:
        return opener.agencies
    if opens.each:
        return list(payload.get(opens.each, ()))
    return [payload.get(opens.named or "")]


def _seat(opens: Opens, opener: Line, name: Any, asker: str) -> tuple[str, ...]:
    if opens.at_named or opens.each_agency:
        return (str(name),)
    return (asker,) if opens.at_asker else opener.agencies


def _windows(
    state: ProcedureState, step: Step, keys: list[str], moment: datetime
) -> ProcedureState:
    windows = list(state.windows)
    for kind in step.resumes:
        windows = [
            w.model_copy(update={"to_on": legal_day(moment)})
            if w.kind == kind and w.line in keys and w.to_on is None
            else w
            for w in windows
        ]
    for kind in step.pauses:
        windows += [
            Window(kind=kind, line=key, from_on=legal_day(moment), opened_by=state.seq + 1)
            for key in keys
        ]
    return state.model_copy(update={"windows": tuple(windows)})


def _end_line(
    state: ProcedureState, line: Line, moment: datetime
) -> tuple[ProcedureState, tuple[EngineEvent, ...]]:
    """An ended line stops its clocks; the end of the main line ends them all."""
    whole = line.key == MAIN
    over = {x.key for x in state.lines} if whole else {line.key}
    clocks = tuple(
        c.model_copy(update={"status": "ended"}) if c.line in over and c.status != "met" else c
        for c in state.clocks
    )
    windows = tuple(
        w.model_copy(update={"to_on": legal_day(moment)})
        if w.line in over and w.to_on is None
        else w
        for w in state.windows
    )
    lines = tuple(x.model_copy(update={"ended": True}) if whole else x for x in state.lines)
    state = state.model_copy(
        update={"clocks": clocks, "windows": windows, "lines": lines, "ended": whole}
    )
    state, tells = escalation.end_with(state, over, moment)
    if whole:
        end = ProcedureEnded(
            case_id=state.case_id, occurred_at=moment, procedure=state.procedure, outcome=line.stage
        )
        tells = (*tells, end)
    return state, tells
