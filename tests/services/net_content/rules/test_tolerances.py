"""Tolerable deficiency: the tables, their rounding, and tables that are known to be wrong."""

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.net_content.rules.refusals import BadInput
from services.net_content.rules.regimes import Regime
from services.net_content.rules.regimes.model import RoundingStep
from services.net_content.rules.units import MeasureUnit
from services.net_content.rules.verdict.tolerances import tolerance
from tests.services.net_content.rules.lots import ALL, CN, DE, EU, OIML, UK, US_A, US_B, steady

ROUNDED = """
5      0.45   0.4  0.5  0.5  0.5
25     2.25   2.2  2.3  2.3  2.3
35     3.15   3.2  3.2  3.2  3.2
50     4.5    4.5  4.5  4.5  4.5
101    4.545  4.5  4.5  4.6  4.6
133    5.985  6.0  6.0  6.0  6.0
165    7.425  7.4  7.4  7.5  7.5
301    9.03   9.0  9.0  9.1  9.1
454    13.62  13.6 13.6 13.7 13.7
501    15     15   15   15   15
1000   15     15   15   15   15
1100   16.5   16   17   17   16.5
1500   22.5   22   23   23   22.5
2500   37.5   38   38   38   37.5
9900   148.5  148  149  149  148.5
15050  150.5  150  151  151  150.5
"""
TABLE = [tuple(map(Decimal, line.split())) for line in ROUNDED.split("\n") if line]


def t1(regime: Regime, nominal: object, unit: MeasureUnit = MeasureUnit.G) -> Decimal:
    return tolerance(regime, Decimal(str(nominal)), unit).t1


@pytest.mark.parametrize("row", TABLE, ids=lambda row: str(row[0]))
def test_each_law_rounds_in_its_own_way(row: tuple[Decimal, ...]) -> None:
    nominal, raw, even, half_up, up, european = row

    assert tolerance(CN, nominal, MeasureUnit.G).unrounded == raw
    assert t1(CN, nominal) == even
    assert t1(_half_up(CN), nominal) == half_up
    assert t1(OIML, nominal) == up
    assert t1(UK if nominal > 10_000 else EU, nominal) == european


def _half_up(regime: Regime) -> Regime:
    first = regime.deficiencies[0].first
    steps = tuple(RoundingStep(up_to=s.up_to, step=s.step, mode="half_up") for s in first.rounding)
    table = regime.deficiencies[0].model_copy(
        update={"first": first.model_copy(update={"rounding": steps})}
    )
    return regime.model_copy(update={"deficiencies": (table, *regime.deficiencies[1:])})


def test_a_tie_is_told_since_the_annex_does_not_say_how_it_rounds() -> None:
    assert tolerance(CN, Decimal(25), MeasureUnit.G).tie
    assert not tolerance(CN, Decimal(165), MeasureUnit.G).tie
    assert not tolerance(OIML, Decimal(25), MeasureUnit.G).tie


@pytest.mark.parametrize(
    ("nominal", "wrong", "right"),
    [
        (20_000, 150, 200),  # a calculator that stops at 150 g
        (30, 0, "2.7"),  # an application whose first band is empty
        ("49.5", 0, "4.5"),  # with holes at 49-50
        (14_999, 0, 150),
        (15_000, 0, 150),
        (150, "11.2", "6.8"),  # a page with 7.5 % for 100-200 g
        (300, 20, 9),  # a page with 20 g at 300 g
        (400, 15, 12),  # a checkweigher with 15 g at 400 g
    ],
)
def test_wrong_figures_in_circulation_are_not_ours(
    nominal: object, wrong: object, right: object
) -> None:
    found = t1(CN, nominal)

    assert found == Decimal(str(right))
    assert found != Decimal(str(wrong))


def test_twice_and_not_a_part_of_t_is_the_second_limit() -> None:
    limits = tolerance(CN, Decimal(500), MeasureUnit.G)

    assert limits.t1 == 15
    assert limits.t2 == 30


def test_germany_rounds_its_second_limit_by_itself() -> None:
    limits = tolerance(DE, Decimal(101), MeasureUnit.G)

    assert (limits.t1, limits.t2) == (Decimal("4.6"), Decimal("9.1"))


@pytest.mark.parametrize(
    ("pieces", "allowed"),
    [(50, 0), (51, 1), (100, 1), (101, 2), (150, 2), (200, 2), (201, 3)],
)
def test_a_fraction_of_a_piece_goes_up(pieces: int, allowed: int) -> None:
    assert t1(CN, pieces, MeasureUnit.PIECE) == allowed


def test_length_and_area_have_their_own_shares() -> None:
    assert t1(CN, 5, MeasureUnit.M) == 0
    assert t1(CN, 600, MeasureUnit.CM) == 12
    assert t1(CN, 2, MeasureUnit.M2) == Decimal("0.06")


@pytest.mark.parametrize(
    ("nominal", "unit", "allowed"),
    [
        (113, MeasureUnit.G, "7.2"),
        (907, MeasureUnit.G, "31.7"),
        (454, MeasureUnit.G, "19.9"),
        ("0.25", MeasureUnit.LB, "0.016"),
        (2, MeasureUnit.LB, "0.07"),
        (3, MeasureUnit.OZ, "0.25"),
        (8, MeasureUnit.OZ, "0.4375"),  # not 10 % of 8 oz
        (60, MeasureUnit.LB, "1.2"),
        (20, MeasureUnit.G, "2"),
        (17, MeasureUnit.OZ, "0.6875"),
    ],
)
def test_american_variations(nominal: object, unit: MeasureUnit, allowed: str) -> None:
    assert t1(US_A, nominal, unit) == Decimal(allowed)


def test_american_grams_are_american_pounds_cut_short() -> None:
    """Every figure of the metric column is that of the pound column, truncated."""
    pounds, grams = (d.first.bands[1:-1] for d in US_A.deficiencies[:3:2])

    for in_pounds, in_grams in zip(pounds, grams, strict=True):
        assert in_pounds.amount is not None
        assert in_grams.amount is not None
        place = Decimal(1) if in_pounds.amount > Decimal("0.1") else Decimal("0.1")
        assert 0 <= in_pounds.amount * Decimal("453.592") - in_grams.amount < place


def test_meat_under_federal_inspection_has_a_table_of_its_own() -> None:
    def at(grams: object, goods: str | None) -> Decimal:
        return tolerance(US_B, Decimal(str(grams)), MeasureUnit.G, goods).t1

    assert at("84.9999", "usda_fluid") == Decimal("8.49999")
    assert at(85, "usda_fluid") == Decimal("7.1")
    assert at(500, "usda_other") == Decimal("28.3")
    assert at(500, None) == Decimal("21.7")
    with pytest.raises(BadInput, match="lb"):
        tolerance(US_B, Decimal(1), MeasureUnit.LB, "usda_other")


@pytest.mark.parametrize(
    ("regime", "nominal", "unit"),
    [
        (CN, 50_001, MeasureUnit.G),
        (EU, 4, MeasureUnit.G),
        (EU, 10_001, MeasureUnit.G),
        (UK, 25_001, MeasureUnit.G),
        (CN, 1, MeasureUnit.LB),
        (US_A, 500, MeasureUnit.ML),  # table 2-6 is not known
        (US_A, 50, MeasureUnit.PIECE),  # table 2-11 is not known
        (US_A, 2301, MeasureUnit.PIECE),
        (US_A, 44, MeasureUnit.M),
        (DE, 5, MeasureUnit.M),
    ],
)
def test_beyond_the_tables_nothing_is_invented(
    regime: Regime, nominal: int, unit: MeasureUnit
) -> None:
    with pytest.raises(BadInput) as refused:
        t1(regime, nominal, unit)

    assert refused.value.code in {"outside_scope", "unit_not_of_regime"}


@pytest.mark.parametrize("joint", [50, 100, 200, 300, 500, 1000, 10_000, 15_000])
def test_the_table_has_no_step_at_its_joints(joint: int) -> None:
    apart = Decimal("0.000001")

    below, above = (tolerance(CN, joint + d, MeasureUnit.G).unrounded for d in (-apart, apart))

    assert abs(above - below) < Decimal("0.000001")


@pytest.mark.parametrize("regime", ALL, ids=lambda r: f"{r.name}-{r.edition}")
@steady
@given(data=st.data())
def test_more_content_may_lack_more(regime: Regime, data: st.DataObject) -> None:
    contents = st.decimals(5, 10_000, places=2)
    small, large = sorted((data.draw(contents), data.draw(contents)))

    assert t1(regime, small) <= t1(regime, large)


@steady
@given(st.decimals(1, 50, places=3))
def test_a_kilogram_is_a_thousand_grams(kilograms: Decimal) -> None:
    assert t1(CN, kilograms, MeasureUnit.KG) * 1000 == t1(CN, kilograms * 1000, MeasureUnit.G)


@steady
@given(st.decimals(5, 1000, places=1))
def test_rounding_is_that_of_decimal(nominal: Decimal) -> None:
    limits = tolerance(CN, nominal, MeasureUnit.G)
    tenth = Decimal("0.1")

    assert limits.t1 == limits.unrounded.quantize(tenth, ROUND_HALF_EVEN)
    assert t1(_half_up(CN), nominal) == limits.unrounded.quantize(tenth, ROUND_HALF_UP)
