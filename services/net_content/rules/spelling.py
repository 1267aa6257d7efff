"""Units as labels and laboratories spell them, what each measures, and exact conversion.

Only powers of ten, so that a conversion never rounds.
"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Unit:
    """A unit, by the quantity it measures."""

    kind: str
    """mass, volume, length, area or count."""
    of_base: Decimal


UNITS = {
    "g": Unit("mass", Decimal(1)),
    "kg": Unit("mass", Decimal(1000)),
    "mL": Unit("volume", Decimal(1)),
    "L": Unit("volume", Decimal(1000)),
    "mm": Unit("length", Decimal("0.001")),
    "cm": Unit("length", Decimal("0.01")),
    "m": Unit("length", Decimal(1)),
    "mm2": Unit("area", Decimal("0.000001")),
    "cm2": Unit("area", Decimal("0.0001")),
    "dm2": Unit("area", Decimal("0.01")),
    "m2": Unit("area", Decimal(1)),
    "piece": Unit("count", Decimal(1)),
}
BASE = {"mass": "g", "volume": "mL", "length": "m", "area": "m2", "count": "piece"}
KINDS = tuple(BASE)
_ALSO = {
    "克": "g",
    "千克": "kg",
    "公斤": "kg",
    "毫升": "mL",
    "ml": "mL",
    "升": "L",
    "l": "L",
    "厘米": "cm",
    "毫米": "mm",
    "米": "m",
    "㎡": "m2",
    "m²": "m2",
    "cm²": "cm2",
    "dm²": "dm2",
    "件": "piece",
    "个": "piece",
    "片": "piece",
    "支": "piece",
    "pcs": "piece",
}


def unit_named(text: str) -> str | None:
    """The unit as we write it, however it was spelt; none if it is none of net content."""
    name = text.strip()
    return name if name in UNITS else _ALSO.get(name)


def in_base(quantity: Decimal, unit: str) -> Decimal:
    return quantity * UNITS[unit].of_base


def converted(quantity: Decimal, unit: str, to: str) -> Decimal:
    """Exact: both units are powers of ten of one base."""
    return in_base(quantity, unit) / UNITS[to].of_base


def plain(quantity: Decimal) -> str:
    """Decimal text without an exponent or trailing zeros."""
    text = format(quantity, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
