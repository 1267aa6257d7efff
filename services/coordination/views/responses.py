"""What the API shows of fast responses."""

from uuid import UUID

from contracts.procedure import ClockState, OpenStep
from services.coordination.views.escalations import EscalationView
from services.kit.http.views import Moment, PageView, View


class ResponseSummary(View):
    """A fast response as a list shows it."""

    case_id: UUID
    agency: str
    level: str
    drill: bool
    stage: str
    ended: bool
    mobilised_at: Moment


class ResponsePage(PageView):
    """Part of the list of responses."""

    responses: tuple[ResponseSummary, ...]


class TimeView(View):
    """How long a response took to a stage, beside what its level allows."""

    stage: str
    zh: str
    agency: str
    reached_at: Moment | None
    took_s: int | None
    allowed_s: int | None
    kept: bool | None


class ReportUpView(View):
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
    reports: tuple[ReportUpView, ...]
    secured: tuple[ItemView, ...]
    clocks: tuple[ClockState, ...]
    open_steps: tuple[OpenStep, ...]
    escalations: tuple[EscalationView, ...]
