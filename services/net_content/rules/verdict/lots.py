"""What was found at an inspection (检验批、样本): the lot, and each package measured from it."""

from datetime import date
from typing import Literal

from pydantic import ConfigDict

from contracts.messages import Message
from services.net_content.rules.sheets.numbers import Exact
from services.net_content.rules.units import MeasureUnit

PlanName = Literal["single", "double", "destructive", "full"]
"""Ways to sample (抽样方式): one sample, two in turn, opened packages, every package."""


class Facts(Message):
    """What people state; a name that we do not know is a slip, not a newer sender."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Prepackage(Facts):
    """One prepackage (单件定量包装商品), in the order it was drawn from the lot at random."""

    number: int
    content: Exact | None = None
    """Actual content (实际含量); or else it comes from `gross`."""
    gross: Exact | None = None
    """Gross weight (毛重), from which the tare is taken."""
    tare: Exact | None = None
    """Its own tare (皮重), where each package is opened."""
    unit: MeasureUnit | None = None
    """Given only to be held against the lot's: a list must not mix units."""


class Moisture(Facts):
    """A moisture allowance (水分损失允差) that is claimed for goods that dry out."""

    goods: str
    method: Literal["before", "after"]
    """Known before the test, so the nominal gross weight sinks; or added to the limits after."""


class Lot(Facts):
    """A lot (检验批) and its sample, all numbers in `unit`."""

    size: int
    """N 批量."""
    nominal: Exact
    """Qn 标注净含量."""
    unit: MeasureUnit
    packages: tuple[Prepackage, ...]
    plan: PlanName = "single"
    tares: tuple[Exact, ...] = ()
    """Tares weighed to get their mean (平均皮重), where `packages` give the gross weight."""
    uncertainty: Exact | None = None
    """Expanded uncertainty U (k=2) of one measured content."""
    division: Exact | None = None
    """Scale division (分度值), the unit of measure in the United States."""
    moisture: Moisture | None = None
    inspected_on: date | None = None
    goods: str | None = None
    """A group of goods (商品类别) that a regime has tables of its own for."""
