"""Operating characteristic (抽检特性曲线): how often a plan accepts a lot that is so bad."""

import math
from collections.abc import Sequence
from decimal import Decimal
from statistics import NormalDist

from contracts.messages import Message
from contracts.says import Says
from services.net_content.rules.exactly import ROUGH, shown
from services.net_content.rules.refusals import BadInput, NotKnown
from services.net_content.rules.regimes.model import Plan, PlanRow, Regime
from services.net_content.rules.regimes.sourced import Confidence
from services.net_content.rules.sheets.numbers import Exact
from services.net_content.rules.units import MeasureUnit
from services.net_content.rules.verdict.judge import require_known
from services.net_content.rules.verdict.lots import Lot, PlanName
from services.net_content.rules.verdict.plans import row_for

SHARES = tuple(
    Decimal(thousandths) / 1000 for thousandths in (0, 5, 10, 20, 25, *range(30, 301, 10))
)
OFFSETS = tuple(Decimal(s) / 20 for s in range(-30, 11))
"""Mean errors of a process, in its standard deviations."""
STEPS = 2000
"""Of the numerical integral; four places are sure with far fewer."""


class Point(Message):
    """At this share of packages beyond T, or this mean error, so often accepted."""

    at: Exact
    accepted: Exact


class Curve(Message):
    """A curve with the plan it belongs to."""

    regime: str
    edition: str
    clause: str
    confidence: Confidence
    model: str
    points: tuple[Point, ...]


def operating_characteristic(
    regime: Regime,
    size: int,
    unit: MeasureUnit = MeasureUnit.G,
    plan: PlanName = "single",
    shares: Sequence[Decimal] = SHARES,
) -> Curve:
    """Of the rule on packages beyond T, by the share of them in a long run (binomial)."""
    chosen, row = _row(regime, size, unit, plan)
    n = row.n or size
    accept = int(row.accept_percent * n / 100) if row.accept_percent is not None else row.accept
    if accept is None:
        raise NotKnown(
            "no_acceptance_number",
            Says(
                "该批量未规定允许件数，没有特性曲线。",
                "No acceptance number is printed for such a lot, so there is no curve.",
            ),
            field="size",
        )
    if any(not 0 <= share <= 1 for share in shares):
        raise BadInput(
            "out_of_range",
            Says("shares：比例应在0与1之间。", "shares: a share lies between 0 and 1."),
            field="shares",
        )
    return Curve(
        regime=regime.name,
        edition=regime.edition,
        clause=chosen.clause,
        confidence=row.confidence or chosen.confidence,
        model="binomial",
        points=tuple(Point(at=s, accepted=shown(_accepted(row, n, accept, s))) for s in shares),
    )


def mean_characteristic(
    regime: Regime, size: int, unit: MeasureUnit = MeasureUnit.G, plan: PlanName = "single"
) -> Curve:
    """Of the rule on the mean, for normal contents, by the mean error in standard deviations."""
    chosen, row = _row(regime, size, unit, plan)
    n = row.mean_n or row.n or size
    if row.mean not in {"corrected", "plain"} or n < 2:
        raise BadInput(
            "mean_not_judged",
            Says(
                "该批量不以标准偏差判定平均值，没有此曲线。",
                "The mean of such a lot is not judged by its deviation, so there is no curve.",
            ),
            field="size",
        )
    factor = float(row.factor or 0) if row.mean == "corrected" else 0.0
    return Curve(
        regime=regime.name,
        edition=regime.edition,
        clause=chosen.clause,
        confidence=row.confidence or chosen.confidence,
        model="normal",
        points=tuple(
            Point(at=offset, accepted=round(Decimal(_mean_passes(n, factor, float(offset))), 4))
            for offset in OFFSETS
        ),
    )


def _row(regime: Regime, size: int, unit: MeasureUnit, plan: PlanName) -> tuple[Plan, PlanRow]:
    require_known(regime)
    return row_for(regime, Lot(size=size, nominal=Decimal(1), unit=unit, packages=(), plan=plan))


def _accepted(row: PlanRow, n: int, accept: int, share: Decimal) -> Decimal:
    found = _at_most(n, accept, share)
    if row.second is None or row.reject is None:
        return found
    for number in range(accept + 1, row.reject):
        rest = _at_most(row.second.n, row.second.accept - number, share)
        found = ROUGH.fma(_exactly(n, number, share), rest, found)
    return found


def _at_most(n: int, most: int, share: Decimal) -> Decimal:
    return sum((_exactly(n, k, share) for k in range(min(most, n) + 1)), Decimal(0))


def _exactly(n: int, k: int, share: Decimal) -> Decimal:
    ways = Decimal(math.comb(n, k))
    good = ROUGH.power(1 - share, n - k) if n > k else Decimal(1)
    bad = ROUGH.power(share, k) if k else Decimal(1)
    return ROUGH.multiply(ways, ROUGH.multiply(bad, good))


def _mean_passes(n: int, factor: float, offset: float) -> float:
    """P(mean + factor·s >= 0): over s, whose square is chi-squared, by Simpson's rule."""
    freedom = n - 1
    log_scale = math.log(2) + freedom / 2 * math.log(freedom / 2) - math.lgamma(freedom / 2)
    widest = 1 + 8 / math.sqrt(2 * freedom)
    width = widest / STEPS
    normal, found = NormalDist(), 0.0
    for step in range(1, STEPS + 1):
        s = step * width
        density = math.exp(log_scale + (freedom - 1) * math.log(s) - freedom * s * s / 2)
        weight = 1 if step == STEPS else 4 if step % 2 else 2
        found += weight * density * normal.cdf((offset + factor * s) * math.sqrt(n))
    return min(1.0, found * width / 3)
