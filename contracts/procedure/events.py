"""What the owner of a procedure tells of it, whichever procedure it is."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, JsonValue

from contracts.agencies import AgencyCode, Role
from contracts.messages import CaseEvent, Instant
from contracts.procedure.state import Derivation, EscalationOutcome, OpenStep, ProcedureState


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
    outcome: EscalationOutcome


class ProcedureEnded(CaseEvent):
    """A procedure reached one of its ends (程序终结)."""

    kind: Literal["procedure_ended"] = "procedure_ended"
    procedure: str
    outcome: str
    """The main line's last stage."""


EngineEvent = Annotated[
    ClockBreached | EscalationRaised | EscalationAnswered | EscalationEnded | ProcedureEnded,
    Field(discriminator="kind"),
]
