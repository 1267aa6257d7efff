"""What the API shows of escalations."""

from uuid import UUID

from contracts.agencies import Role
from contracts.procedure import Derivation
from services.kit.http.views import Moment, PageView, View


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


class EscalationPage(PageView):
    """Part of the list of escalations."""

    escalations: tuple[EscalationView, ...]


class EscalationEntryView(View):
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
    entries: tuple[EscalationEntryView, ...]
    missed: tuple[MissedClockView, ...]
