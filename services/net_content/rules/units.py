"""Legal units (法定计量单位) that net content is declared in, and how they hang together."""

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class QuantityKind(StrEnum):
    """What is measured (量)."""

    MASS = "mass"
    VOLUME = "volume"
    LENGTH = "length"
    AREA = "area"
    COUNT = "count"


class MeasureUnit(StrEnum):
    """As labels write them; pound and ounce for the United States alone."""

    G = "g"
    KG = "kg"
    ML = "mL"
    L = "L"
    MM = "mm"
    CM = "cm"
    M = "m"
    MM2 = "mm2"
    CM2 = "cm2"
    DM2 = "dm2"
    M2 = "m2"
    PIECE = "piece"
    LB = "lb"
    OZ = "oz"

    @property
    def kind(self) -> QuantityKind:
        return _MEASURES[self].kind

    @property
    def base(self) -> "MeasureUnit":
        """The unit that tables are in: g, mL, m, m2, piece, lb or oz."""
        return _MEASURES[self].base

    @property
    def in_base(self) -> Decimal:
        """How many of the base it is; a power of ten, so that converting loses nothing."""
        return _MEASURES[self].factor


class _Measure(NamedTuple):
    kind: QuantityKind
    base: MeasureUnit
    factor: Decimal


def _measure(kind: QuantityKind, base: MeasureUnit, factor: str = "1") -> _Measure:
    return _Measure(kind, base, Decimal(factor))


_MEASURES = {
    MeasureUnit.G: _measure(QuantityKind.MASS, MeasureUnit.G),
    MeasureUnit.KG: _measure(QuantityKind.MASS, MeasureUnit.G, "1000"),
    MeasureUnit.ML: _measure(QuantityKind.VOLUME, MeasureUnit.ML),
    MeasureUnit.L: _measure(QuantityKind.VOLUME, MeasureUnit.ML, "1000"),
    MeasureUnit.MM: _measure(QuantityKind.LENGTH, MeasureUnit.M, "0.001"),
    MeasureUnit.CM: _measure(QuantityKind.LENGTH, MeasureUnit.M, "0.01"),
    MeasureUnit.M: _measure(QuantityKind.LENGTH, MeasureUnit.M),
    MeasureUnit.MM2: _measure(QuantityKind.AREA, MeasureUnit.M2, "0.000001"),
    MeasureUnit.CM2: _measure(QuantityKind.AREA, MeasureUnit.M2, "0.0001"),
    MeasureUnit.DM2: _measure(QuantityKind.AREA, MeasureUnit.M2, "0.01"),
    MeasureUnit.M2: _measure(QuantityKind.AREA, MeasureUnit.M2),
    MeasureUnit.PIECE: _measure(QuantityKind.COUNT, MeasureUnit.PIECE),
    MeasureUnit.LB: _measure(QuantityKind.MASS, MeasureUnit.LB),
    MeasureUnit.OZ: _measure(QuantityKind.MASS, MeasureUnit.OZ),
}
