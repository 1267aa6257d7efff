"""The rows coordination owns: fast responses with their reports, and escalations of every case."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, DateTime, Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

_MOMENT = DateTime(timezone=True)


def _moment() -> Any:
    return Field(default=None, sa_type=_MOMENT)


class Response(SQLModel, table=True):
    """A fast response (快速反应) to one case, with the moment it reached each stage."""

    __table_args__ = (
        Index("response_newest", "mobilised_at", "case_id"),
        Index("response_of_agency", "agency", "mobilised_at", "case_id"),
    )

    case_id: UUID = Field(primary_key=True)
    agency: str
    """Who leads it now; a rung that took over, or whom it was given to."""
    level: str
    drill: bool = False
    mobilised_at: datetime = Field(sa_type=_MOMENT)
    contacted_at: datetime | None = _moment()
    contacted: str | None = None
    contact_found: str | None = None
    on_site_at: datetime | None = _moment()
    officers: list[str] = Field(default_factory=list, sa_type=ARRAY(Text))
    secured_at: datetime | None = _moment()
    measures: str | None = None
    handed_over_at: datetime | None = _moment()
    handed_over_to: str | None = None
    stood_down_at: datetime | None = _moment()
    outcome: str | None = None
    closed_at: datetime | None = _moment()
    went_well: str | None = None
    to_improve: str | None = None


class ReportUp(SQLModel, table=True):
    """A report to the agency next up (信息报告): by telephone, in writing or as a follow-up."""

    __tablename__ = "report_up"

    case_id: UUID = Field(primary_key=True, foreign_key="response.case_id")
    seq: int = Field(primary_key=True)
    """The step that sent it."""
    line: str
    kind: str
    agency: str
    to_agency: str | None = None
    """None for an agency that has nobody above it."""
    sent_by: str
    sent_at: datetime = Field(sa_type=_MOMENT)
    content: str
    received_by: str | None = None
    received_at: datetime | None = _moment()
    instructions: str | None = None


class SecuredItem(SQLModel, table=True):
    """Evidence secured on site (现场固定的证据), with who keeps it."""

    __tablename__ = "secured_item"

    case_id: UUID = Field(primary_key=True, foreign_key="response.case_id")
    seq: int = Field(primary_key=True)
    number: int = Field(primary_key=True)
    name: str
    kind: str
    sha256: str | None = None
    custodian: str
    place: str | None = None


class Escalation(SQLModel, table=True):
    """A missed clock of any procedure on its way up the ladder (逐级升级), as it stands."""

    __table_args__ = (
        Index("escalation_open", "answer_by", "id", postgresql_where=text("outcome IS NULL")),
        Index("escalation_of_case", "case_id"),
    )

    id: str = Field(primary_key=True)
    """`<procedure>/<case id>/<key>`."""
    owner: str
    """The service that keeps the procedure's record, and takes the answers."""
    procedure: str
    case_id: UUID
    key: str
    """`escalation/<number>`: the line under which it is answered."""
    line: str
    clock: str
    agency: str
    role: str
    rung: int
    raised_at: datetime = Field(sa_type=_MOMENT)
    called_at: datetime = Field(sa_type=_MOMENT)
    answer_by: datetime = Field(sa_type=_MOMENT)
    answer: str | None = None
    """How the rung called last has answered: acknowledge, reassign or take_over."""
    answered_by: str | None = None
    answered_at: datetime | None = _moment()
    outcome: str | None = None
    ended_at: datetime | None = _moment()
    entries: int
    """How many entries tell its story."""


class EscalationEntry(SQLModel, table=True):
    """One thing that happened to an escalation: a rung called, its answer, the end."""

    __tablename__ = "escalation_entry"
    __table_args__ = (Index("escalation_entry_of_agency", "agency", "escalation_id"),)

    escalation_id: str = Field(primary_key=True, foreign_key="escalation.id")
    number: int = Field(primary_key=True)
    what: str
    """called, acknowledge, reassign, take_over or ended."""
    at: datetime = Field(sa_type=_MOMENT)
    rung: int
    agency: str
    role: str
    by_id: str | None = None
    answer_by: datetime | None = _moment()
    outcome: str | None = None


class MissedClock(SQLModel, table=True):
    """A clock that ran out unmet (期限届满未办结), with how its deadline was worked out."""

    __tablename__ = "missed_clock"
    __table_args__ = (Index("missed_clock_of_case", "case_id"),)

    event_id: str = Field(primary_key=True)
    owner: str
    procedure: str
    case_id: UUID
    line: str
    clock: str
    basis: str
    due_at: datetime = Field(sa_type=_MOMENT)
    derivation: dict[str, Any] = Field(sa_type=JSONB)


class Matter(SQLModel, table=True):
    """A matter between agencies (跨部门事项): a joint operation, a hand-off, a dispute, a request
    for assistance, a supervision.
    """

    __table_args__ = (Index("matter_of_case", "of_case"),)

    id: UUID = Field(primary_key=True)
    procedure: str
    of_case: UUID | None = None
    """The enforcement case it serves; its own id where the case's event opened it."""
    agency: str
    """Whose main line it is now; the first of them where there are several."""
    title: str | None = None
    opened_by: str | None = None
    """None where an event opened it."""
    drill: bool = False
    opened_at: datetime = Field(sa_type=_MOMENT)
    stage: str
    outcome: str | None = None
    ended_at: datetime | None = _moment()


class MatterAccess(SQLModel, table=True):
    """What of a matter an agency may see, as `rules.sharing` has it after the last step."""

    __tablename__ = "matter_access"
    __table_args__ = (Index("matter_access_newest", "agency", "opened_at", "matter_id"),)

    agency: str = Field(primary_key=True)
    matter_id: UUID = Field(primary_key=True)
    opened_at: datetime = Field(sa_type=_MOMENT)
    whole: bool
    shared: bool
    lines: list[str] = Field(sa_type=ARRAY(Text))


class Paper(SQLModel, table=True):
    """What a step brought to a matter's file (卷内材料): a task, evidence, a decision, goods."""

    matter_id: UUID = Field(primary_key=True, foreign_key="matter.id")
    seq: int = Field(primary_key=True)
    """The step that brought it in."""
    number: int = Field(primary_key=True)
    kind: str
    line: str
    """The line it belongs to."""
    agency: str
    """Who brought it in."""
    audience: str
    """lead, line or shared."""
    filed_at: datetime = Field(sa_type=_MOMENT)
    name: str | None = None
    dated_on: date | None = None
    sha256: str | None = None
    custodian: str | None = None
    place: str | None = None
    body: str | None = None
    more: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)
