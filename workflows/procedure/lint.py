"""Refuses a table that contradicts itself, before it can meet a case."""

from collections.abc import Iterator

from contracts.agencies import Directory, Role
from workflows.procedure.model import Clock, Procedure, Step, Table


def problems(procedure: Procedure, directory: Directory | None = None) -> list[str]:
    """Everything wrong with a procedure, one sentence each; empty when it may be run."""
    tables = (procedure.main, *procedure.parts)
    found = [problem for table in tables for problem in _of_table(procedure, table)]
    found += _of_lengths(procedure, directory) if directory else []
    found += _of_roles(procedure, directory) if directory else []
    return [f"{procedure.name} v{procedure.version}: {problem}" for problem in found]


# ── one table ────────────────────────────────────────────────────────────────────────────────────


def _of_table(procedure: Procedure, table: Table) -> Iterator[str]:
    yield from _names(table)
    yield from _references(procedure, table)
    yield from _reachability(procedure, table)
    yield from _clocks(procedure, table)
    yield from _waiting(procedure, table)


def _names(table: Table) -> Iterator[str]:
    for kind, names in (
        ("step", [s.name for s in table.steps]),
        ("clock", [c.name for c in table.clocks]),
    ):
        for name in sorted({n for n in names if names.count(n) > 1}):
            yield f"{table.name}: two {kind}s are called {name}"
    for step in table.steps:
        if not step.zh or not step.basis:
            yield f"{table.name}.{step.name} has no Chinese name or no basis"


def _references(procedure: Procedure, table: Table) -> Iterator[str]:
    for step in table.steps:
        yield from _of_step(procedure, table, step)
    for clock in table.clocks:
        yield from _of_clock(procedure, table, clock)


def _of_step(procedure: Procedure, table: Table, step: Step) -> Iterator[str]:
    called, stated = f"{table.name}.{step.name}", step.payload.model_fields
    for name in (*step.starts, *step.meets):
        owner = _owner(name, table, procedure)
        if owner.clock(_bare(name)) is None:
            yield f"{called} names a clock that {owner.name} has not: {name}"
    for field in step.keeps:
        if field not in stated:
            yield f"{called} keeps {field}, which {step.payload.__name__} has not"
    if step.opens and step.opens.table not in {p.name for p in procedure.parts}:
        yield f"{called} opens {step.opens.table}, which is no part"
    if step.moves and step.moves.to and step.moves.to not in stated:
        yield f"{called} moves to {step.moves.to}, which {step.payload.__name__} has not"


def _of_clock(procedure: Procedure, table: Table, clock: Clock) -> Iterator[str]:
    called = f"{table.name}.{clock.name}"
    then = table.step(clock.then) if clock.then else None
    if clock.then and then is None:
        yield f"{called} leads to {clock.then}, which is no step"
    if then and then.by.role is not Role.SYSTEM:
        yield f"{called} leads to {clock.then}, which the system does not take"
    if not clock.then and not clock.ladder:
        yield f"{called} has no consequence and no ladder: silent if missed"
    for kind in clock.stops_for:
        if kind not in _windows_opened(procedure) | LATER_WINDOWS:
            yield f"{called} stops for {kind}, which no step opens"


LATER_WINDOWS = frozenset({"hearing", "public_notice", "refund"})
"""Windows that PROC art. 64 names and whose steps come with the hearing, public-notice and refund
parts.
"""


def _windows_opened(procedure: Procedure) -> set[str]:
    steps = (s for t in (procedure.main, *procedure.parts) for s in t.steps)
    return {kind for step in steps for kind in step.pauses}


def _reachability(procedure: Procedure, table: Table) -> Iterator[str]:
    reached = _reached(procedure, table)
    for step in table.steps:
        if not step.at & reached:
            yield f"{table.name}.{step.name} can never be reached"
        if step.at & table.ends:
            yield f"{table.name}.{step.name} is open at an end"
    for stage in sorted(reached - table.ends):
        if not any(stage in s.at and s.to not in (None, stage) for s in table.steps):
            yield f"{table.name}: nothing leaves the stage {stage}"
    for end in sorted(table.ends - reached):
        yield f"{table.name}: the end {end} is never reached"


def _firsts(procedure: Procedure, table: Table) -> set[str]:
    """The stages in which lines of this table open."""
    tables = (procedure.main, *procedure.parts)
    openings = [s.opens for t in tables for s in t.steps if s.opens] + [
        o for t in tables for o in t.opens
    ]
    firsts = {o.first or table.first for o in openings if o.table == table.name}
    return firsts | ({table.first} if table is procedure.main else set())


def _reached(procedure: Procedure, table: Table) -> set[str]:
    reached = _firsts(procedure, table)
    while more := {s.to for s in table.steps if s.to and s.at & reached} - reached:
        reached |= more
    return reached


def _clocks(procedure: Procedure, table: Table) -> Iterator[str]:
    tables = (procedure.main, *procedure.parts)
    openings = [s.opens for t in tables for s in t.steps if s.opens]
    started = {*table.starts} | {n for o in openings if o.table == table.name for n in o.starts}
    met: set[str] = set()
    for other in tables:
        for step in other.steps:
            started |= {_bare(n) for n in step.starts if _owner(n, other, procedure) is table}
            met |= {_bare(n) for n in step.meets if _owner(n, other, procedure) is table}
    for clock in table.clocks:
        if clock.name not in started:
            yield f"{table.name}.{clock.name} is never started"
        if clock.name not in met:
            yield f"{table.name}.{clock.name} is met by nothing"


def _bare(name: str) -> str:
    return name.lstrip("/")


def _owner(name: str, table: Table, procedure: Procedure) -> Table:
    return procedure.main if name.startswith("/") else table


def _waiting(procedure: Procedure, table: Table) -> Iterator[str]:
    """Every stage in which something is waited for has a clock that may be running there."""
    running: dict[str, set[str]] = {stage: set(table.starts) for stage in _firsts(procedure, table)}
    changed = True
    while changed:
        changed = False
        for step in table.steps:
            for stage in step.at & running.keys():
                after = (running[stage] - {*step.meets}) | {
                    n for n in step.starts if not n.startswith("/")
                }
                target = running.setdefault(step.to or stage, set())
                if not after <= target:
                    target |= after
                    changed = True
    for stage, clocks in sorted(running.items()):
        if not clocks and stage not in table.ends:
            yield f"{table.name}: the stage {stage} waits without a clock"


# ── against a jurisdiction ───────────────────────────────────────────────────────────────────────


def _of_lengths(procedure: Procedure, directory: Directory) -> Iterator[str]:
    units = {c.clock: c.unit for c in directory.clocks}
    names = set(units)
    times = {name for level in directory.levels for name in type(level.times).model_fields}
    for table in (procedure.main, *procedure.parts):
        for clock in table.clocks:
            if clock.length.local and clock.length.local not in names | times:
                where = directory.jurisdiction
                yield f"{table.name}.{clock.name}: {where} gives no {clock.length.local}"
            local = units.get(clock.length.local or clock.name)
            if clock.extensions and local not in (None, clock.length.unit):
                unit = clock.length.unit
                yield f"{table.name}.{clock.name} is extended in {unit}, but is {local} locally"


def _of_roles(procedure: Procedure, directory: Directory) -> Iterator[str]:
    held = {h.role for h in directory.holders} | {Role.SYSTEM}
    for table in (procedure.main, *procedure.parts):
        for step in table.steps:
            if step.by.role not in held:
                where = directory.jurisdiction
                yield f"{table.name}.{step.name}: nobody in {where} holds {step.by.role}"
