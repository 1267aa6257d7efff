"""Ten thousand lots come out exactly as each of them does."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.net_content.rules import regimes
from services.net_content.rules.refusals import BadInput, NotKnown
from services.net_content.rules.regimes import Regime
from services.net_content.rules.units import MeasureUnit
from services.net_content.rules.verdict.judge import judge
from services.net_content.rules.verdict.lots import PlanName
from services.net_content.rules.verdict.many.judge_many import judge_many
from services.net_content.rules.verdict.many.lot_columns import LotColumns
from services.net_content.rules.verdict.plans import row_for
from tests.bench.verdicts import drawn
from tests.services.net_content.rules.lots import CN, DE, EU, OIML, UK, US_A, US_B, lot, rule

PLANS: list[tuple[Regime, PlanName, tuple[int, ...]]] = [
    (CN, "single", (1, 8, 11, 60, 100)),
    (OIML, "single", (100, 501)),
    (OIML, "destructive", (100,)),
    (EU, "destructive", (100,)),
    (EU, "double", (50, 100)),
    (EU, "full", (3, 40)),
    (UK, "single", (3, 40, 100, 501)),
    (UK, "full", (21,)),
    (DE, "destructive", (10, 100, 600)),
    (DE, "full", (7, 100)),
    (US_A, "single", (1, 2, 12, 300, 4000)),
    (US_B, "single", (10, 300)),
]


def assert_the_same(many: LotColumns, regime: Regime) -> None:
    found = judge_many(many, regime)
    for place in range(len(many)):
        if place in found.refused:
            with pytest.raises(BadInput, match=re.escape(found.refused[place].says.en)):
                judge(many.lot(place), regime)
            continue
        verdict, quick = judge(many.lot(place), regime), found[place]
        assert quick.outcome == verdict.outcome
        assert quick.failing == verdict.failing
        assert quick.t1 == rule(verdict, "t1").found
        assert quick.t2 == sum(p.grade == "T2" for p in verdict.packages)


@pytest.mark.parametrize(
    ("regime", "plan", "sizes"),
    PLANS,
    ids=lambda x: getattr(x, "name", x if isinstance(x, str) else ""),
)
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_bulk_and_one_by_one_are_the_same(
    regime: Regime, plan: PlanName, sizes: tuple[int, ...], data: st.DataObject
) -> None:
    assert_the_same(data.draw(_campaigns(regime, plan, sizes)), regime)


@st.composite
def _campaigns(
    draw: st.DrawFn, regime: Regime, plan: PlanName, sizes: tuple[int, ...]
) -> LotColumns:
    """Contents in tenths around T, 2T and nominal: half of them stand exactly at a limit."""
    near = st.sampled_from((0, 1, -1, 5, -10, -45, -46, -90, -91, -150, -151, -300, -301))
    lots = st.tuples(st.sampled_from(sizes), st.sampled_from((50, 100, 250, 500)))
    chosen = draw(st.lists(lots, min_size=1, max_size=4))
    contents = []
    for size, nominal in chosen:
        n = row_for(regime, lot(size, nominal, (), plan=plan))[1].n or size
        tenths = draw(st.lists(near, min_size=n, max_size=n))
        contents.append(np.array([nominal * 10 + tenth for tenth in tenths], np.int64))
    sizes_drawn, nominals = np.array(chosen, np.int64).T
    return LotColumns(MeasureUnit.G, 1, sizes_drawn, nominals * 10, contents, plan)


@given(
    st.integers(-(10**6), 0),
    st.integers(0, 10**6),
    st.integers(-3, 3),
)
@settings(deadline=None)
def test_a_mean_at_its_limit_is_decided_alike(base: int, spread: int, nudge: int) -> None:
    """Ten contents around a mean that λs just reaches, moved by single millionths."""
    nominal = 500 * 10**6
    half = round(-base * 0.948683 / 1.028) + spread % 3
    errors = [base - half] * 5 + [base + half] * 4 + [base + half + nudge]
    contents = np.array([nominal + error for error in errors], np.int64)
    many = LotColumns(MeasureUnit.G, 6, np.array([30]), np.array([nominal]), [contents])

    assert_the_same(many, CN)


def test_a_whole_campaign_is_judged_alike() -> None:
    many = drawn(400)

    found = judge_many(many, CN)

    assert_the_same(many, CN)
    assert {0, 1} == set(found.codes)
    assert len(list(found)) == len(found) == 400


def test_the_sums_are_those_of_the_verdict() -> None:
    many = drawn(60)
    found = judge_many(many, CN)

    for place in range(len(many)):
        errors = [p.error for p in found.verdict(place).packages]
        assert many.decimal(int(found.totals[place])) == sum(errors)
        assert many.decimal(int(found.squares[place])).scaleb(-3) == sum(e * e for e in errors)


@pytest.mark.parametrize("grams_apart", range(390, 400))
def test_sums_that_do_not_fit_are_done_one_by_one(grams_apart: int) -> None:
    """50 kg in nanograms: the squares are far beyond int64, and the spread upholds the mean."""
    nominal, gram = 50_000 * 10**9, 10**9
    contents = np.array([nominal - 400 * gram, nominal + grams_apart * gram] * 25)
    many = LotColumns(MeasureUnit.G, 9, np.array([200]), np.array([nominal]), [contents])

    assert_the_same(many, CN)
    assert judge_many(many, CN)[0].outcome == "pass"


@pytest.mark.parametrize(
    ("content", "t1", "t2"), [(241_000, 0, 0), (240_999, 1, 0), (232_000, 1, 0), (231_999, 0, 1)]
)
def test_one_milligram_is_beyond_a_limit(content: int, t1: int, t2: int) -> None:
    contents = np.array([content, *[252_000] * 49])
    many = LotColumns(MeasureUnit.G, 3, np.array([200]), np.array([250_000]), [contents])

    found = judge_many(many, CN)[0]

    assert (found.t1, found.t2) == (t1, t2)
    assert_the_same(many, CN)


AT_THE_LIMIT = {
    # mean error -λs exactly: -257 with s = 250 and λ = 1.028, -379 with s = 1000 and λ = 0.379
    30: [d - 257 for d in (375, -375, 375, -375, *[0] * 6)],
    200: [d - 379 for d in (*[1000, -1000] * 22, 1500, -1500, 500, -500, 0, 0)],
}


@pytest.mark.parametrize("nudge", [-1, 0, 1])
@pytest.mark.parametrize("size", AT_THE_LIMIT)
def test_a_mean_exactly_at_nominal_less_the_correction(size: int, nudge: int) -> None:
    nominal, lots = 500_000_000, 120
    errors = np.array(AT_THE_LIMIT[size])
    contents = [nominal + scale * errors for scale in range(1, lots + 1)]
    for sample in contents:
        sample[-1] += nudge
    many = LotColumns(MeasureUnit.G, 6, np.full(lots, size), np.full(lots, nominal), contents)

    found = judge_many(many, CN)

    assert {found[place].outcome for place in range(lots)} == {"fail" if nudge < 0 else "pass"}
    assert_the_same(many, CN)


def test_a_lot_that_cannot_be_judged_stops_no_other() -> None:
    good = np.full(10, 500_000, np.int64)
    bad = [good[:9], good - 500_001, np.zeros(0, np.int64), good]
    sizes, nominals = np.array([30, 30, 30, 9, 30]), np.full(5, 500_000)

    found = judge_many(LotColumns(MeasureUnit.G, 3, sizes, nominals, [*bad, good]), CN)

    assert {place: problem.code for place, problem in found.refused.items()} == {
        0: "sample_not_of_plan",
        1: "negative_content",
        2: "no_packages",
        3: "sample_exceeds_lot",
    }
    assert found[4].outcome == "pass"
    with pytest.raises(BadInput):
        found[0]


def test_an_empty_last_sample_takes_nothing_from_its_neighbour() -> None:
    good = np.array([480_000, *[503_000] * 9])
    sizes, nominals = np.array([30, 30]), np.full(2, 500_000)

    found = judge_many(LotColumns(MeasureUnit.G, 3, sizes, nominals, [good, good[:0]]), CN)

    assert found[0].t1 == 1
    assert list(found.refused) == [1]


def test_a_regime_that_waits_refuses_the_campaign() -> None:
    with pytest.raises(NotKnown):
        judge_many(drawn(5), regimes.find("cn", "2023", None))


def test_floats_are_refused() -> None:
    contents = [np.full(10, 500.0)]

    with pytest.raises(BadInput) as refused:
        judge_many(LotColumns(MeasureUnit.G, 0, np.array([30]), np.array([500]), contents), CN)

    assert refused.value.code == "not_whole"
