"""A derivation names what it leaves out and why, and a changed one is found out."""

from dataclasses import replace
from datetime import date

import pytest

from contracts.procedure import NotCounted
from tests.workflows.procedure.time.builders import HEARD_AT, SHIPPED, at, due, extended, terms
from tests.workflows.procedure.time.recount import WrongDerivation, recompute
from workflows.procedure.time.legal_time import MixedUnits


def test_the_derivation_names_each_day_left_out() -> None:
    window = ("testing", date(2026, 5, 8), date(2026, 5, 11))

    found = due(terms(7), at("2026-04-29"), window)

    left_out = {none.why: none.days for none in found.derivation.not_counted}
    assert found.due_on == date(2026, 5, 15)
    assert left_out == {
        "holiday": tuple(date(2026, 5, n) for n in range(1, 6)),
        "testing": (date(2026, 5, 8), date(2026, 5, 9), date(2026, 5, 11)),
        "weekend": (date(2026, 5, 10),),
    }


def test_a_day_in_two_windows_is_left_out_for_the_one_begun_first() -> None:
    testing = ("testing", date(2026, 3, 3), date(2026, 3, 5))
    hearing = ("hearing", date(2026, 3, 5), date(2026, 3, 6))

    found = due(terms(5, "calendar_days"), HEARD_AT, hearing, testing)

    assert found.due_on == date(2026, 3, 11)
    assert found.derivation.not_counted == (
        NotCounted(why="testing", days=tuple(date(2026, 3, n) for n in (3, 4, 5))),
        NotCounted(why="hearing", days=(date(2026, 3, 6),)),
    )


def test_calendar_days_run_through_weekends_and_holidays() -> None:
    found = due(terms(30, "calendar_days"), at("2026-09-20"))

    assert found.derivation.not_counted == ()
    assert not found.derivation.provisional


def test_a_rolled_deadline_tells_from_where_and_over_what() -> None:
    found = due(terms(90, "calendar_days", "statutory_holiday"), at("2026-07-03"))

    assert found.derivation.rolled_from == date(2026, 10, 1)
    assert found.derivation.not_counted == (
        NotCounted(why="holiday", days=tuple(date(2026, 10, n) for n in range(1, 8))),
    )


def test_a_period_that_rolls_does_not_end_in_a_window() -> None:
    window = ("testing", date(2026, 10, 8), date(2026, 10, 9))

    found = due(terms(90, "calendar_days", "statutory_holiday"), at("2026-07-03"), window)

    assert found.due_on == date(2026, 10, 10)
    assert recompute(found.derivation, SHIPPED) == found


def test_a_period_that_may_roll_into_a_year_not_known_is_provisional() -> None:
    rule = terms(31, "calendar_days", "statutory_holiday")

    rolled = due(rule, at("2026-12-01"))
    hard = due(replace(rule, roll="none"), at("2026-12-01"))

    assert (rolled.due_on, rolled.derivation.provisional) == (date(2027, 1, 2), True)
    assert (hard.due_on, hard.derivation.provisional) == (date(2027, 1, 1), False)


def test_a_window_that_ends_before_it_begins_is_a_fault() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        due(terms(7), HEARD_AT, ("testing", date(2026, 3, 5), date(2026, 3, 4)))


def test_an_extension_in_another_unit_is_a_fault() -> None:
    with pytest.raises(MixedUnits, match="calendar_days"):
        due(terms(15), HEARD_AT, extensions=(extended(15, "calendar_days"),))


def test_a_negative_length_is_a_fault() -> None:
    with pytest.raises(ValueError, match="-1"):
        terms(-1)


TOLD = due(terms(7), at("2026-04-29")).derivation
LEFT_OUT = TOLD.not_counted
MONDAY_AS_WEEKEND = NotCounted(why="weekend", days=(date(2026, 5, 11),))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"not_counted": ()}, "no working day"),
        ({"not_counted": (*LEFT_OUT, MONDAY_AS_WEEKEND)}, "is not"),
        ({"number": 1}, "outside"),
        ({"not_counted": (NotCounted(why="testing", days=(date(2026, 9, 1),)),)}, "outside"),
        ({"rolled_from": date(2026, 5, 6)}, "not on 2026-05-06"),
        ({"calendar": "another"}, "another"),
    ],
)
def test_a_changed_derivation_is_found_out(change: dict[str, object], says: str) -> None:
    with pytest.raises(WrongDerivation, match=says):
        recompute(TOLD.model_copy(update=change), SHIPPED)
