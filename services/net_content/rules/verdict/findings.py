"""What a verdict says (检验结论), with everything needed to count it again by hand."""

from typing import Literal

from contracts.messages import Message
from services.net_content.rules.regimes.sourced import Confidence
from services.net_content.rules.sheets.numbers import Exact
from services.net_content.rules.units import MeasureUnit
from services.net_content.rules.verdict.lots import PlanName

RuleOutcome = Literal["pass", "fail", "undecided"]
Grade = Literal["within", "T1", "T2", "unjudged"]


class PackageFinding(Message):
    """One package against the tolerable deficiency (允许短缺量)."""

    number: int
    content: Exact
    error: Exact
    """Content less nominal; a shortage (短缺量) is a negative one."""
    grade: Grade
    """T1: short by more than T; T2: by more than the second limit. Exactly at one is not beyond.
    Unjudged: where the law judges the mean alone."""


class RuleFinding(Message):
    """One rule of the law, held against the sample."""

    rule: Literal["mean", "t1", "t2", "uncertainty", "division"]
    bears_on: Literal["lot", "package", "measurement"] = "lot"
    """A rule on packages keeps some of them off the market and leaves the lot's verdict alone."""
    holds: bool | None
    """None where it is open: another sample is due, or the law prints no number."""
    found: Exact | None = None
    limit: Exact | None = None
    margin: Exact | None = None
    """How far inside the limit; negative when beyond. Rounded for reading, decided exactly."""
    clause: str
    confidence: Confidence
    zh: str
    en: str


class PlanUsed(Message):
    """The row of the sampling plan (抽样方案) that was used."""

    name: PlanName
    clause: str
    confidence: Confidence
    sample: int
    """n 样本量, both samples of a double plan together."""
    mean_sample: int
    """How many of them, the first drawn, make the mean."""
    factor: Exact | None
    """λ 修正因子, as printed."""
    accept: int | None
    """How many packages beyond T are allowed."""
    stage: Literal[1, 2] = 1


class ToleranceUsed(Message):
    """T (允许短缺量) of this nominal content, in the lot's unit."""

    t1: Exact
    t2: Exact | None
    unrounded: Exact
    clause: str
    confidence: Confidence
    note: str | None = None


class TareUsed(Message):
    """The tare (皮重) that was taken off."""

    mean: Exact | None
    deviation: Exact | None
    count: int
    clause: str
    confidence: Confidence
    zh: str
    en: str


class Verdict(Message):
    """Whole and frozen: its JSON is the same whenever the same lot is judged by the same tables."""

    form: Literal["verdict.v1"] = "verdict.v1"
    regime: str
    edition: str
    tables: str
    """Digest of the tables it was judged by."""
    title_zh: str
    title_en: str
    in_force: bool | None
    """On the day of the inspection; nothing if no day was given."""
    lot_size: int
    nominal: Exact
    unit: MeasureUnit
    tolerance: ToleranceUsed | None
    """Nothing where the law judges the mean alone."""
    plan: PlanUsed
    tare: TareUsed | None = None
    moisture: Exact | None = None
    mean: Exact
    deviation: Exact | None
    """s 标准偏差, divisor n-1; nothing for a single package."""
    correction: Exact | None
    """λs 修正值."""
    limit: Exact | None
    """What the mean must reach: Qn - λs."""
    packages: tuple[PackageFinding, ...]
    rules: tuple[RuleFinding, ...]
    outcome: RuleOutcome
    failing: tuple[str, ...]
    """The rules that fail the lot."""
    withheld: tuple[int, ...] = ()
    """Packages that may not be sold or marked on their own account, whatever the lot's verdict."""
    notes: tuple[str, ...] = ()
