"""The state of one running procedure: its lines, windows, clocks, escalations and open steps."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import JsonValue

from contracts.agencies import AgencyCode, Role
from contracts.messages import Instant, Message

TimeUnit = Literal["working_days", "calendar_days", "hours", "minutes"]


EscalationOutcome = Literal["met", "corrected", "acted", "taken_over", "line_ended"]
"""How an escalation ended: the clock was met, its breach corrected, the last rung acted, a rung
took over, its line ended.
"""


class Line(Message):
    """One running instance of a table: the main line, or one line for each measure, task or
    report.
    """

    key: str
    """`main`, or `<table>/<number>`: `seizure/1`."""
    table: str
    stage: str
    agencies: tuple[AgencyCode, ...]
    """Whose role holders take its steps; more than one where a text names two leads."""
    version: int = 0
    """Steps taken on this line: what `expected_version` is compared with."""
    entered_at: Instant
    """Legal time at which the present stage was reached."""
    named: str | None = None
    """What the line was opened for: an agency, a laboratory, a paper."""
    ended: bool = False
    facts: dict[str, JsonValue] = {}
    """The payload fields that guards and clocks may see."""


class Window(Message):
    """Dated days that a clock does not count (不计入期限), both ends included, with the step
    behind each end.
    """

    kind: str
    line: str
    from_on: date
    to_on: date | None = None
    opened_by: int
    """Sequence number of the step that opened it; the paper hangs on that step."""


class Extended(Message):
    """An extension as granted."""

    number: int
    unit: TimeUnit
    by: str
    granted_at: Instant


class NotCounted(Message):
    """Days left out of the count, and why: `weekend`, `holiday`, or the window's kind."""

    why: str
    days: tuple[date, ...]


class Derivation(Message):
    """How a deadline was worked out; anyone can recompute it from this alone."""

    rule: str
    """Name of the clock."""
    basis: str
    """Article."""
    number: int
    """The length with its extensions, in `unit`."""
    unit: TimeUnit
    start: Instant
    """The fact it counts from; the start day or hour itself is not counted."""
    not_counted: tuple[NotCounted, ...] = ()
    rolled_from: date | None = None
    """The last day before it was rolled off a holiday, where the rule rolls."""
    calendar: str
    """Version of the calendar of working days."""
    directory: str
    """Version of the directory (jurisdiction) it was read from."""
    provisional: bool = False
    """True while the calendar of a year it runs into is not yet published."""


class Call(Message):
    """One rung of a ladder worked out: who is called, when, and until when they may answer."""

    agency: AgencyCode
    role: Role
    call_at: Instant
    answer_by: Instant


class ClockState(Message):
    """One clock of one line, with the facts it counts from and the deadline they give."""

    line: str
    name: str
    basis: str
    status: Literal["running", "paused", "met", "breached", "ended"] = "running"
    """`breached`: its time passed unmet; it stays so on record in `breached_at` even when met
    late or corrected.
    """
    started_at: Instant
    met_at: Instant | None = None
    extensions: tuple[Extended, ...] = ()
    due_on: date | None = None
    """Last legal day, where it counts in days; none while paused."""
    due_at: Instant | None = None
    """First instant that is too late; none while paused."""
    warn_at: Instant | None = None
    warned: bool = False
    breached_at: Instant | None = None
    ladder: tuple[Call, ...] = ()
    derivation: Derivation | None = None


class Escalation(Message):
    """A missed clock on its way up the ladder (逐级升级)."""

    key: str
    """`escalation/<number>`: also the line under which its steps are taken."""
    line: str
    clock: str
    rung: int = 0
    agency: AgencyCode
    role: Role
    called_at: Instant
    answer_by: Instant
    acknowledged_by: str | None = None
    version: int = 0
    ended: EscalationOutcome | None = None


class OpenStep(Message):
    """A step that may be taken now, by whom, and what it takes."""

    line: str
    step: str
    role: Role
    agencies: tuple[AgencyCode, ...]
    expected_version: int
    payload: str
    """Name of the payload's schema."""
    closed_by: str | None = None
    """The guard that still refuses it, in words; none when it can be taken."""


class ProcedureState(Message):
    """All that a running procedure knows: a fold of its step log."""

    procedure: str
    version: int
    case_id: UUID
    seq: int = 0
    """Steps recorded so far; the next one is `seq + 1`."""
    shift_s: int = 0
    """Legal time minus server time in seconds; zero outside drills."""
    lines: tuple[Line, ...] = ()
    clocks: tuple[ClockState, ...] = ()
    windows: tuple[Window, ...] = ()
    escalations: tuple[Escalation, ...] = ()
    chains: dict[AgencyCode, tuple[AgencyCode, ...]] = {}
    """Line of command above each agency of the procedure, as the directory had it last."""
    ended: bool = False

    @property
    def id(self) -> str:
        return procedure_id(self.procedure, self.case_id)


def procedure_id(procedure: str, case_id: UUID) -> str:
    """`enforcement_case/<case id>`: the workflow's id and the procedure's."""
    return f"{procedure}/{case_id}"
