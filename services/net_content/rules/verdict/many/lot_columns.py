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
