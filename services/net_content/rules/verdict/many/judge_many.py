"""Thousands of lots at once (`judge_many`), with exactly the results that `judge` has for each.

Sums and squares are whole numbers in int64, where a bound shows that they fit; the test on the mean
is decided in floating point only where both sides are far apart, else in Python's integers. A lot
for which that cannot be shown, a second sample, and a plan of another form go to `judge`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.net_content.rules.refusals import BadInput
from services.net_content.rules.regimes.model import Regime
from services.net_content.rules.verdict.findings import RuleOutcome, Verdict
from services.net_content.rules.verdict.judge import judge, require_known
from services.net_content.rules.verdict.many.legal_columns import LARGEST, LegalColumns, columns
from services.net_content.rules.verdict.many.lot_columns import LotColumns, Whole

PASS, FAIL, UNDECIDED, REFUSED = range(4)
NAMES: tuple[RuleOutcome, ...] = ("pass", "fail", "undecided")
FAR = 1e-9
"""Sides of the test that differ by more than this part are as far apart as their floats say."""


class LotOutcome(NamedTuple):
    """One line of the answer: what a list of lots shows."""

    outcome: RuleOutcome
    failing: tuple[str, ...]
    t1: int
    t2: int


@dataclass(frozen=True)
class LotOutcomes:
    """A column per figure; `verdict` gives any one lot's with the whole arithmetic."""

    campaign: LotColumns
    regime: Regime
    codes: NDArray[np.int8]
    mean_fails: NDArray[np.bool_]
    t1_fails: NDArray[np.bool_]
    t2_fails: NDArray[np.bool_]
    t1: Whole
    """Packages counted against the allowed number."""
    t2: Whole
    totals: Whole
    """Σe of the packages that make the mean, in the campaign's multiples."""
    squares: Whole
    """Σe² of the same; 0 where the lot was judged singly."""
    refused: dict[int, BadInput]

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, place: int) -> LotOutcome:
        if place in self.refused:
            raise self.refused[place]
        broken = (self.mean_fails[place], self.t1_fails[place], self.t2_fails[place])
        return LotOutcome(
            NAMES[self.codes[place]],
            tuple(rule for rule, is_broken in zip(RULES, broken, strict=True) if is_broken),
            int(self.t1[place]),
            int(self.t2[place]),
        )

    def __iter__(self) -> Iterator[LotOutcome]:
        return (self[place] for place in range(len(self)) if place not in self.refused)

    def verdict(self, place: int) -> Verdict:
        return judge(self.campaign.lot(place), self.regime)


RULES = ("mean", "t1", "t2")


def judge_many(campaign: LotColumns, regime: Regime) -> LotOutcomes:
    """Every lot of a campaign; a lot that cannot be judged is `refused` and stops no other."""
    require_known(regime)
    found = columns(campaign, regime)
    shape = len(campaign)
    t1, t2 = _beyond(found, shape)
    totals, squares, fits = _sums(found)
    means = _mean_fails(found, totals, squares)
    t1_counted = t1 if regime.beyond_second == "fails_lot" else t1 + t2
    t1_fails = (t1_counted >= found.reject) & (found.accept >= 0)
    t2_fails = (t2 > 0) & (regime.beyond_second == "fails_lot")
    failed = means | t1_fails | t2_fails
    undecided = (t1_counted > found.accept) | (found.accept < 0)
    codes = np.where(failed, FAIL, np.where(undecided, UNDECIDED, PASS)).astype(np.int8)
    outcomes = LotOutcomes(
        campaign, regime, codes, means, t1_fails, t2_fails, t1_counted, t2, totals, squares, {}
    )
    for place in np.flatnonzero(~(fits & found.plain)):
        _singly(outcomes, int(place))
    return outcomes


def _beyond(columns: LegalColumns, lots: int) -> tuple[Whole, Whole]:
    """How many packages of each lot are beyond T, and beyond the second limit.

    A shortage is beyond T if it is more than the whole part of T, as it is a whole number itself.
    Only the packages of lots whose least content is beyond T are looked at one by one.
    """
    t1, t2 = np.zeros(lots, np.int64), np.zeros(lots, np.int64)
    whose = np.flatnonzero((columns.smallest < columns.least) & (columns.lengths > 0))
    if not len(whose):
        return t1, t2
    lengths = columns.lengths[whose]
    begins = np.cumsum(lengths) - lengths
    places = np.arange(lengths.sum()) + np.repeat(columns.starts[whose] - begins, lengths)
    contents = columns.padded[places]
    beyond = contents < np.repeat(columns.least[whose], lengths)
    far_beyond = contents < np.repeat(columns.least_of_all[whose], lengths)
    t2[whose] = np.add.reduceat(far_beyond, begins, dtype=np.int64)
    t1[whose] = np.add.reduceat(beyond, begins, dtype=np.int64) - t2[whose]
    return t1, t2


def _sums(columns: LegalColumns) -> tuple[Whole, Whole, NDArray[np.bool_]]:
    """Σe and Σe² of each lot's mean sample, and where they are known to fit into int64.

    Of contents q with e = q - Qn, Σe² is Σq² - 2QnΣq + nQn². Whatever overflows on the way does so
    modulo 2^64, so that a sum which fits comes out right.
    """
    n, nominals = columns.mean_n, columns.nominals
    ends = np.stack([columns.starts, columns.starts + n], axis=1).ravel()
    contents = np.add.reduceat(columns.padded, ends)[::2]
    squares = np.add.reduceat(columns.padded * columns.padded, ends)[::2]
    totals = contents - n * nominals
    squares = squares - nominals * (contents + totals)
    farthest = np.maximum(nominals - columns.smallest, columns.largest - nominals)
    fits = (farthest.astype(np.float64) * n) ** 2 < LARGEST
    return totals, squares, fits


def _mean_fails(columns: LegalColumns, totals: Whole, squares: Whole) -> NDArray[np.bool_]:
    """Where h²(n-1)·10^2d > factor²·n·(nΣe² - h²), h = Σe < 0; factors are multiples of 10^-d."""
    n = columns.mean_n
    scatter = n * squares - totals * totals
    ours = totals.astype(np.float64) ** 2 * (n - 1)
    theirs = (columns.factors / columns.factor_unit) ** 2 * n * scatter.astype(np.float64)
    fails = (totals < 0) & columns.mean_judged & (ours > theirs)
    near = (totals < 0) & columns.mean_judged & (np.abs(ours - theirs) <= FAR * (ours + theirs))
    for place in np.flatnonzero(near):
        h, count, factor = int(totals[place]), int(n[place]), int(columns.factors[place])
        left = h * h * (count - 1) * columns.factor_unit**2
        right = factor * factor * count * (count * int(squares[place]) - h * h)
        fails[place] = count < 2 or left > right
    return fails


def _singly(outcomes: LotOutcomes, place: int) -> None:
    """What the columns cannot show: the lot's own verdict, or why there is none."""
    try:
        verdict = outcomes.verdict(place)
    except BadInput as problem:
        outcomes.refused[place] = problem
        outcomes.codes[place] = REFUSED
        return
    outcomes.codes[place] = NAMES.index(verdict.outcome)
    for rule, column in zip(RULES, _broken(outcomes), strict=True):
        column[place] = rule in verdict.failing
    outcomes.t1[place] = _found(verdict, "t1")
    outcomes.t2[place] = sum(p.grade == "T2" for p in verdict.packages)
    outcomes.totals[place] = 0
    outcomes.squares[place] = 0


def _broken(outcomes: LotOutcomes) -> Sequence[NDArray[np.bool_]]:
    return outcomes.mean_fails, outcomes.t1_fails, outcomes.t2_fails


def _found(verdict: Verdict, rule: str) -> int:
    found = next((r.found for r in verdict.rules if r.rule == rule), None)
    return int(found or Decimal(0))
