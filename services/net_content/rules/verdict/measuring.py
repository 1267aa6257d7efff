"""From what was weighed to the error of every package (单件误差), before any rule is asked."""

from decimal import Decimal
from typing import NamedTuple

from services.net_content.rules.exactly import EXACT
from services.net_content.rules.regimes.model import Regime
from services.net_content.rules.verdict.averaging import mean_sample
from services.net_content.rules.verdict.counting import grade
from services.net_content.rules.verdict.findings import Grade, PackageFinding, TareUsed
from services.net_content.rules.verdict.lots import Lot
from services.net_content.rules.verdict.moisture import Claim, claim
from services.net_content.rules.verdict.plans import Choice, choice
from services.net_content.rules.verdict.spread import Spread
from services.net_content.rules.verdict.tare import contents
from services.net_content.rules.verdict.tolerances import Tolerance, tolerance


class LotFigures(NamedTuple):
    """The numbers that the rules are held against."""

    chosen: Choice
    limits: Tolerance | None
    """Nothing where the law judges the mean alone."""
    tare: TareUsed | None
    moisture: Claim
    packages: tuple[PackageFinding, ...]
    sample: Spread


def measured(lot: Lot, regime: Regime) -> LotFigures:
    chosen = choice(regime, lot)
    only_mean = chosen.plan.mean_only
    limits = None if only_mean else tolerance(regime, lot.nominal, lot.unit, lot.goods)
    weighed = contents(lot, regime, limits.t1 if limits else Decimal(0))
    moisture = claim(lot, regime)
    packages = tuple(
        _package(package.number, content, lot.nominal, limits, moisture)
        for package, content in zip(lot.packages, weighed.contents, strict=True)
    )
    sample = mean_sample([package.error for package in packages], chosen)
    return LotFigures(chosen, limits, weighed.tare, moisture, packages, sample)


def _package(
    number: int, content: Decimal, nominal: Decimal, limits: Tolerance | None, moisture: Claim
) -> PackageFinding:
    error = EXACT.add(EXACT.subtract(content, nominal), moisture.eased)
    graded: Grade = "unjudged"
    if limits is not None:
        graded = grade(error, EXACT.add(limits.t1, moisture.widened), limits.t2)
    return PackageFinding(number=number, content=content, error=error, grade=graded)
