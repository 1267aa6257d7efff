"""What the API shows of matters between agencies."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, JsonValue

from contracts.agencies import AgencyCode
from contracts.messages import Message
from contracts.procedure import ClockState, Line, OpenStep
from services.coordination.views.escalations import EscalationView
from services.kit.http.views import Moment, PageView, View


class MatterAsked(Message):
    """A matter a person wants opened; who asks is told by the token."""

    request_id: UUID
    """Chosen by the asker. Asking again with it never opens it twice."""
    procedure: Annotated[str, Field(pattern=r"^[a-z][a-z_]{2,40}$")]
    title: Annotated[str, Field(min_length=2, max_length=200)]
    of_case: UUID | None = None
    agencies: tuple[AgencyCode, ...] = ()
    """The others it is opened with or for."""
    facts: dict[str, JsonValue] = Field(default_factory=dict)
    """What its procedure asks for at the opening."""


class MatterAccepted(View):
    """It will be opened; `at` shows it."""

    id: UUID
    procedure: str
    at: str


class MatterSummary(View):
    """A matter as a list shows it."""

    id: UUID
    procedure: str
    of_case: UUID | None
    agency: str
    title: str | None
    drill: bool
    stage: str
    opened_at: Moment
    ended_at: Moment | None


class MatterPage(PageView):
    """Part of the list of matters."""

    matters: tuple[MatterSummary, ...]


class PaperView(View):
    """What a step brought to the file."""

    seq: int
    number: int
    kind: str
    line: str
    agency: str
    audience: str
    filed_at: Moment
    name: str | None
    dated_on: date | None
    sha256: str | None
    custodian: str | None
    place: str | None
    body: str | None
    more: dict[str, Any]


class MatterView(MatterSummary):
    """A matter, as far as the asker may see it."""

    case_id: UUID
    """Its own id, by which its steps are taken."""
    outcome: str | None
    whole: bool
    """Whether all of it is shown."""
    lines: tuple[Line, ...]
    papers: tuple[PaperView, ...]
    clocks: tuple[ClockState, ...]
    open_steps: tuple[OpenStep, ...]
    escalations: tuple[EscalationView, ...]


class SubmissionStatus(View):
    """What became of an event an agency's system sent about a matter."""

    source: str
    id: str
    status: str
    """accepted, set_aside, held or received (not yet judged)."""
    matter: UUID | None = None
    """The matter it opened."""
    procedure: str | None = None
    """The procedure whose step it took, and which step that was."""
    seq: int | None = None
    reply: dict[str, JsonValue] | None = None
    reason: str | None = None
    says: str | None = None
