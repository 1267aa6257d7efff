"""Tare, moisture and whether the scale was good enough."""

from decimal import Decimal

import pytest

from services.net_content.rules.refusals import BadInput
from services.net_content.rules.regimes import Regime
from services.net_content.rules.verdict.judge import judge
from services.net_content.rules.verdict.lots import Moisture
from tests.services.net_content.rules.lots import CN, DE, EU, OIML, US_A, gross, lot, rule

LIGHT = (Decimal(20),) * 10
HEAVY_EVEN = tuple(Decimal(60) + place % 2 for place in range(10))
HEAVY_UNEVEN = tuple(Decimal(60) + 10 * (place % 2) for place in range(10))


def test_a_light_tare_is_the_mean_of_ten() -> None:
    verdict = judge(gross(30, 500, [521] * 10, tares=LIGHT), CN)

    assert verdict.tare is not None
    assert verdict.tare.mean == 20
    assert verdict.packages[0].content == 501


def test_ten_per_cent_is_still_light() -> None:
    facts = gross(30, 500, [555] * 10, tares=(Decimal(40), Decimal(60)) * 5)

    assert judge(facts, CN).packages[0].content == 505


def test_a_heavy_even_tare_wants_twenty_five() -> None:
    with pytest.raises(BadInput, match="25") as refused:
        judge(gross(30, 500, [565] * 10, tares=HEAVY_EVEN), CN)
    assert refused.value.code == "tare_undecided"

    more = HEAVY_EVEN + tuple(Decimal("60.5") for _ in range(15))
    verdict = judge(gross(30, 500, [565] * 10, tares=more), CN)

    assert verdict.packages[0].content == Decimal("504.5")


def test_a_heavy_even_tare_is_enough_with_ten_in_germany() -> None:
    weighed = gross(8, 500, [565] * 8, tares=HEAVY_EVEN, plan="full")

    assert judge(weighed, DE).packages[0].content == Decimal("504.5")


@pytest.mark.parametrize("count", [10, 25])
def test_an_uneven_heavy_tare_wants_each_package_weighed(count: int) -> None:
    tares = (HEAVY_UNEVEN * 3)[:count]

    with pytest.raises(BadInput, match="each"):
        judge(gross(30, 500, [565] * 10, tares=tares), CN)


def test_each_package_may_have_its_own_tare() -> None:
    facts = gross(30, 500, [565] * 10)
    own = tuple(p.model_copy(update={"tare": Decimal(60 + p.number)}) for p in facts.packages)

    verdict = judge(facts.model_copy(update={"packages": own}), CN)

    assert [p.content for p in verdict.packages] == [Decimal(505 - place) for place in range(10)]


@pytest.mark.parametrize("regime", [CN, OIML], ids=["cn", "oiml"])
@pytest.mark.parametrize(("uncertainty", "fine"), [("1.8", True), ("1.81", False), ("0.4", True)])
def test_uncertainty_is_at_most_a_fifth_of_t(regime: Regime, uncertainty: str, fine: bool) -> None:
    facts = lot(200, 240, [Decimal("243.9")] * 50, unit="mL", uncertainty=Decimal(uncertainty))

    verdict = judge(facts, regime)

    assert rule(verdict, "uncertainty").holds == fine
    assert verdict.outcome == ("pass" if fine else "undecided")


def test_a_coarse_measurement_condemns_nobody() -> None:
    facts = lot(200, 240, [200] * 50, unit="mL", uncertainty=Decimal(5))

    assert judge(facts, CN).outcome == "undecided"


@pytest.mark.parametrize(("division", "fine"), [("1.2", True), ("1.3", False)])
def test_an_american_division_is_at_most_a_sixth_of_the_mav(division: str, fine: bool) -> None:
    verdict = judge(lot(200, 113, [114] * 12, division=Decimal(division)), US_A)

    assert rule(verdict, "division").holds == fine


@pytest.mark.parametrize(
    ("nominal", "greatest"),
    [(10, "0.1"), (20, "0.2"), (174, "0.5"), (175, "1"), (499, "1"), (500, "2")],
)
def test_the_german_table_of_divisions(nominal: int, greatest: str) -> None:
    verdict = judge(lot(8, nominal, [nominal] * 8, plan="full", division=Decimal("0.1")), DE)

    assert rule(verdict, "division").limit == Decimal(greatest)


def test_an_allowance_in_whole_divisions() -> None:
    """3 % of 907 g is 27 g on a scale that shows grams: 921 g gross, 894 g adjusted."""
    facts = lot(200, 907, [890] * 12, division=Decimal(1))
    moist = facts.model_copy(update={"moisture": Moisture(goods="flour", method="before")})

    verdict = judge(moist, US_A)

    assert verdict.moisture == 27
    assert verdict.packages[0].error == 10


def test_an_allowance_after_the_test_widens_the_variation() -> None:
    facts = lot(200, 907, [*[907] * 11, 850])
    moist = facts.model_copy(update={"moisture": Moisture(goods="flour", method="after")})

    assert rule(judge(facts, US_A), "t1").found == 1
    assert rule(judge(moist, US_A), "t1").found == 0


@pytest.mark.parametrize("method", ["before", "after"])
def test_pasta_that_only_the_allowance_saves_is_asked_about(method: str) -> None:
    facts = lot(200, 500, [*[492] * 6, *[491] * 6])
    claim = Moisture.model_validate({"goods": "pasta", "method": method})

    verdict = judge(facts.model_copy(update={"moisture": claim}), US_A)

    assert verdict.outcome == "undecided"
    assert "ask the packer" in rule(verdict, "mean").en


@pytest.mark.parametrize(
    ("regime", "n", "goods", "code"),
    [
        (CN, 10, "flour", "moisture_not_printed"),
        (US_A, 12, "soap", "goods_without_allowance"),
    ],
)
def test_an_allowance_that_is_not_printed_is_refused(
    regime: Regime, n: int, goods: str, code: str
) -> None:
    claim = Moisture(goods=goods, method="before")

    with pytest.raises(BadInput) as refused:
        judge(lot(30, 500, [500] * n, moisture=claim), regime)

    assert refused.value.code == code


def test_europe_takes_volume_as_weight() -> None:
    in_ml = judge(lot(100, 500, [500] * 20, unit="mL", plan="destructive"), EU)
    in_grams = judge(lot(100, 500, [500] * 20, plan="destructive"), EU)

    assert in_ml.tolerance == in_grams.tolerance
