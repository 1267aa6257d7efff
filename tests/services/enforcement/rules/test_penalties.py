"""Sums at, just below and far above their limits."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.enforcement.rules.penalties import (
    Party,
    hearing_must_be_offered,
    late_surcharge_yuan,
)

SUMS = st.decimals(0, 10**9, places=2)


@pytest.mark.parametrize(
    ("party", "fine", "confiscated", "offered"),
    [
        ("person", "9999.99", "0", False),
        ("person", "10000", "0", True),
        ("person", "0", "10000", True),
        ("person", "6000", "6000", False),
        ("organisation", "99999.99", "0", False),
        ("organisation", "100000", "0", True),
        ("organisation", "10000", "100000", True),
        ("organisation", "60000", "60000", False),
    ],
)
def test_a_hearing_is_offered_from_the_sum_on(
    party: Party, fine: str, confiscated: str, *, offered: bool
) -> None:
    assert hearing_must_be_offered(party, Decimal(fine), Decimal(confiscated)) is offered


@pytest.mark.parametrize("grounds", [{"stops_business": True}, {"touches_licence": True}])
def test_some_penalties_open_a_hearing_without_any_sum(grounds: dict[str, Any]) -> None:
    assert hearing_must_be_offered("organisation", Decimal(0), **grounds)


@pytest.mark.parametrize(
    ("fine", "days", "surcharge"),
    [
        ("1000", 0, "0"),
        ("1000", 1, "30.00"),
        ("1000", 33, "990.00"),
        ("1000", 34, "1000"),
        ("1000", 400, "1000"),
        ("0.50", 1, "0.02"),
        ("0", 90, "0"),
    ],
)
def test_the_surcharge_grows_three_percent_a_day_up_to_the_fine(
    fine: str, days: int, surcharge: str
) -> None:
    assert late_surcharge_yuan(Decimal(fine), days) == Decimal(surcharge)


def test_nobody_pays_late_by_less_than_no_day() -> None:
    with pytest.raises(ValueError, match="late"):
        late_surcharge_yuan(Decimal(1), -1)


@given(SUMS, st.integers(0, 1000))
def test_the_surcharge_never_passes_the_fine_nor_shrinks(fine: Decimal, days: int) -> None:
    today, tomorrow = late_surcharge_yuan(fine, days), late_surcharge_yuan(fine, days + 1)

    assert today <= tomorrow <= fine
