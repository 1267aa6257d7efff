"""What holds of every lot, whatever was weighed."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.net_content.rules.units import MeasureUnit
from services.net_content.rules.verdict.findings import Verdict
from services.net_content.rules.verdict.judge import judge
from services.net_content.rules.verdict.lots import Lot
from services.net_content.rules.verdict.spread import spread
from tests.services.net_content.rules.lots import CN, OIML, US_B, judged, lot, steady

CONTENTS = st.lists(st.decimals(450, 540, places=2), min_size=10, max_size=10)
MORE = st.decimals(0, 30, places=2)
PLACES = st.integers(0, 9)


def _raised(contents: Sequence[Decimal], place: int, by: Decimal) -> list[Decimal]:
    return [*contents[:place], contents[place] + by, *contents[place + 1 :]]


@steady
@given(CONTENTS, PLACES, MORE)
def test_a_fuller_package_never_adds_to_the_counts_or_lowers_the_mean(
    contents: list[Decimal], place: int, by: Decimal
) -> None:
    before, after = (judged(CN, 30, 500, c) for c in (contents, _raised(contents, place, by)))

    assert after.mean >= before.mean
    assert _short(after) <= _short(before)
    assert _far_short(after) <= _far_short(before)


def _short(verdict: Verdict) -> int:
    return sum(p.grade != "within" for p in verdict.packages)


def _far_short(verdict: Verdict) -> int:
    return sum(p.grade == "T2" for p in verdict.packages)


@steady
@given(CONTENTS, PLACES, MORE)
def test_where_no_deviation_counts_a_fuller_package_never_fails_a_lot(
    contents: list[Decimal], place: int, by: Decimal
) -> None:
    if judged(US_B, 200, 500, contents).outcome == "pass":
        assert judged(US_B, 200, 500, _raised(contents, place, by)).outcome == "pass"


def test_the_corrected_mean_is_not_monotone_and_that_is_the_law() -> None:
    """Filling the emptiest package up can fail a lot: its spread had excused the low mean."""
    uneven = [Decimal("499.9")] * 9 + [Decimal("498.9")]
    evened = [Decimal("499.9")] * 10

    assert judged(CN, 30, 500, uneven).outcome == "pass"
    assert judged(CN, 30, 500, evened).failing == ("mean",)


@steady
@given(CONTENTS)
def test_grams_and_kilograms_are_one_lot(contents: list[Decimal]) -> None:
    grams = judged(CN, 30, 500, contents)
    kilograms = judge(lot(30, "0.5", [c / 1000 for c in contents], unit="kg"), CN)

    assert kilograms.outcome == grams.outcome
    assert kilograms.failing == grams.failing
    assert [p.grade for p in kilograms.packages] == [p.grade for p in grams.packages]


@steady
@given(CONTENTS, st.permutations(range(10)))
def test_the_order_of_packages_changes_nothing(contents: list[Decimal], order: list[int]) -> None:
    shuffled = [contents[place] for place in order]

    ours, theirs = (judged(CN, 30, 500, c) for c in (contents, shuffled))

    assert ours.rules == theirs.rules


@steady
@given(CONTENTS)
def test_outside_rounding_twice_as_much_is_judged_alike(contents: list[Decimal]) -> None:
    """At 10 and 20 g T is 9 % of both, so every number doubles."""
    small = [c / 50 for c in contents]

    ours = judged(OIML, 100, 10, small * 5)
    theirs = judged(OIML, 100, 20, [2 * c for c in small * 5])

    assert [p.grade for p in ours.packages] == [p.grade for p in theirs.packages]
    assert ours.outcome == theirs.outcome


@steady
@given(CONTENTS, st.decimals("0.1", 2, places=3))
def test_the_exact_test_agrees_with_the_figures_unless_they_are_a_hair_apart(
    contents: list[Decimal], factor: Decimal
) -> None:
    found = spread([c - 500 for c in contents])
    assert found.deviation is not None
    margin = found.mean + factor * found.deviation

    if abs(margin) > Decimal("1e-20"):
        assert found.reaches_nominal(factor) == (margin > 0)


@steady
@given(CONTENTS)
def test_a_verdict_is_the_same_text_every_time_and_reads_back(contents: list[Decimal]) -> None:
    facts = lot(30, 500, contents)
    once, again = (judge(facts, CN).model_dump_json() for _ in range(2))

    assert once == again
    assert Verdict.model_validate_json(once).model_dump_json() == once
    assert Lot.model_validate_json(facts.model_dump_json()) == facts


def test_numbers_are_strings_without_exponents() -> None:
    facts = lot(30, Decimal("5E+2"), [Decimal("5.00E+2")] * 10)

    said = judge(facts, CN).model_dump(mode="json")

    assert (said["nominal"], said["packages"][0]["content"]) == ("500", "500")
    assert said["packages"][0]["error"] == "0"
    assert said["mean"] == "500.000000"


@pytest.mark.parametrize(
    "unit", [u for u in MeasureUnit if u not in {MeasureUnit.LB, MeasureUnit.OZ}]
)
def test_every_unit_of_china_can_be_judged(unit: MeasureUnit) -> None:
    nominal = {"L": 1, "kg": 1, "m2": 1}.get(unit, 60)

    assert judge(lot(30, nominal, [nominal] * 10, unit=unit), CN).outcome == "pass"
