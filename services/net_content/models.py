"""The rows net content owns: registers, campaigns with their lists, checks, and frozen findings."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, DateTime, Index, Numeric, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

_MOMENT = DateTime(timezone=True)
_YUAN = Numeric(14, 2)


class Subject(SQLModel, table=True):
    """A producer or packer (生产者), by its unified social credit code."""

    code: str = Field(primary_key=True)
    name: str
    region: str
    credit_class: str | None = None
    """A to D where it is recorded."""
    agency: str
    """Who registered it last."""


class Product(SQLModel, table=True):
    """A kind of prepackaged goods (定量包装商品) of a subject, with what its label declares."""

    id: UUID = Field(primary_key=True)
    subject_code: str = Field(foreign_key="subject.code", index=True)
    name: str
    category: str
    """Kind of goods, as campaigns and pass rates name it: rice, edible oil."""
    nominal: str
    """Declared content (标注净含量) as printed: decimal text, in `unit`."""
    unit: str


class Laboratory(SQLModel, table=True):
    """Who measures (检验机构), within which scope."""

    code: str = Field(primary_key=True)
    name: str
    agency: str | None = None
    """Directory entry whose signature speaks for it; none: an agency hands in for it."""
    scope: list[str] = Field(sa_type=ARRAY(Text))
    """Quantities it may measure: mass, volume, length, area, count."""
    valid_from: date
    valid_to: date | None = None


class LaboratoryInstrument(SQLModel, table=True):
    """A balance or other instrument of a laboratory (计量器具)."""

    __tablename__ = "instrument"

    code: str = Field(primary_key=True)
    laboratory: str = Field(foreign_key="laboratory.code", index=True)
    name: str
    division: str | None = None
    """Verification scale interval e, decimal text in `unit`."""
    unit: str | None = None


class Verification(SQLModel, table=True):
    """One verification of an instrument (检定): from which day until which it may be used."""

    instrument: str = Field(foreign_key="instrument.code", primary_key=True)
    verified_on: date = Field(primary_key=True)
    valid_until: date
    """The last day it holds."""
    certificate: str


class Campaign(SQLModel, table=True):
    """A campaign of checks (监督抽查): its list, the seed committed to, the draw."""

    __table_args__ = (
        Index("campaign_newest", "opened_at", "id"),
        Index("campaign_of_agency", "agency", "opened_at", "id"),
    )

    id: UUID = Field(primary_key=True)
    agency: str
    name: str
    kind: str
    """routine, special or complaint."""
    category: str | None = None
    regime: str
    """Edition of the rules lots are judged by."""
    wanted: int
    lots_each: int
    weights: dict[str, Any] = Field(sa_type=JSONB)
    inspectors: list[str] = Field(sa_type=ARRAY(Text))
    subjects: int
    left_out: int
    """Products left out because they passed too recently (重复抽查)."""
    list_sha256: str
    commitment: str
    seed: str
    """Shown by nothing before the draw."""
    public_word: str | None = None
    opened_at: datetime = Field(sa_type=_MOMENT)
    drawn_at: datetime | None = Field(default=None, sa_type=_MOMENT)
    drill_shift_s: int = 0


class Candidate(SQLModel, table=True):
    """A line of a campaign's list (抽查对象名录): fixed when the campaign opens."""

    campaign_id: UUID = Field(foreign_key="campaign.id", primary_key=True)
    number: int = Field(primary_key=True)
    code: str
    credit_class: str
    weight: int
    products: list[str] = Field(sa_type=ARRAY(Text))


class Check(SQLModel, table=True):
    """The check of one lot of a drawn subject (批次检查), from the draw to its closing."""

    __tablename__ = "lot_check"
    __table_args__ = (
        Index("check_newest", "drawn_at", "id"),
        Index("check_of_agency", "agency", "drawn_at", "id"),
        Index("check_of_subject", "subject_code", "failed_on"),
        Index("check_of_product", "product_id", "passed_on"),
    )

    id: UUID = Field(primary_key=True)
    campaign_id: UUID = Field(foreign_key="campaign.id", index=True)
    agency: str
    number: int
    """In the order drawn."""
    subject_code: str = Field(foreign_key="subject.code")
    product_id: UUID = Field(foreign_key="product.id")
    region: str
    inspectors: list[str] = Field(sa_type=ARRAY(Text))
    drawn_at: datetime = Field(sa_type=_MOMENT)
    awaiting: str | None = None
    """Round whose measurements may be handed in now: first, retest or recheck."""
    laboratory: str | None = None
    """Who was commissioned last."""
    verdict: str | None = None
    """Of the finding that counts now."""
    finding: int | None = None
    """Its number."""
    urgent: bool = False
    """Told to enforcement before the finding stood."""
    passed_on: date | None = None
    failed_on: date | None = None
    """The day a passing or a failing finding stood; the first failing one stays on record."""
    published_on: date | None = None
    published_where: str | None = None
    outcome: str | None = None
    closed_on: date | None = None
    drill_shift_s: int = 0


class Sampling(SQLModel, table=True):
    """A sampling record (抽样单): the lot, and how it was sampled."""

    check_id: UUID = Field(foreign_key="lot_check.id", primary_key=True)
    seq: int = Field(primary_key=True)
    """The step that recorded it; the last one counts."""
    round: str
    lot: str
    lot_size: int
    sample_size: int
    place: str
    method: str
    laboratory: str
    attended_by: str
    goods_value_yuan: Decimal | None = Field(default=None, sa_type=_YUAN)
    sampled_on: date


class Finding(SQLModel, table=True):
    """A finding, frozen with its inputs (检验结论): its text is what its hash is of."""

    check_id: UUID = Field(foreign_key="lot_check.id", primary_key=True)
    number: int = Field(primary_key=True)
    round: str
    laboratory: str
    measured_on: date
    verdict: str
    sha256: str = Field(unique=True)
    sheet_sha256: str
    engine: str
    body: str
    summary: str
    t2_percent: int
    source: str
    """Who handed the measurements in."""
    made_at: datetime = Field(sa_type=_MOMENT)
