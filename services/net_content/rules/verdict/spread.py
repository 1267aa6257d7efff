"""Mean and standard deviation (平均值、标准偏差) of package errors, and the test made of both."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from services.net_content.rules.exactly import EXACT, ROUGH, product, total


class Spread(NamedTuple):
    """The sums that everything else follows from without loss."""

    n: int
    total: Decimal
    """Σe."""
    scatter: Decimal
    """nΣe² - (Σe)², which is n(n-1)s²."""
    range: Decimal

    @property
    def mean(self) -> Decimal:
        return ROUGH.divide(self.total, Decimal(self.n))

    @property
    def deviation(self) -> Decimal | None:
        if self.n < 2:
            return None
        return ROUGH.sqrt(ROUGH.divide(self.scatter, Decimal(self.n * (self.n - 1))))

    def reaches_nominal(self, factor: Decimal, slack: Decimal = Decimal(0)) -> bool:
        """Whether mean error + slack + factor·s >= 0, at the limit included.

        No root is drawn: with h = Σe + n·slack < 0, this is h²(n-1) <= factor²·n·(nΣe² - (Σe)²).
        """
        short = EXACT.add(self.total, product(slack, self.n))
        if short >= 0 or self.n < 2:
            return short >= 0
        return product(short, short, self.n - 1) <= product(factor, factor, self.n, self.scatter)

    def reaches_by_range(self, factor: Decimal) -> bool:
        """Whether mean error + factor·R >= 0, with R the range."""
        return EXACT.add(self.total, product(factor, self.range, self.n)) >= 0


def spread(errors: Sequence[Decimal]) -> Spread:
    n, summed = len(errors), total(errors)
    squares = total(product(e, e) for e in errors)
    scatter = EXACT.subtract(product(squares, n), product(summed, summed))
    return Spread(n, summed, scatter, EXACT.subtract(max(errors), min(errors)))
