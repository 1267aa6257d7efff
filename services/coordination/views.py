"""What the API shows of fast responses and escalations; moments in legal time."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BeforeValidator, ConfigDict, JsonValue

from contracts.agencies import Role
from contracts.messages import Instant, Message
from contracts.procedure import ClockState, Derivation, OpenStep
from services.kit.clock import LEGAL_ZONE


def _legal(at: object) -> object:
    return at.astimezone(LEGAL_ZONE) if isinstance(at, datetime) else at


Moment = Annotated[Instant, BeforeValidator(_legal)]


class View(Message):
    """Read from a row or from any object with these attributes."""

    model_config = ConfigDict(from_attributes=True)


class ResponseSummary(View):
    """A fast response as a list shows it."""

    case_id: UUID
    agency: str
    level: str
    drill: bool
    stage: str
    ended: bool
    mobilised_at: Moment


class ResponsePage(View):
    """Part of the list of responses."""

    responses: tuple[ResponseSummary, ...]
    next: str | None
    """What `after` is for the part that follows; none at the end."""


class TimeView(View):
    """How long a response took to a stage, beside what its level allows."""

    stage: str
    zh: str
    agency: str
    reached_at: Moment | None
    took_s: int | None
    allowed_s: int | None
    kept: bool | None


class ReportView(View):
    """A report up the line of command."""

    seq: int
    line: str
    kind: str
    agency: str
    to_agency: str | None
    sent_by: str
    sent_at: Moment
    content: str
    received_by: str | None
    received_at: Moment | None
    instructions: str | None


class ItemView(View):
    """Evidence secured on site."""

    name: str
    kind: str
    sha256: str | None
    custodian: str
    place: str | None


class EscalationView(View):
    """An escalation: who is called, until when, and where it is answered."""

    owner: str
    procedure: str
    case_id: UUID
    key: str
    line: str
    clock: str
    agency: str
    role: Role
    rung: int
    raised_at: Moment
    called_at: Moment
    answer_by: Moment
    answer: str | None
    answered_by: str | None
    answered_at: Moment | None
    outcome: str | None
    ended_at: Moment | None
    yours: bool = False
    """Whether whoever asks may answer it."""
    steps_at: str | None = None
    """Path of its owner's API under which `acknowledge`, `reassign` and `take_over` are taken."""


class EscalationPage(View):
    """Part of the list of escalations."""

    escalations: tuple[EscalationView, ...]
    next: str | None
    """What `after` is for the part that follows; none at the end."""


class EntryView(View):
    """One thing that happened to an escalation."""

    number: int
    what: str
    at: Moment
    rung: int
    agency: str
    role: str
    by_id: str | None
    answer_by: Moment | None
    outcome: str | None


class MissedClockView(View):
    """A clock that ran out unmet, and how its deadline was worked out."""

    line: str
    clock: str
    basis: str
    due_at: Moment
    derivation: Derivation


class EscalationStory(View):
    """An escalation with all that happened to it, and the clock that was missed."""

    escalation: EscalationView
    entries: tuple[EntryView, ...]
    missed: tuple[MissedClockView, ...]


class ResponseView(View):
    """The whole record of a fast response."""

    case_id: UUID
    agency: str
    level: str
    drill: bool
    stage: str
    ended: bool
    mobilised_at: Moment
    contacted_at: Moment | None
    contacted: str | None
    contact_found: str | None
    on_site_at: Moment | None
    officers: tuple[str, ...]
    secured_at: Moment | None
    measures: str | None
    handed_over_at: Moment | None
    handed_over_to: str | None
    stood_down_at: Moment | None
    outcome: str | None
    closed_at: Moment | None
    went_well: str | None
    to_improve: str | None
    times: tuple[TimeView, ...]
    reports: tuple[ReportView, ...]
    secured: tuple[ItemView, ...]
    clocks: tuple[ClockState, ...]
    open_steps: tuple[OpenStep, ...]
    escalations: tuple[EscalationView, ...]


class StepView(View):
    """A step as it was taken."""

    seq: int
    step: str
    line: str
    basis: str | None
    by_id: str
    role: str
    agency: str
    payload: dict[str, JsonValue]
    taken_at: Moment
    happened_at: Moment
    recorded_at: Moment
    reply: dict[str, JsonValue]
