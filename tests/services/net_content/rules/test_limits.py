"""What happens exactly at a limit, one digit inside it and one outside."""

from decimal import Decimal

import pytest

from services.net_content.rules.regimes import Regime
from services.net_content.rules.verdict.judge import judge
from services.net_content.rules.verdict.lots import PlanName
from services.net_content.rules.verdict.spread import spread
from tests.services.net_content.rules.lots import (
    CN,
    DE,
    EU,
    OIML,
    UK,
    US_A,
    US_B,
    judged,
    lot,
    rule,
)

HAIR = Decimal("0.000000001")


@pytest.mark.parametrize(
    ("content", "grade"),
    [
        (Decimal(241), "within"),
        (241 - HAIR, "T1"),
        (Decimal(232), "T1"),
        (232 - HAIR, "T2"),
        (Decimal("240.99"), "T1"),
        (Decimal(0), "T2"),
    ],
)
@pytest.mark.parametrize("regime", [CN, OIML], ids=["cn", "oiml"])
def test_exactly_t_is_within_and_exactly_2t_is_t1(
    regime: Regime, content: Decimal, grade: str
) -> None:
    verdict = judged(regime, 200, 250, [content, *[252] * 49])

    assert verdict.packages[0].grade == grade
    assert ("t2" in verdict.failing) == (grade == "T2")


@pytest.mark.parametrize(("count", "outcome"), [(3, "pass"), (4, "fail")])
def test_the_allowed_number_is_allowed(count: int, outcome: str) -> None:
    verdict = judged(CN, 200, 250, [*[240] * count, *[252] * (50 - count)])

    assert verdict.outcome == outcome
    assert rule(verdict, "t1").margin == 3 - count


def test_one_beyond_2t_fails_a_chinese_lot_and_no_european_one() -> None:
    sample = [231, *[252] * 49]

    chinese, british = judged(CN, 200, 250, sample), judged(UK, 200, 250, sample)

    assert chinese.failing == ("t2",)
    assert (british.outcome, british.withheld) == ("pass", (1,))
    assert rule(british, "t2").bears_on == "package"


def test_a_plain_mean_passes_at_nominal_and_not_a_hair_below() -> None:
    at = judged(US_B, 200, 500, [500] * 10)
    below = judged(US_B, 200, 500, [500 - HAIR, *[500] * 9])

    assert at.outcome == "pass"
    assert below.failing == ("mean",)
    assert rule(below, "mean").margin == 0  # too small to be shown, and decided all the same


def _at_the_limit() -> list[Decimal]:
    """Ten errors whose mean is exactly -1.028 s: half at a - b, half at a + b."""
    # s² = 10 b²/9, so mean² = 1.028² s² asks b² = 9a²/(10·1.028²); no finite decimal does it
    a = Decimal("-1.028")
    b = (9 * a * a / (10 * Decimal("1.028") ** 2)).sqrt()
    return [a - b] * 5 + [a + b] * 5


def test_a_mean_at_the_limit_as_near_as_digits_go_is_decided_by_the_exact_test() -> None:
    below, above = (_shifted(HAIR * sign) for sign in (-1, 1))

    assert not spread(below).reaches_nominal(Decimal("1.028"))
    assert spread(above).reaches_nominal(Decimal("1.028"))


def _shifted(by: Decimal) -> list[Decimal]:
    return [error.quantize(Decimal("1e-12")) + by for error in _at_the_limit()]


def test_a_mean_exactly_at_the_limit_passes() -> None:
    """Errors whose mean and deviation are whole, so that a factor of 2 is exactly enough."""
    errors = [Decimal(e) for e in (-3, -1, -2, -3, -1)]
    found = spread(errors)

    assert found.mean == -2
    assert found.deviation == 1
    assert found.reaches_nominal(Decimal(2))
    assert not found.reaches_nominal(2 - HAIR)


def test_a_mean_a_whole_step_off_is_not_saved_by_binary_floats() -> None:
    """0.1 + 0.2 style: in floats these errors do not add up to nothing."""
    errors = [Decimal("-0.1"), Decimal("-0.2"), Decimal("0.3")]

    assert sum(map(float, errors)) != 0
    assert spread(errors).reaches_nominal(Decimal(0))


@pytest.mark.parametrize(("content", "count"), [("434.1", 0), ("434.09", 1)])
def test_an_american_error_of_exactly_the_mav_is_reasonable(content: str, count: int) -> None:
    verdict = judged(US_A, 200, 454, [content, *[456] * 11])

    assert rule(verdict, "t1").found == count
    assert verdict.failing == (("t1",) if count else ())


def test_an_american_lot_has_no_second_limit() -> None:
    verdict = judged(US_A, 5000, 454, [400, *[456] * 47])

    assert [rule.rule for rule in verdict.rules] == ["mean", "t1"]
    assert verdict.outcome == "pass"


def test_a_short_metre_fails_since_nothing_may_be_lacking() -> None:
    verdict = judge(lot(30, 5, ["4.999", *["5.01"] * 9], unit="m"), CN)

    assert verdict.failing == ("t2",)


def test_pieces_are_judged_as_pieces() -> None:
    verdict = judge(lot(30, 100, [98, *[101] * 9], unit="piece"), CN)

    assert (verdict.packages[0].grade, verdict.failing) == ("T1", ("t1",))


@pytest.mark.parametrize(
    ("first", "second", "outcome", "stage"),
    [
        (1, None, "pass", 1),
        (2, None, "undecided", 1),
        (3, None, "fail", 1),
        (2, 2, "pass", 2),
        (2, 3, "fail", 2),
        (1, 9, "pass", 1),
    ],
)
@pytest.mark.parametrize("regime", [EU, UK], ids=["eu", "uk"])
def test_a_second_sample_is_due_between_the_numbers(
    regime: Regime, first: int, second: int | None, outcome: str, stage: int
) -> None:
    sample = [*[240] * first, *[252] * (30 - first)]
    if second is not None:
        sample += [*[240] * second, *[252] * (30 - second)]

    verdict = judge(lot(300, 250, sample, plan="double"), regime)

    assert (verdict.outcome, verdict.plan.stage) == (outcome, stage)


def test_a_failed_mean_needs_no_second_sample() -> None:
    sample = [*[240] * 2, *[249] * 28]

    verdict = judge(lot(300, 250, sample, plan="double"), EU)

    assert (verdict.outcome, verdict.failing) == ("fail", ("mean",))


@pytest.mark.parametrize(
    ("regime", "plan", "size", "bad", "outcome"),
    [
        (UK, "full", 60, 3, "pass"),  # 5 % of 60
        (UK, "full", 60, 4, "fail"),
        (DE, "full", 60, 1, "pass"),  # 2 % of 60 is 1.2
        (DE, "full", 60, 2, "fail"),
        (EU, "full", 60, 0, "undecided"),  # how many may be defective is not printed
        (DE, "destructive", 1000, 1, "pass"),
        (DE, "destructive", 1000, 2, "fail"),
        (EU, "destructive", 1000, 1, "pass"),
        (EU, "destructive", 1000, 2, "fail"),
    ],
)
def test_whole_lots_and_opened_packages(
    regime: Regime, plan: PlanName, size: int, bad: int, outcome: str
) -> None:
    n = {"full": size, "destructive": 13 if regime is DE else 20}[plan]
    sample = [*[240] * bad, *[253] * (n - bad)]

    assert judge(lot(size, 250, sample, plan=plan), regime).outcome == outcome


def test_a_whole_lot_gets_no_allowance_for_sampling() -> None:
    verdict = judge(lot(60, 250, [*[249] * 31, *[251] * 29], plan="full"), UK)

    assert verdict.failing == ("mean",)


@pytest.mark.parametrize(("last", "outcome"), [("4.99", "pass"), ("4.989", "fail")])
def test_german_lengths_are_judged_by_their_range(last: str, outcome: str) -> None:
    """N 51-150: mean error + 0.35 R >= 0, here -0.014 + 0.35 · 0.04 and a hair less."""
    contents = ["4.97", "5.01", "4.98", "4.98", last]

    verdict = judge(lot(100, 5, contents, unit="m"), DE)

    assert verdict.outcome == outcome
    assert verdict.tolerance is None
    assert {package.grade for package in verdict.packages} == {"unjudged"}
