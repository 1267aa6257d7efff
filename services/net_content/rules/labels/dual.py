"""Two declarations on one American label (双标注): the larger one is tested."""

from decimal import Decimal

from contracts.says import Says
from services.net_content.rules.exactly import product
from services.net_content.rules.refusals import BadInput
from services.net_content.rules.units import MeasureUnit

GRAMS_A_POUND = Decimal("453.592")
"""HB 133 chapter 2: factors good to six digits."""
_IN_GRAMS = {
    MeasureUnit.LB: GRAMS_A_POUND,
    MeasureUnit.OZ: GRAMS_A_POUND / 16,
    MeasureUnit.G: Decimal(1),
}
_IN_GRAMS[MeasureUnit.KG] = Decimal(1000)

Declared = tuple[Decimal, MeasureUnit]


def larger(first: Declared, second: Declared) -> Declared:
    """The one that promises more; the first if they promise the same."""
    return second if _grams(second) > _grams(first) else first


def _grams(declared: Declared) -> Decimal:
    content, unit = declared
    if unit not in _IN_GRAMS:
        raise BadInput(
            "unit_not_of_regime",
            Says(f"unit：{unit}不是重量单位。", f"unit: {unit} is no unit of weight."),
            field="unit",
        )
    return product(content, _IN_GRAMS[unit])
