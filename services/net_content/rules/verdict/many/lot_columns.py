"""Many lots of one inspection campaign (批量检验) as columns of whole numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from contracts.says import Says
from services.net_content.rules.exactly import EXACT
from services.net_content.rules.refusals import BadInput
from services.net_content.rules.units import MeasureUnit
from services.net_content.rules.verdict.lots import Lot, PlanName, Prepackage
from services.net_content.rules.verdict.soundness import check

Whole = NDArray[np.int64]


@dataclass(frozen=True)
class LotColumns:
    """Contents are multiples of 10^-places of the unit: with g and 3 places, milligrams."""

    unit: MeasureUnit
    places: int
    sizes: Whole
    """N of each lot."""
    nominals: Whole
    """Qn of each lot, in the same multiples."""
    contents: Sequence[Whole]
    """The sample of each lot, in the order drawn; packages are numbered from 1."""
    plan: PlanName = "single"

    def __post_init__(self) -> None:
        if not len(self.sizes) == len(self.nominals) == len(self.contents):
            raise BadInput(
                "columns_differ",
                Says(
                    "sizes、nominals、contents的长度不一致。",
                    "sizes, nominals and contents differ in length.",
                ),
                field="contents",
            )
        if not 0 <= self.places <= 9:
            raise BadInput(
                "out_of_range",
                Says("places：小数位数应为0至9。", "places: 0 to 9 decimal places."),
                field="places",
            )

    def __len__(self) -> int:
        return len(self.sizes)

    def lot(self, place: int) -> Lot:
        """One lot as its facts, exactly."""
        return Lot(
            size=int(self.sizes[place]),
            nominal=self.decimal(int(self.nominals[place])),
            unit=self.unit,
            packages=tuple(
                Prepackage(number=number, content=self.decimal(int(content)))
                for number, content in enumerate(self.contents[place], 1)
            ),
            plan=self.plan,
        )

    def decimal(self, whole: int) -> Decimal:
        return EXACT.scaleb(Decimal(whole), -self.places)


def campaign(lots: Sequence[Lot], places: int = 6) -> LotColumns:
    """Columns of lots that give plain contents in one unit; refused if a digit would be lost."""
    for lot in lots:
        check(lot)
        _check_plain(lot, lots[0])
    return LotColumns(
        unit=lots[0].unit,
        places=places,
        sizes=np.array([lot.size for lot in lots], np.int64),
        nominals=_wholes([lot.nominal for lot in lots], places),
        contents=[
            _wholes([p.content for p in lot.packages if p.content is not None], places)
            for lot in lots
        ],
        plan=lots[0].plan,
    )


def _check_plain(lot: Lot, first: Lot) -> None:
    more = (lot.tares, lot.moisture, lot.uncertainty, lot.division, lot.goods)
    if any(more) or any(p.content is None for p in lot.packages):
        raise BadInput(
            "not_plain",
            Says(
                "批量判定只收实际含量；含皮重、水分、不确定度等的批请逐批判定。",
                "Only plain contents are judged in bulk; judge lots with tares or "
                "allowances singly.",
            ),
            field="packages",
        )
    if (lot.unit, lot.plan) != (first.unit, first.plan):
        raise BadInput(
            "mixed_units",
            Says(
                "unit：一次批量判定的单位和抽样方案应一致。",
                "unit: the lots judged at once share one unit and one plan.",
            ),
            field="unit",
        )


def _wholes(values: Sequence[Decimal], places: int) -> Whole:
    scaled = [EXACT.scaleb(value, places) for value in values]
    if any(value % 1 or abs(value) >= 2**62 for value in scaled):
        raise BadInput(
            "too_fine",
            Says(
                f"packages：数值小数位超过{places}位或过大，不能批量判定。",
                f"packages: a value has more than {places} decimal places, or is too large.",
            ),
            field="packages",
        )
    return np.array([int(value) for value in scaled], np.int64)
