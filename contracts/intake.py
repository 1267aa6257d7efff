"""What agencies tell the system: the one context written from outside, always signed."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, JsonValue, StringConstraints

from contracts.agencies import AgencyCode
from contracts.messages import Event, Message, RegionCode, Sha256

Text = Annotated[str, Field(min_length=1, max_length=2000)]
Yuan = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2)]


class Instrument(Message):
    """Measuring instruments (计量器具) of one kind, as the sender described them."""

    kind: Text
    count: Annotated[int, Field(ge=1)] | None = None
    measured_error: Text | None = None
    limit: Text | None = None


class Publication(Message):
    """How a case had been published before it came here: facts on the record, never the start of
    a clock.
    """

    record: Text
    published_on: str | None = None
    decided_on: str | None = None
    penalty_total_yuan: Yuan | None = None
    outcome: Text | None = None


class ReportSubmitted(Event):
    """An agency reported a suspected violation of metrology law (案源: 举报, 投诉, 监督检查,
    移送, 交办).
    """

    reference: Annotated[str, Field(min_length=1, max_length=120)]
    """The sender's own number for this matter; with the source it keys the event."""
    violation: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{2,60}$")]
    """Kind of violation, a code of the jurisdiction's list."""
    region: RegionCode
    subject_name: Text
    """The party (当事人) as named by the sender."""
    subject_code: str | None = None
    """Unified social credit code (统一社会信用代码), GB 32100-2015, 18 characters, where known."""
    premises: str | None = None
    channel: str = "inspection"
    """How it came to light: inspection, report, complaint, campaign, transfer, sampling."""
    summary: Text
    instruments: tuple[Instrument, ...] = ()
    illegal_income_yuan: Yuan | None = None
    goods_value_yuan: Yuan | None = None
    loss_yuan: Yuan | None = None
    deaths: Annotated[int, Field(ge=0)] = 0
    crowd: Annotated[int, Field(ge=0)] = 0
    """People gathered or affected."""
    suspected_crime: bool = False
    cross_region: bool = False
    legal_basis: tuple[str, ...] = ()
    other_agencies: tuple[str, ...] = ()
    """Names of the other bodies that took part, as printed by the sender."""
    evidence: tuple[Sha256, ...] = ()
    reporter: str | None = None
    """Opaque reference to a reporter handed in apart by `POST /reporters`; never a name."""
    discovered_on: date | None = None
    publication: Publication | None = None
    failing_lots: Annotated[int, Field(ge=1)] | None = None
    """Lots of prepackaged goods of this producer that failed within a year, where that is it."""
    t2_percent: Annotated[int, Field(ge=0, le=100)] | None = None
    """Share of packages short by more than twice the tolerable deficiency."""
    drill_shift_s: int = 0
    """Legal time minus server time in seconds; not zero only in a drill, and only where drills
    are allowed.
    """

    @property
    def key(self) -> str:
        return self.reference


# ── matters between agencies ─────────────────────────────────────────────────────────────────────


class MatterSubmitted(Event):
    """An agency's system opened a matter between agencies (发起跨部门事项): a joint operation, a
    request for assistance, a supervision.
    """

    reference: Annotated[str, Field(min_length=1, max_length=120)]
    """The sender's own number for this matter; with the source it keys the event."""
    procedure: Annotated[str, Field(pattern=r"^[a-z][a-z_]{2,40}$")]
    by: str
    """Who opened it at the sender: the directory says which roles that person holds."""
    title: Annotated[str, Field(min_length=2, max_length=200)]
    of_case: UUID | None = None
    """The enforcement case it serves, where there is one."""
    agencies: tuple[AgencyCode, ...] = ()
    """The others it is opened with or for."""
    facts: dict[str, JsonValue] = {}
    """What its procedure asks for at the opening: dates, lists of agencies."""
    drill_shift_s: int = 0
    """Legal time minus server time in seconds; not zero only in a drill."""

    @property
    def key(self) -> str:
        return self.reference


class AnswerSubmitted(Event):
    """An agency's system took a step of a matter between agencies (答复、办理)."""

    procedure: Annotated[str, Field(pattern=r"^[a-z][a-z_]{2,40}$")]
    case_id: UUID
    """The matter."""
    step: Annotated[str, Field(pattern=r"^[a-z][a-z_]{2,60}$")]
    line: str = "main"
    by: str
    """Who took it at the sender: the directory says which roles that person holds."""
    expected_version: int | None = None
    payload: dict[str, JsonValue] = {}

    @property
    def key(self) -> str:
        return str(self.case_id)


# ── measurements ─────────────────────────────────────────────────────────────────────────────────

Round = Literal["first", "retest", "recheck"]
"""First measurement (初检), another laboratory's after an objection (复检), and that of a new
lot after rectification (复查).
"""
MeasuredValue = Annotated[str, StringConstraints(pattern=r"^\d{1,9}(\.\d{1,6})?$")]
"""What an instrument showed, as decimal text: never negative, with a point, never rounded."""


class Package(Message):
    """One package (样品): either its net content, or gross and tare."""

    number: Annotated[str, Field(min_length=1, max_length=40)]
    gross: MeasuredValue | None = None
    tare: MeasuredValue | None = None
    net: MeasuredValue | None = None


class MeasurementsSubmitted(Event):
    """A laboratory, or an agency for it, handed in the measurements of one lot (检测数据)."""

    check_id: UUID
    round: Round = "first"
    laboratory: Annotated[str, Field(min_length=1, max_length=60)]
    instruments: Annotated[tuple[str, ...], Field(min_length=1, max_length=20)]
    """Codes of the instruments used, whose verification must be valid on the day of measuring."""
    measured_on: date
    unit: Annotated[str, Field(min_length=1, max_length=10)]
    """Of every quantity below."""
    packages: Annotated[tuple[Package, ...], Field(min_length=1, max_length=2000)]

    @property
    def key(self) -> str:
        return str(self.check_id)
