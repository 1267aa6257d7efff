"""What the API takes and shows of campaigns, checks and registers."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from contracts.intake import MeasuredValue, Package, Round, Text
from contracts.messages import Message, RegionCode, Sha256
from contracts.procedure import OpenStep, ProcedureState
from services.kit.http.views import Moment, PageView, View, YuanText

LaboratoryCode = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,59}$")]
DeclaredQuantity = Literal["mass", "volume", "length", "area", "count"]


# ── registers ────────────────────────────────────────────────────────────────────────────────────


class Verified(View):
    """A verification of an instrument (检定)."""

    verified_on: date
    valid_until: date
    certificate: Text


class InstrumentEntry(View):
    """An instrument of a laboratory (计量器具)."""

    code: LaboratoryCode
    name: Text
    division: MeasuredValue | None = None
    unit: str | None = None
    verifications: tuple[Verified, ...] = ()


class LaboratoryEntry(View):
    """A laboratory with its scope and its instruments (检验机构)."""

    name: Text
    agency: str | None = None
    scope: Annotated[tuple[DeclaredQuantity, ...], Field(min_length=1)]
    valid_from: date
    valid_to: date | None = None
    instruments: Annotated[tuple[InstrumentEntry, ...], Field(max_length=200)] = ()


class LaboratoryView(LaboratoryEntry):
    """The same, as it is on record."""

    code: str


class ProblemView(View):
    """What is wrong, in which cell."""

    cell: str
    code: str
    zh: str
    en: str


class Registered(View):
    """What a register's file came to."""

    dry_run: bool
    subjects: int
    products: int
    wrong: int
    problems: tuple[ProblemView, ...]


# ── campaigns ────────────────────────────────────────────────────────────────────────────────────


class OpenCampaign(Message):
    """A campaign as it is opened (抽查任务)."""

    name: Text
    kind: Literal["routine", "special", "complaint"] = "routine"
    category: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    """Kind of goods; all of them if absent."""
    region: RegionCode | None = None
    """Division whose subjects are listed; the agency's own if absent."""
    regime: Annotated[str, Field(min_length=1, max_length=60)] | None = None
    """Edition of the rules; the one in force if absent."""
    wanted: Annotated[int, Field(ge=1, le=5000)]
    lots_each: Annotated[int, Field(ge=1, le=20)] = 1
    weights: dict[str, int] = Field(default_factory=dict)
    drill_shift_s: int = 0


class HoldDraw(Message):
    """What was called out in public at the draw."""

    public_word: Annotated[str, Field(max_length=200, pattern=r"^[^|\n]*$")] = ""


class CampaignView(View):
    """A campaign; its seed only after the draw."""

    id: UUID
    agency: str
    name: str
    kind: str
    category: str | None
    regime: str
    wanted: int
    lots_each: int
    weights: dict[str, int]
    inspectors: tuple[str, ...]
    subjects: int
    left_out: int
    list_sha256: Sha256
    commitment: Sha256
    seed: str | None
    public_word: str | None
    opened_at: Moment
    drawn_at: Moment | None
    drill: bool
    checks: int = 0
    passed: int = 0
    failed: int = 0


class CampaignPage(PageView):
    """Part of the list of campaigns."""

    campaigns: tuple[CampaignView, ...]


# ── checks ───────────────────────────────────────────────────────────────────────────────────────


class CheckLine(View):
    """A check in a list."""

    id: UUID
    campaign_id: UUID
    agency: str
    subject_code: str
    subject_name: str
    region: str
    product: str
    category: str
    nominal: str
    unit: str
    stage: str | None
    """None until its procedure has begun."""
    verdict: str | None
    outcome: str | None
    drawn_at: Moment
    drill: bool


class CheckPage(PageView):
    """Checks, newest first."""

    checks: tuple[CheckLine, ...]


class SamplingView(View):
    """A sampling record (抽样单)."""

    seq: int
    round: str
    lot: str
    lot_size: int
    sample_size: int
    place: str
    method: str
    laboratory: str
    attended_by: str
    goods_value_yuan: YuanText | None
    sampled_on: date


class FindingView(View):
    """A finding without its inputs; those are in the frozen text."""

    number: int
    round: str
    laboratory: str
    measured_on: date
    verdict: str
    sha256: Sha256
    sheet_sha256: Sha256
    engine: str
    summary: str
    t2_percent: int
    source: str
    made_at: Moment


class CheckView(CheckLine):
    """The whole record of a check."""

    number: int
    inspectors: tuple[str, ...]
    awaiting: str | None
    laboratory: str | None
    passed_on: date | None
    failed_on: date | None
    published_on: date | None
    published_where: str | None
    closed_on: date | None
    samplings: tuple[SamplingView, ...]
    findings: tuple[FindingView, ...]
    procedure: ProcedureState | None
    open_steps: tuple[OpenStep, ...]


# ── measurements ─────────────────────────────────────────────────────────────────────────────────


class HandIn(Message):
    """Measurements as JSON; the same as the event, without what the path says."""

    round: Round = "first"
    laboratory: Annotated[str, Field(min_length=1, max_length=60)]
    instruments: Annotated[tuple[str, ...], Field(min_length=1, max_length=20)]
    measured_on: date
    unit: Annotated[str, Field(min_length=1, max_length=10)]
    packages: Annotated[tuple[Package, ...], Field(min_length=1, max_length=2000)]


class HandedIn(View):
    """What became of measurements: judged and frozen, or what is wrong with them."""

    dry_run: bool
    accepted: bool
    verdict: str | None = None
    finding_sha256: str | None = None
    summary: str | None = None
    problems: tuple[ProblemView, ...] = ()


class Recomputed(View):
    """A finding worked out again from its own inputs."""

    frozen_sha256: Sha256
    recomputed_sha256: Sha256
    same: bool
