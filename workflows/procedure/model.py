"""What a procedure is made of: steps, clocks and tables as data. Lint refuses a table that
contradicts itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from contracts.agencies import Role
from contracts.procedure import Line, Payload, TimeUnit
from workflows.procedure.guard import Guard

Roll = Literal["none", "statutory_holiday"]
LATER: Mapping[str, bool] = {"later": True}
"""Marks a field that came after tables were released: unset, it is not part of a fingerprint."""


# ── clocks ───────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Length:
    """How long a clock runs: a number the law prints, one the jurisdiction sets, or a date agreed
    on the line.
    """

    unit: TimeUnit
    number: int | None = None
    local: str | None = None
    """Name of the jurisdiction's local clock or level time that gives the length."""
    until: str | None = None
    """Kept field of the line that holds the last day itself."""


def working_days(number: int) -> Length:
    return Length("working_days", number)


def calendar_days(number: int) -> Length:
    return Length("calendar_days", number)


def hours(number: int) -> Length:
    return Length("hours", number)


def from_jurisdiction(name: str, unit: TimeUnit = "calendar_days") -> Length:
    """A length that the law leaves open: the jurisdiction's file gives it, by name."""
    return Length(unit, local=name)


def until(field: str) -> Length:
    """Up to a day that a step of the line stated."""
    return Length("calendar_days", until=field)


@dataclass(frozen=True)
class By:
    """Who takes a step: a role, at the line's own agency or at another that its state tells."""

    role: Role
    at: Literal["line", "superior", "above", "main", "common_superior"] = "line"
    """The next agency above the line's, or any above it; the main line's, of a part; the nearest
    above them all.
    """
    fact: str | None = field(default=None, metadata=LATER)
    """Fact of the main line that names the agency instead."""


@dataclass(frozen=True)
class Grant:
    """One extension the rule allows; each is granted once, in the order of the clock's
    `extensions`.
    """

    by: By
    number: int | None = None
    """None: the paper states the length."""
    times: int | None = 1
    """How often; None without a cap."""
    basis: str = ""


@dataclass(frozen=True)
class Rung:
    """One rung of a ladder: who is called when a clock is missed, and how long may pass without
    an answer.
    """

    role: Role
    up: int = 0
    """0: the line's own agency; 1: the next above, and so on; the top of the line of command at
    most.
    """
    within_h: int = 24


SUPERIORS = (
    Rung(Role.HEAD, 0, 24),
    Rung(Role.CHIEF, 0, 24),
    Rung(Role.DUTY_OFFICER, 1, 24),
    Rung(Role.HEAD, 2, 24),
)
"""The usual ladder; the times between rungs are ours, not law."""


@dataclass(frozen=True)
class Clock:
    """A legal or local time limit (期限)."""

    name: str
    length: Length
    basis: str
    roll: Roll = "statutory_holiday"
    """PROC art. 80 rolls off statutory holidays; what limits state power is hard (`none`)."""
    extensions: tuple[Grant, ...] = ()
    stops_for: frozenset[str] = frozenset()
    """Kinds of dated windows whose days are not counted; overlapping ones merge."""
    ladder: tuple[Rung, ...] = ()
    then: str | None = None
    """The step the law takes by itself when time is up; otherwise the miss is a breach."""


# ── steps ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Opens:
    """A step opens part lines: one, or one for each element of a payload field."""

    table: str
    each: str | None = None
    named: str | None = None
    """Payload field that names the one line."""
    at_named: bool = False
    """The line's steps are taken at the agency it is named for, not at the opener's."""
    first: str | None = None
    """Stage it opens in, where not the table's first."""
    starts: tuple[str, ...] = ()
    """Clocks of the part table to start beside its own."""
    at_asker: bool = field(default=False, metadata=LATER)
    """Its steps are taken at the agency of whoever took this step."""
    each_agency: bool = field(default=False, metadata=LATER)
    """One for each agency of the opening line, and taken there."""
    carries: tuple[str, ...] = field(default=(), metadata=LATER)
    """Facts that go with it: of the payload or, where that is silent, of the opening line."""


@dataclass(frozen=True)
class Moves:
    """A step gives a line to another agency: a lead handed over, jurisdiction fixed elsewhere."""

    to: str | None = None
    """Payload field that names the agency; None: those of the step's own line."""
    line: Literal["own", "main"] = "own"
    instead_of: Literal["all", "asker", "named"] = "all"
    """Whom it replaces: every agency of the line, the asker's, or the one this line is named for.
    """


@dataclass(frozen=True)
class Step:
    """One step (步骤) of a table."""

    name: str
    by: By
    at: frozenset[str]
    to: str | None = None
    """Stage it leads to; None: the line stays, and the step may be repeated."""
    zh: str = ""
    basis: str = ""
    needs: tuple[Guard, ...] = ()
    keeps: tuple[str, ...] = ()
    """Payload fields that guards and clocks may see."""
    starts: tuple[str, ...] = ()
    meets: tuple[str, ...] = ()
    """Clocks; `/name` is one of the main line."""
    pauses: tuple[str, ...] = ()
    """Kinds of windows it opens, on its day; on the part line where it opens one."""
    resumes: tuple[str, ...] = ()
    opens: Opens | None = None
    payload: type[Payload] = Payload
    moves: Moves | None = field(default=None, metadata=LATER)


@dataclass(frozen=True)
class Table:
    """Stages, steps and clocks of one kind of line."""

    name: str
    first: str
    ends: frozenset[str]
    steps: tuple[Step, ...]
    clocks: tuple[Clock, ...] = ()
    starts: tuple[str, ...] = ()
    """Clocks that run from the opening of the line."""
    opens: tuple[Opens, ...] = ()
    """Part lines that open with it; `each` then names an opening fact."""
    zh: Mapping[str, str] | None = None
    """Chinese names of its stages."""

    def step(self, name: str) -> Step | None:
        return next((s for s in self.steps if s.name == name), None)

    def clock(self, name: str) -> Clock | None:
        return next((c for c in self.clocks if c.name == name), None)


@dataclass(frozen=True)
class Procedure:
    """A main table and its parts. Once released, a version never changes."""

    name: str
    version: int
    owner: str
    """The service that keeps its record and carries out its effects."""
    main: Table
    parts: tuple[Table, ...] = ()
    zh: str = ""

    def table(self, name: str) -> Table:
        return next(t for t in (self.main, *self.parts) if t.name == name)

    def clock(self, line: Line, name: str) -> Clock | None:
        return self.table(line.table).clock(name)


def stages(*names: str) -> frozenset[str]:
    return frozenset(names)
