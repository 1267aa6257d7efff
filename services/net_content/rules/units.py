"""Legal units (法定计量单位) that net content is declared in, and how they hang together."""

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What is measured (量)."""

    MASS = "mass"
    VOLUME = "volume"
    LENGTH = "length"
    AREA = "area"
    COUNT = "count"


class Unit(StrEnum):
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
    def kind(self) -> Kind:
        return _MEASURES[self].kind

    @property
    def base(self) -> "Unit":
        """The unit that tables are in: g, mL, m, m2, piece, lb or oz."""
        return _MEASURES[self].base

    @property
    def in_base(self) -> Decimal:
        """How many of the base it is; a power of ten, so that converting loses nothing."""
        return _MEASURES[self].factor


class _Measure(NamedTuple):
    kind: Kind
    base: Unit
    factor: Decimal


def _measure(kind: Kind, base: Unit, factor: str = "1") -> _Measure:
    return _Measure(kind, base, Decimal(factor))


_MEASURES = {
    Unit.G: _measure(Kind.MASS, Unit.G),
    Unit.KG: _measure(Kind.MASS, Unit.G, "1000"),
    Unit.ML: _measure(Kind.VOLUME, Unit.ML),
    Unit.L: _measure(Kind.VOLUME, Unit.ML, "1000"),
    Unit.MM: _measure(Kind.LENGTH, Unit.M, "0.001"),
    Unit.CM: _measure(Kind.LENGTH, Unit.M, "0.01"),
    Unit.M: _measure(Kind.LENGTH, Unit.M),
    Unit.MM2: _measure(Kind.AREA, Unit.M2, "0.000001"),
    Unit.CM2: _measure(Kind.AREA, Unit.M2, "0.0001"),
    Unit.DM2: _measure(Kind.AREA, Unit.M2, "0.01"),
    Unit.M2: _measure(Kind.AREA, Unit.M2),
    Unit.PIECE: _measure(Kind.COUNT, Unit.PIECE),
    Unit.LB: _measure(Kind.MASS, Unit.LB),
    Unit.OZ: _measure(Kind.MASS, Unit.OZ),
}
