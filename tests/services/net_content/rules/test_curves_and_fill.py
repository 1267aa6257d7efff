"""What plans let through, and how full to fill."""

import math
from decimal import Decimal
from statistics import NormalDist

import numpy as np
import pytest

from services.net_content.rules import regimes
from services.net_content.rules.advice.curves import mean_characteristic, operating_characteristic
from services.net_content.rules.advice.fill import target
from services.net_content.rules.refusals import BadInput, NotKnown
from services.net_content.rules.regimes import Regime
from services.net_content.rules.units import MeasureUnit
from services.net_content.rules.verdict.lots import PlanName
from tests.services.net_content.rules.lots import CN, DE, EU, UK, US_A, US_B

RISKS: list[tuple[Regime, int, PlanName, str]] = [
    (CN, 200, "single", "0.9822 0.9638 0.7604 0.3303 0.2503"),
    (CN, 1000, "single", "0.9946 0.9848 0.7892 0.2634 0.1769"),
    (CN, 5000, "single", "0.9962 0.9864 0.7117 0.1162 0.0601"),
    (EU, 200, "destructive", "0.9401 0.9118 0.7358 0.4516 0.3917"),
    (CN, 80, "single", "0.9730 0.9594 0.8646 0.6707 0.6213"),
    (CN, 20, "single", "0.8171 0.7763 0.5987 0.3894 0.3487"),
    (EU, 200, "double", "0.9761 0.9565 0.7636 0.3563 0.2773"),
    (UK, 1000, "double", "0.9946 0.9849 0.7812 0.2483 0.1666"),
    (EU, 5000, "double", "0.9954 0.9829 0.6475 0.0853 0.0444"),
]
SHARES = [Decimal(share) for share in ("0.02", "0.025", "0.05", "0.09", "0.1")]


@pytest.mark.parametrize(("regime", "size", "plan", "row"), RISKS)
def test_the_risks_of_the_plans(regime: Regime, size: int, plan: PlanName, row: str) -> None:
    curve = operating_characteristic(regime, size, plan=plan, shares=SHARES)

    assert [f"{point.accepted:.4f}" for point in curve.points] == row.split()


def test_a_curve_begins_at_one_and_falls() -> None:
    accepted = [point.accepted for point in operating_characteristic(CN, 200).points]

    assert accepted[0] == 1
    assert accepted == sorted(accepted, reverse=True)


def test_a_mean_at_nominal_passes_as_often_as_the_law_says() -> None:
    at_nominal = [
        next(p.accepted for p in mean_characteristic(regime, 200).points if p.at == 0)
        for regime in (CN, US_A, US_B)
    ]

    assert at_nominal == [
        Decimal("0.9950"),
        Decimal("0.9749"),  # 0.635 is cut short of 0.63537
        Decimal("0.5000"),
    ]


def test_the_curve_of_the_mean_is_what_a_drawing_of_lots_gives() -> None:
    random = np.random.default_rng(87)
    samples = random.normal(-0.35, 1, (20_000, 50))
    passed = np.mean(samples.mean(1) + 0.379 * samples.std(1, ddof=1) >= 0)

    points = {p.at: p.accepted for p in mean_characteristic(CN, 200).points}

    assert math.isclose(float(points[Decimal("-0.35")]), passed, abs_tol=0.02)


@pytest.mark.parametrize(("size", "code"), [(5, "mean_not_judged"), (0, "lot_size_not_of_plan")])
def test_no_curve_without_a_rule(size: int, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        mean_characteristic(CN, size)

    assert refused.value.code == code


def test_no_curve_without_an_acceptance_number() -> None:
    with pytest.raises(NotKnown):
        operating_characteristic(EU, 50, plan="double")
    with pytest.raises(NotKnown):
        operating_characteristic(regimes.find("cn", "2023", None), 50)
    with pytest.raises(BadInput):
        operating_characteristic(CN, 200, shares=[Decimal("1.5")])


def test_an_even_line_fills_to_nominal() -> None:
    found = target(CN, Decimal(500), MeasureUnit.G, Decimal(3))

    assert (found.target, found.bound, found.give_away) == (Decimal(500), "mean", Decimal(0))


def test_an_uneven_line_fills_to_keep_its_share_beyond_t() -> None:
    found = target(CN, Decimal(500), MeasureUnit.G, Decimal(8))

    assert found.by_t1 == Decimal("500.679712")
    assert (found.target, found.bound) == (found.by_t1, "t1")
    share = NormalDist(float(found.target), 8).cdf(485)
    assert math.isclose(share, 0.025, rel_tol=1e-5)


def test_germany_allows_fewer() -> None:
    found = target(DE, Decimal(500), MeasureUnit.G, Decimal(8))

    assert found.z1 == Decimal("2.053749")
    assert found.target > target(UK, Decimal(500), MeasureUnit.G, Decimal(8)).target


def test_a_very_uneven_line_is_bound_by_the_second_limit() -> None:
    found = target(CN, Decimal(500), MeasureUnit.G, Decimal(20))

    assert found.bound == "t2"
    assert found.by_t2 == found.target


def test_a_packer_may_choose_a_share_and_must_where_none_is_printed() -> None:
    chosen = target(US_A, Decimal(454), MeasureUnit.G, Decimal(12), share=Decimal("0.01"))

    assert (chosen.by_t2, chosen.share_confidence) == (None, "configured")
    with pytest.raises(NotKnown):
        target(US_A, Decimal(454), MeasureUnit.G, Decimal(12))
    for share in (Decimal(0), Decimal(1)):
        with pytest.raises(BadInput):
            target(CN, Decimal(454), MeasureUnit.G, Decimal(12), share=share)
    with pytest.raises(BadInput):
        target(CN, Decimal(454), MeasureUnit.G, Decimal(-1))
