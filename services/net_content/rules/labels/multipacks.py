"""How a package of several packages (多件包装) declares what it holds."""

from collections.abc import Sequence
from decimal import Decimal

from services.net_content.rules.labels.declared import Declaration
from services.net_content.rules.units import MeasureUnit

Inside = tuple[Decimal, MeasureUnit, int]
"""Content of one in the base unit, that unit, and how many: one for each kind of goods."""


def multipack(read: Declaration, inside: Sequence[Inside]) -> tuple[bool, str, str]:
    """Order 70: of each kind the content of one and how many there are, or the total.

    What is declared beside that must be right as well.
    """
    said = {
        (part.content * part.unit.in_base, part.unit.base, part.times)
        for part in read.parts
        if part.unit is not None
    }
    right: set[tuple[Decimal, MeasureUnit, int | None]] = set()
    for content, unit, count in inside:
        ways: set[tuple[Decimal, MeasureUnit, int | None]] = {
            (content, unit, count),
            (content * count, unit, None),
        }
        if not ways & said:
            return (
                False,
                "多件包装应标注各种商品的单件净含量和件数，或者总净含量。",
                "A multi-pack declares of each kind the content of one and how many, or the total.",
            )
        right |= ways | {(content, unit, None)}
    if said - right:
        return False, "标注与内装商品不符。", "The declaration does not agree with what is inside."
    return True, "多件包装标注齐全。", "The multi-pack declares what it holds."
