"""What a regime prints on labels (标注): heights of characters and the choice of unit."""

from decimal import Decimal

from services.net_content.rules.regimes.sourced import Sourced, SourcedTable
from services.net_content.rules.units import MeasureUnit


class Height(SourcedTable):
    """The least height of figures, in millimetres, up to a nominal content in g or mL."""

    up_to: Decimal | None = None
    mm: Decimal


class Heights(Sourced):
    """Least heights of figures (字符高度)."""

    rows: tuple[Height, ...]
    other_mm: Decimal | None = None
    """For length, area and count."""


class UnitRange(SourcedTable):
    """Units a content of that size is to be declared in; bounds in the base unit."""

    base: MeasureUnit
    at_least: Decimal | None = None
    below: Decimal | None = None
    units: tuple[MeasureUnit, ...]


class UnitChoice(Sourced):
    """Which unit a label must use (计量单位的选择)."""

    rows: tuple[UnitRange, ...]
