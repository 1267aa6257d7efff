"""The rows enforcement owns: cases, the reports behind them, and what the law's steps leave."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, DateTime, Index, Numeric, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

_MOMENT = DateTime(timezone=True)
_YUAN = Numeric(14, 2)


class Case(SQLModel, table=True):
    """One suspected violation by one subject (案件), from its lead to its closing."""

    __tablename__ = "enforcement_case"
    __table_args__ = (
        Index(
            "one_open_case",
            "subject_key",
            "violation",
            unique=True,
            postgresql_where=text("open"),
        ),
        Index("case_newest", "received_at", "id"),
        Index("case_of_agency", "agency", "received_at", "id"),
    )

    id: UUID = Field(primary_key=True)
    agency: str
    """The competent agency: whose role holders take its steps."""
    source: str
    reference: str
    violation: str
    region: str
    subject_name: str
    subject_code: str | None = None
    subject_key: str
    """The subject's identity, normalised: the code where it is known, else name and division."""
    premises: str | None = None
    channel: str
    summary: str
    level: str
    level_reasons: list[str] = Field(sa_type=ARRAY(Text))
    mobilises: bool
    number: str | None = Field(default=None, unique=True)
    """Given at filing (立案), never before."""
    cause: str | None = None
    received_at: datetime = Field(sa_type=_MOMENT)
    """Legal time of the first report's receipt: the first clock counts from it."""
    filed_on: date | None = None
    outcome: str | None = None
    closed_on: date | None = None
    open: bool = True
    drill_shift_s: int = 0


class Report(SQLModel, table=True):
    """A submission as it came in; the first opened its case, later ones joined it."""

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="enforcement_case.id", index=True)
    source: str
    event_id: str
    reference: str
    channel: str
    subject_name: str
    region: str
    summary: str
    level: str
    level_reasons: list[str] = Field(sa_type=ARRAY(Text))
    facts: dict[str, Any] = Field(sa_type=JSONB)
    """The rest of what was reported: instruments, sums, other bodies, an earlier publication."""
    files: list[str] = Field(sa_type=ARRAY(Text))
    """Hashes of the files handed in with it."""
    reporter: str | None = Field(default=None, index=True)
    """Opaque reference; the identity is in `reporter`, encrypted."""
    occurred_at: datetime = Field(sa_type=_MOMENT)
    received_at: datetime = Field(sa_type=_MOMENT)


class Evidence(SQLModel, table=True):
    """One item of the evidence index (证据目录): a file by its hash, or a thing."""

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="enforcement_case.id", index=True)
    seq: int
    """The step that brought it in."""
    line: str
    """`main`, or the line of the measure under which it is held."""
    name: str
    kind: str
    sha256: str | None = Field(default=None, index=True)
    place: str | None = None
    taken_at: datetime = Field(sa_type=_MOMENT)


class Custody(SQLModel, table=True):
    """A link of an item's chain of custody (保管链): who has kept it since when."""

    evidence_id: UUID = Field(foreign_key="evidence.id", primary_key=True)
    since_seq: int = Field(primary_key=True)
    """The step that handed it over."""
    custodian: str
    since: datetime = Field(sa_type=_MOMENT)
    why: str


class Document(SQLModel, table=True):
    """A paper of a case (文书) under its number."""

    case_id: UUID = Field(foreign_key="enforcement_case.id", primary_key=True)
    seq: int = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    """Mark of its kind as printed in the number: 立, 处罚, 移送."""
    number: str
    line: str
    issued_on: date


class Serial(SQLModel, table=True):
    """The last serial given to one kind of paper, under one area mark, in one year."""

    prefix: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    year: int = Field(primary_key=True)
    last: int


class Decision(SQLModel, table=True):
    """How a case was decided (处理决定), and what became of the decision. One a case."""

    case_id: UUID = Field(foreign_key="enforcement_case.id", primary_key=True)
    seq: int
    kind: str
    """penalty, no_penalty, not_proved or handed_over (PROC art. 60)."""
    number: str
    decided_on: date
    decided_by: str
    reasons: str | None = None
    basis: list[str] = Field(sa_type=ARRAY(Text))
    handed_to: str | None = None
    fine_yuan: Decimal = Field(default=Decimal(0), sa_type=_YUAN)
    confiscated_yuan: Decimal = Field(default=Decimal(0), sa_type=_YUAN)
    confiscated_items: list[str] = Field(sa_type=ARRAY(Text))
    warning: bool = False
    served_at: datetime | None = Field(default=None, sa_type=_MOMENT)
    served_by: str | None = None
    recipient: str | None = None
    published_on: date | None = None
    published_where: str | None = None
    paid_yuan: Decimal | None = Field(default=None, sa_type=_YUAN)
    paid_at: datetime | None = Field(default=None, sa_type=_MOMENT)
    receipt: str | None = None


class Reporter(SQLModel, table=True):
    """Who reported (举报人), encrypted and kept apart; elsewhere only `reference` is known."""

    reference: str = Field(primary_key=True)
    agency: str
    """Who handed the identity in."""
    kid: str
    """Key it is encrypted with."""
    nonce: bytes
    sealed: bytes
    handed_in_at: datetime = Field(sa_type=_MOMENT)


class File(SQLModel, table=True):
    """A file kept by its content; the bytes are in the files folder under the hash."""

    sha256: str = Field(primary_key=True)
    size: int
    media_type: str
    agency: str
    """Who handed it in first."""
    stored_at: datetime = Field(sa_type=_MOMENT)
