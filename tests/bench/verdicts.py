"""Lots of net content judged a second: the product, and numpy making only means and deviations.

    make bench-verdicts

A campaign of lots of every size that JJF 1070 tells apart, in milligrams. numpy gets the same
arrays and draws from them the mean and the standard deviation, in two ways: lot by lot, as they
come; and stacked by sample size, which is the fastest it can do and counts as its figure. The
product takes them as they come and has of every lot the outcome, the rules that fail it, both
counts and the exact sums. The full verdict of a lot is written out when it is asked for, and not
timed. Rounds take turns and the median counts. Before the clock runs, a part of the outcomes is
held against the verdicts of the one-by-one way.
"""

import argparse
import time
from collections import defaultdict
from collections.abc import Callable, Sequence

import numpy as np

from services.net_content.rules import regimes
from services.net_content.rules.units import MeasureUnit
from services.net_content.rules.verdict.many.judge_many import LotOutcomes, judge_many
from services.net_content.rules.verdict.many.lot_columns import LotColumns, Whole
from tests.bench.figures import conclude, median, say, show

SAMPLE = {8: 8, 30: 10, 80: 13, 300: 50, 1000: 80, 5000: 125}
"""A lot size for each row of the plan, and its sample."""
NOMINALS_G = (50, 100, 165, 250, 400, 500, 900, 1000, 2500)
PLACES = 3
CHECKED = 500
REGIME = regimes.find("cn", "2005", None)


def drawn(lots: int, seed: int = 1070) -> LotColumns:
    """Lots filled a little above nominal: most pass, some fail by mean, some by single packages."""
    random = np.random.default_rng(seed)
    sizes = random.choice(list(SAMPLE), lots)
    nominals = random.choice(NOMINALS_G, lots).astype(np.int64) * 10**PLACES
    contents = []
    for size, nominal in zip(sizes, nominals, strict=True):
        centre = nominal * (1 + random.normal(0.002, 0.004))
        filled = random.normal(centre, nominal * random.uniform(0.002, 0.02), SAMPLE[int(size)])
        contents.append(np.maximum(filled, 0).round().astype(np.int64))
    return LotColumns(MeasureUnit.G, PLACES, sizes.astype(np.int64), nominals, contents)


def ours(campaign: LotColumns) -> LotOutcomes:
    return judge_many(campaign, REGIME)


def by_lot(contents: Sequence[Whole]) -> None:
    for sample in contents:
        sample.mean(), sample.std(ddof=1)


def stacked(groups: Sequence[Whole]) -> None:
    for group in groups:
        group.mean(axis=1), group.std(axis=1, ddof=1)


def grouped(contents: Sequence[Whole]) -> list[Whole]:
    groups: defaultdict[int, list[Whole]] = defaultdict(list)
    for sample in contents:
        groups[len(sample)].append(sample)
    return [np.stack(samples) for samples in groups.values()]


def check(campaign: LotColumns) -> dict[str, int]:
    """Every so many verdicts one by one, and how the whole campaign came out."""
    found = ours(campaign)
    for place in range(0, len(campaign), max(1, len(campaign) // CHECKED)):
        verdict, quick = found.verdict(place), found[place]
        if (quick.outcome, quick.failing) != (verdict.outcome, verdict.failing):
            raise RuntimeError(f"lot {place}: {quick} is not {verdict.outcome} {verdict.failing}")
    return {
        "pass": int(np.count_nonzero(found.codes == 0)),
        "fail": int(np.count_nonzero(found.codes == 1)),
    }


def compare(lots: int, rounds: int) -> None:
    """Run the rounds, print what came out."""
    campaign = drawn(lots)
    groups = grouped(campaign.contents)
    outcomes = check(campaign)
    say(f"{lots} 批 lots, {sum(map(len, campaign.contents))} 件 packages, {outcomes}")
    contenders: dict[str, Callable[[], object]] = {
        "Steelyard，每批判定 outcome of every lot": lambda: ours(campaign),
        "numpy，按样本量堆叠 stacked by sample size": lambda: stacked(groups),
        "numpy，逐批 lot by lot": lambda: by_lot(campaign.contents),
    }
    took: defaultdict[str, list[float]] = defaultdict(list)
    for _ in range(rounds):
        for name, judged in contenders.items():
            began = time.perf_counter()
            judged()
            took[name].append(time.perf_counter() - began)
    rates = {name: lots / median(seconds) for name, seconds in took.items()}
    mine, best, plain = rates.values()
    show(
        "净含量批量判定  Lots of net content judged, against mean and deviation alone",
        ("", "每秒 lots/s", "本品之比 ours to it"),
        [(name, f"{rate:,.0f}", f"{mine / rate:.2f}") for name, rate in rates.items()],
    )
    conclude("verdicts", vs_numpy=mine / best, vs_numpy_by_lot=mine / plain)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lots", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=15)
    asked = parser.parse_args()
    compare(asked.lots, asked.rounds)


if __name__ == "__main__":
    main()
