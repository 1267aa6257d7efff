"""What the law asks of each lot of a campaign, as columns beside what was found."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from contracts.says import Says
from services.net_content.rules.refusals import BadInput
from services.net_content.rules.regimes.model import PlanRow, Regime
from services.net_content.rules.verdict.lots import Lot
from services.net_content.rules.verdict.many.lot_columns import LotColumns, Whole
from services.net_content.rules.verdict.plans import row_for
from services.net_content.rules.verdict.soundness import LARGEST_LOT
from services.net_content.rules.verdict.tolerances import tolerance

NONE = -1
LARGEST = 2**62
NEVER = -LARGEST
"""A content that none is below."""


@dataclass(frozen=True)
class LegalColumns:
    """One entry a lot, but for `padded`."""

    padded: Whole
    """Every package of every lot, and one more that is nobody's."""
    starts: Whole
    lengths: Whole
    smallest: Whole
    """The least content of the sample."""
    largest: Whole
    nominals: Whole
    plain: NDArray[np.bool_]
    """Where the columns can hold the law; the rest is judged singly."""
    least: Whole
    """The least content that is not beyond T."""
    least_of_all: Whole
    """The least that is not beyond the second limit."""
    mean_n: Whole
    accept: Whole
    """-1 where the law prints no number."""
    reject: Whole
    """From how many on the lot fails; between the two numbers a second sample is due."""
    factors: Whole
    factor_unit: int
    mean_judged: NDArray[np.bool_]


def columns(campaign: LotColumns, regime: Regime) -> LegalColumns:
    sizes, nominals = campaign.sizes, campaign.nominals
    lengths = np.fromiter(map(len, campaign.contents), np.int64, len(campaign))
    starts = np.cumsum(lengths) - lengths
    flat = _flat(campaign)
    smallest, largest = np.minimum.reduceat(flat, starts), np.maximum.reduceat(flat, starts)
    plan = _Plan(campaign, regime)
    n = np.where(plan.n == 0, sizes, plan.n)
    accept = np.where(plan.share == NONE, plan.accept, n * plan.share // 100)
    t1, t2, known = _limits(campaign, regime)
    plain = plan.plain & known & (n == lengths) & (lengths > 0) & (smallest >= 0)
    plain &= (sizes >= lengths) & (sizes <= LARGEST_LOT)
    plain &= (nominals > 0) & (nominals < LARGEST)
    return LegalColumns(
        padded=flat,
        starts=starts,
        lengths=lengths,
        smallest=smallest,
        largest=largest,
        nominals=nominals,
        plain=plain,
        least=nominals - t1,
        least_of_all=nominals - t2,
        mean_n=np.minimum(np.where(plan.mean_n == 0, n, plan.mean_n), lengths),
        accept=accept,
        reject=np.where(plan.share == NONE, plan.reject, accept + 1),
        factors=plan.factors,
        factor_unit=plan.factor_unit,
        mean_judged=plan.mean_judged,
    )


def _flat(campaign: LotColumns) -> Whole:
    """Every package, and the last one again, so that an empty last sample has a place."""
    last = next((c[-1:] for c in reversed(campaign.contents) if len(c)), np.zeros(1, np.int64))
    flat = np.concatenate([*campaign.contents, last])
    if flat.dtype != np.int64:
        raise BadInput(
            "not_whole",
            Says(
                "contents：批量判定只收整数（以最小位为单位）。",
                "contents: bulk judging takes whole numbers, multiples of the last place.",
            ),
            field="contents",
        )
    return flat


class _Plan:
    """The row of each lot's size, looked up once for every size there is."""

    def __init__(self, campaign: LotColumns, regime: Regime) -> None:
        sizes, where = np.unique(campaign.sizes, return_inverse=True)
        rows = [_row(campaign, regime, int(size)) for size in sizes]
        self.factor_unit = 10 ** max(
            (-int(r.factor.as_tuple().exponent) for r in rows if r is not None and r.factor),
            default=0,
        )

        def column(value: Callable[[PlanRow], int]) -> Whole:
            found = [0 if row is None else value(row) for row in rows]
            return np.array(found, np.int64)[where]

        self.plain = column(_is_plain) == 1
        self.n = column(lambda row: row.n or 0)
        self.mean_n = column(lambda row: row.mean_n or 0)
        self.accept = column(lambda row: NONE if row.accept is None else row.accept)
        self.reject = column(lambda row: row.reject or (row.accept or 0) + 1)
        self.share = column(_share)
        self.mean_judged = column(lambda row: row.mean != "none") == 1
        self.factors = column(
            lambda row: int((row.factor or 0) * self.factor_unit) if row.mean == "corrected" else 0
        )


def _row(campaign: LotColumns, regime: Regime, size: int) -> PlanRow | None:
    """Nothing where the law has no row, and where it judges by something other than columns."""
    asked = Lot(size=size, nominal=Decimal(1), unit=campaign.unit, packages=(), plan=campaign.plan)
    try:
        plan, row = row_for(regime, asked)
    except BadInput:
        return None
    return None if plan.mean_only else row


def _is_plain(row: PlanRow) -> int:
    corrected = row.mean == "corrected" and row.factor is not None
    whole_share = row.accept_percent is None or row.accept_percent % 1 == 0
    return int(whole_share and (corrected or row.mean in {"plain", "none"}))


def _share(row: PlanRow) -> int:
    return NONE if row.accept_percent is None else int(row.accept_percent)


def _limits(campaign: LotColumns, regime: Regime) -> tuple[Whole, Whole, NDArray[np.bool_]]:
    """The whole parts of both limits, reckoned once for every nominal content there is."""
    nominals, where = np.unique(campaign.nominals, return_inverse=True)
    found = [_limit(campaign, regime, int(nominal)) for nominal in nominals]
    t1, t2, known = np.array(found, np.int64).reshape(-1, 3).T
    return t1[where], t2[where], known[where] == 1


def _limit(campaign: LotColumns, regime: Regime, nominal: int) -> tuple[int, int, int]:
    try:
        limits = tolerance(regime, campaign.decimal(nominal), campaign.unit)
    except BadInput:
        return 0, 0, 0
    scale = 10**campaign.places
    t1 = int(limits.t1 * scale)
    t2 = nominal - NEVER if limits.t2 is None else int(limits.t2 * scale)
    return (t1, t2, 1) if limits.t2 is None or t2 < LARGEST else (0, 0, 0)
