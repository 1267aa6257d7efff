"""What the API shows of a case."""

from datetime import date
from uuid import UUID

from pydantic import Field, JsonValue

from contracts.messages import Message, Sha256
from contracts.procedure import OpenStep, ProcedureState
from services.kit.http.views import LoggedStep, Moment, PageView, View, YuanText


class CaseLine(View):
    """A case in a list."""

    id: UUID
    number: str | None
    agency: str
    agency_name: str
    violation: str
    violation_name: str
    region: str
    subject_name: str
    level: str
    stage: str | None
    """Where its main line is; none until its procedure has begun."""
    open: bool
    outcome: str | None
    received_at: Moment
    due_clock: str | None = None
    """Of its running clocks, the one that is up first."""
    due_at: Moment | None = None
    drill: bool


class CasePage(PageView):
    """Cases, newest first."""

    cases: tuple[CaseLine, ...]


class ReportView(View):
    """A submission behind a case."""

    source: str
    event_id: str
    reference: str
    channel: str
    subject_name: str
    region: str
    summary: str
    level: str
    level_reasons: tuple[str, ...]
    facts: dict[str, JsonValue]
    files: tuple[Sha256, ...]
    reporter: str | None
    """Opaque reference."""
    occurred_at: Moment
    received_at: Moment


class CustodyView(View):
    """Who has kept an item since when, and why it came to them."""

    since_seq: int
    custodian: str
    since: Moment
    why: str


class EvidenceView(View):
    """An item of the evidence index with its chain of custody."""

    id: UUID
    seq: int
    line: str
    name: str
    kind: str
    sha256: Sha256 | None
    place: str | None
    taken_at: Moment
    custody: tuple[CustodyView, ...] = ()


class DocumentView(View):
    """A paper of the case."""

    seq: int
    kind: str
    number: str
    line: str
    issued_on: date


class DecisionView(View):
    """How the case was decided, and what became of the decision."""

    kind: str
    number: str
    decided_on: date
    decided_by: str
    reasons: str | None
    basis: tuple[str, ...]
    handed_to: str | None
    fine_yuan: YuanText
    confiscated_yuan: YuanText
    confiscated_items: tuple[str, ...]
    warning: bool
    served_at: Moment | None
    served_by: str | None
    recipient: str | None
    published_on: date | None
    published_where: str | None
    paid_yuan: YuanText | None
    paid_at: Moment | None
    receipt: str | None


class CaseView(CaseLine):
    """The whole record of a case."""

    source: str
    reference: str
    subject_code: str | None
    premises: str | None
    channel: str
    summary: str
    level_reasons: tuple[str, ...]
    cause: str | None
    filed_on: date | None
    closed_on: date | None
    reports: tuple[ReportView, ...]
    evidence: tuple[EvidenceView, ...]
    documents: tuple[DocumentView, ...]
    decision: DecisionView | None
    procedure: ProcedureState | None
    """Lines, clocks with their derivations, windows and escalations."""
    open_steps: tuple[OpenStep, ...] = ()


class CaseStep(LoggedStep):
    """A step of a case as the step log has it."""

    line_version: int


class ReceiptStatus(Message):
    """What became of a submission."""

    source: str
    id: str
    status: str
    """accepted, set_aside, held or received (not yet judged)."""
    case_id: UUID | None = None
    case_number: str | None = None
    opened: bool | None = None
    """Whether it opened the case; otherwise it joined one."""
    reason: str | None = None
    says: str | None = None


class StoredFile(Message):
    """A file under the hash of its content."""

    sha256: Sha256
    size: int
    media_type: str


class ReporterReference(Message):
    """Stands for a reporter in every event and record."""

    reference: str


class ReporterIdentity(Message):
    """Who reported. Encrypted at rest, shown to a head for a stated purpose only."""

    name: str = Field(min_length=1, max_length=100)
    phone: str | None = Field(default=None, max_length=40)
    identity_number: str | None = Field(default=None, max_length=40)
    address: str | None = Field(default=None, max_length=300)
    wishes_anonymity: bool = True
