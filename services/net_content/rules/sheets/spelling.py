"""Units as labels and laboratories spell them, and exact conversion between them."""

from decimal import Decimal

from services.net_content.rules.units import MeasureUnit

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
    "mm²": "mm2",
    "件": "piece",
    "个": "piece",
    "片": "piece",
    "支": "piece",
    "pcs": "piece",
}
_KNOWN = {str(unit): str(unit) for unit in MeasureUnit} | _ALSO


def unit_named(text: str) -> str | None:
    """The unit as we write it, however it was spelt; none if it is none of net content."""
    return _KNOWN.get(text.strip())


def kind_of(unit: str) -> str:
    """What it measures: mass, volume, length, area or count."""
    return str(MeasureUnit(unit).kind)


def comparable(unit: str, other: str) -> bool:
    """Whether one can be written as the other without a digit lost: grams and pounds cannot."""
    return MeasureUnit(unit).base == MeasureUnit(other).base


def converted(quantity: Decimal, unit: str, to: str) -> Decimal:
    """Exact: both units are powers of ten of one base."""
    return quantity * MeasureUnit(unit).in_base / MeasureUnit(to).in_base


def plain(quantity: Decimal) -> str:
    """Decimal text without an exponent or trailing zeros."""
    text = format(quantity, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
