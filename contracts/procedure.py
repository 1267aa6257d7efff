"""The messages every procedure shares: a step asked for, taken and told of, and the state it
leaves.
"""

import hashlib
import json
from datetime import date
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field, JsonValue

from contracts.agencies import AgencyCode, Principal, Role
from contracts.messages import CaseEvent, Instant, Message, Request

Unit = Literal["working_days", "calendar_days", "hours", "minutes"]
Outcome = Literal["met", "corrected", "acted", "taken_over", "line_ended"]
"""How an escalation ended: the clock was met, its breach corrected, the last rung acted, a rung
took over, its line ended.
"""


class Payload(Message):
    """What a person states when taking a step; every step's payload extends this one."""

    happened_at: Instant | None = None
    """When the thing came about in law (发生时间). Absent: now. Not in the future, not before
    what it follows.
    """
    note: Annotated[str, Field(max_length=2000)] | None = None


class ExtendClock(Payload):
    """A clock is given more time (延期), by a paper of its own."""

    reason: Annotated[str, Field(min_length=2, max_length=2000)]
    number: Annotated[int, Field(ge=1, le=3650)] | None = None
    """The length, stated only where the rule leaves it open; in the clock's own unit."""


class Answer(Payload):
    """A rung of the ladder answers an escalation."""

    measures: Annotated[str, Field(min_length=2, max_length=2000)]
    """What will be done, and by when."""


class Reassignment(Answer):
    """The line is given to another person or agency."""

    to_agency: AgencyCode | None = None
    to_principal: str | None = None


# ── the state of one running procedure ───────────────────────────────────────────────────────────


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
    unit: Unit
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
    unit: Unit
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
    ended: Outcome | None = None


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


# ── asking for a step ────────────────────────────────────────────────────────────────────────────


class TakeStep(Message):
    """A step a person, an agency's system or a trigger asks for. Its request id makes asking
    again harmless.
    """

    request_id: UUID
    step: str
    line: str = "main"
    by: Principal
    expected_version: int | None = None
    """The line's version the asker saw; triggers and drills may leave it out."""
    payload: dict[str, JsonValue] = {}

    @property
    def digest(self) -> str:
        """SHA-256 of what was asked: tells a repeat from another step under the same request id."""
        asked = [self.step, self.line, self.by.id, self.by.agency, self.payload]
        content = json.dumps(asked, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(content.encode()).hexdigest()


class StepOutcome(Message):
    """What a taken step answers."""

    seq: int
    line: str
    version: int
    """The line's version after the step."""
    reply: dict[str, JsonValue] = {}
    """What the step's effect answers: a case number, say."""


class OpenProcedure(Message):
    """Start of a procedure: the input of its workflow."""

    procedure: str
    version: int
    case_id: UUID
    agencies: tuple[AgencyCode, ...]
    opened_at: Instant
    """Legal time of the fact that opens it."""
    request_id: UUID
    """The event that opened it."""
    facts: dict[str, JsonValue] = {}
    shift_s: int = 0
    state: ProcedureState | None = None
    """Carried over when a run continues as new or is rebuilt; absent at the first start."""


# ── told to everyone ─────────────────────────────────────────────────────────────────────────────


class StepTaken(CaseEvent):
    """A step of a procedure was taken (程序步骤已实施). Published on its owner's topic."""

    procedure: str
    procedure_version: int
    seq: int
    step: str
    line: str
    basis: str | None = None
    """Article the step rests on."""
    by: str
    role: Role
    agency: AgencyCode
    request_id: UUID
    taken_at: Instant
    happened_at: Instant
    payload_sha256: str
    facts: dict[str, JsonValue] = {}
    """Kept fields of the step's line after it; free text stays with the owning service."""
    state: ProcedureState
    open_steps: tuple[OpenStep, ...] = ()


class ClockBreached(CaseEvent):
    """A clock ran out unmet (期限届满未办结)."""

    kind: Literal["clock_breached"] = "clock_breached"
    procedure: str
    line: str
    clock: str
    basis: str
    due_at: Instant
    derivation: Derivation


class EscalationRaised(CaseEvent):
    """A rung of the ladder was called (升级)."""

    kind: Literal["escalation_raised"] = "escalation_raised"
    procedure: str
    escalation: str
    line: str
    clock: str
    rung: int
    agency: AgencyCode
    role: Role
    answer_by: Instant


class EscalationAnswered(CaseEvent):
    """A rung acknowledged, reassigned or took over (升级已答复)."""

    kind: Literal["escalation_answered"] = "escalation_answered"
    procedure: str
    escalation: str
    how: Literal["acknowledge", "reassign", "take_over"]
    by: str
    agency: AgencyCode
    answer_by: Instant
    """Until when this answer stands; then, if the clock is still unmet, the next rung is called."""


class EscalationEnded(CaseEvent):
    """An escalation came to its end (升级终结)."""

    kind: Literal["escalation_ended"] = "escalation_ended"
    procedure: str
    escalation: str
    outcome: Outcome


class ProcedureEnded(CaseEvent):
    """A procedure reached one of its ends (程序终结)."""

    kind: Literal["procedure_ended"] = "procedure_ended"
    procedure: str
    outcome: str
    """The main line's last stage."""


Told = Annotated[
    ClockBreached | EscalationRaised | EscalationAnswered | EscalationEnded | ProcedureEnded,
    Field(discriminator="kind"),
]


# ── asked of the owning service ──────────────────────────────────────────────────────────────────


class RecordStep(Request[StepOutcome]):
    """Have the owning service write one step down, carry out its effect and tell of it, in one
    transaction.
    """

    activity: ClassVar[str] = "take_step"

    request_id: UUID
    digest: str
    """Hash of what was asked, to tell a repeat from a reused request id."""
    procedure: str
    case_id: UUID
    seq: int
    step: str
    line: str
    table: str
    basis: str | None = None
    by: Principal
    payload: dict[str, JsonValue]
    taken_at: Instant
    happened_at: Instant
    state: ProcedureState
    """The state after this step."""
    open_steps: tuple[OpenStep, ...] = ()
    tells: tuple[Told, ...] = ()
    """What the engine itself has to tell beside `StepTaken`."""
