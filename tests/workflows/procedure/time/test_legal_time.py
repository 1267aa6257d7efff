"""Deadlines fall where the facts say, whatever the day they start on."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from contracts.procedure import Extended, NotCounted, TimeUnit
from tests.workflows.procedure.time.builders import SHIPPED, at, due, extended, terms
from tests.workflows.procedure.time.recount import recompute
from workflows.procedure.model import Roll
from workflows.procedure.time.calendar import Year
from workflows.procedure.time.legal_time import deadline, on_day, warn_at

# ── the facts' golden vectors ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("start", "number", "last"),
    [
        ("2026-02-12", 7, "2026-02-28"),  # accept a complaint: a Saturday that is worked
        ("2026-02-12", 3, "2026-02-24"),  # Shandong: accept a metrology report
        ("2026-04-29", 7, "2026-05-12"),  # dispose of preserved evidence
        ("2026-05-06", 10, "2026-05-19"),  # review
        ("2026-09-29", 15, "2026-10-26"),  # assistance
    ],
)
def test_working_days_end_where_the_facts_say(start: str, number: int, last: str) -> None:
    found = due(terms(number), at(start))

    assert found.due_on == date.fromisoformat(last)
    assert not found.derivation.provisional


@pytest.mark.parametrize(
    ("start", "number", "roll", "last"),
    [
        ("2026-03-02", 90, "none", "2026-05-31"),  # decide: a Sunday
        ("2026-03-02", 90, "statutory_holiday", "2026-05-31"),
        ("2026-03-02", 120, "statutory_holiday", "2026-06-30"),
        ("2026-07-03", 90, "none", "2026-10-01"),
        ("2026-07-03", 90, "statutory_holiday", "2026-10-08"),
        ("2026-04-10", 30, "none", "2026-05-10"),  # seizure limits state power: hard
        ("2026-04-10", 60, "none", "2026-06-09"),
        ("2026-06-01", 30, "statutory_holiday", "2026-07-01"),  # public notice
    ],
)
def test_calendar_days_end_where_the_facts_say(
    start: str, number: int, roll: Roll, last: str
) -> None:
    found = due(terms(number, "calendar_days", roll), at(start))

    assert found.due_on == date.fromisoformat(last)
    assert not found.derivation.provisional


def test_the_decision_extended_by_thirty_days_counts_on_from_the_filing() -> None:
    found = due(
        terms(90, "calendar_days", "statutory_holiday"),
        at("2026-03-02"),
        extensions=(extended(30, "calendar_days"),),
    )

    assert found.due_on == date(2026, 6, 30)
    assert found.derivation.number == 120


def test_the_petrol_stations_seizure_stands_still_while_the_pumps_are_tested() -> None:
    seized = at("2024-10-09")
    tested = ("testing", date(2024, 10, 9), date(2024, 10, 31))
    rule = terms(30, "calendar_days")

    assert due(rule, seized, tested).due_on == date(2024, 11, 30)
    prolonged = due(rule, seized, tested, extensions=(extended(30, "calendar_days"),))
    assert prolonged.due_on == date(2024, 12, 30)
    assert prolonged.derivation.not_counted[0].why == "testing"
    assert len(prolonged.derivation.not_counted[0].days) == 22


def test_a_count_into_a_year_without_calendar_is_provisional() -> None:
    found = due(terms(7), at("2026-12-25"))

    assert found.due_on == date(2027, 1, 6)
    assert found.derivation.provisional


def test_a_count_out_of_a_year_without_calendar_is_provisional() -> None:
    assert due(terms(10), at("2003-12-25")).derivation.provisional


def test_the_years_notice_makes_it_final_and_may_move_it() -> None:
    off = (date(2027, 1, 1), date(2027, 1, 2), date(2027, 1, 3))
    rest = (date(2027, 5, 1), date(2027, 5, 2))
    week = (date(2027, 10, 1), date(2027, 10, 2), date(2027, 10, 3))
    notice = Year(
        off_days={"元旦": off, "劳动节": rest, "国庆节": week},
        workdays=(date(2027, 1, 9), date(2027, 1, 10)),
    )
    loaded = replace(SHIPPED, version="with 2027", years={**SHIPPED.years, 2027: notice})
    rule, start = terms(10), at("2026-12-25")

    before = due(rule, start)
    after = deadline(rule, start, calendar=loaded, directory_version="2026-1")

    assert (before.due_on, before.derivation.provisional) == (date(2027, 1, 11), True)
    assert (after.due_on, after.derivation.provisional) == (date(2027, 1, 9), False)
    assert after.derivation.calendar == "with 2027"


# ── where a day begins and ends ──────────────────────────────────────────────────────────────────


def test_a_day_ends_at_midnight_in_shanghai() -> None:
    found = due(terms(7), at("2026-04-29"))

    assert found.due_at.isoformat() == "2026-05-13T00:00:00+08:00"


def test_the_start_day_is_the_day_in_shanghai() -> None:
    late_in_utc = datetime(2026, 3, 2, 16, 30, tzinfo=UTC)  # 00:30 on 3 March in Shanghai

    found = due(terms(1, "calendar_days"), late_in_utc)

    assert found.due_on == date(2026, 3, 4)


def test_any_hour_of_the_start_day_gives_the_same_last_day() -> None:
    ends = {due(terms(15), at("2026-03-02", clock)).due_at for clock in ("00:00", "23:59")}

    assert ends == {at("2026-03-24", "00:00")}


def test_hours_run_through_nights_and_holidays_from_the_instant() -> None:
    found = due(terms(24, "hours"), at("2026-09-30", "22:15"))

    assert found.due_at == at("2026-10-01", "22:15")
    assert found.due_on is None


def test_minutes_run_from_the_instant() -> None:
    found = due(terms(90, "minutes"), datetime(2026, 3, 2, 15, 0, tzinfo=UTC))

    assert found.due_at.isoformat() == "2026-03-03T00:30:00+08:00"


def test_hours_stand_still_in_a_window() -> None:
    window = ("testing", date(2026, 3, 3), date(2026, 3, 4))

    found = due(terms(24, "hours"), at("2026-03-02", "18:00"), window)

    assert found.due_at == at("2026-03-05", "18:00")
    assert found.derivation.not_counted == (
        NotCounted(why="testing", days=(date(2026, 3, 3), date(2026, 3, 4))),
    )


def test_hours_that_end_as_a_window_opens_are_not_moved() -> None:
    window = ("testing", date(2026, 3, 3), date(2026, 3, 4))

    found = due(terms(6, "hours"), at("2026-03-02", "18:00"), window)

    assert found.due_at == at("2026-03-03", "00:00")


def test_hours_that_begin_as_a_window_closes_leave_nothing_out() -> None:
    window = ("testing", date(2026, 2, 27), date(2026, 3, 1))

    found = due(terms(6, "hours"), at("2026-03-02", "00:00"), window)

    assert found.due_at == at("2026-03-02", "06:00")
    assert found.derivation.not_counted == ()


def test_an_agreed_day_is_the_last_day() -> None:
    agreed = on_day(
        terms(0, "calendar_days"),
        at("2026-03-02"),
        date(2026, 5, 3),
        calendar=SHIPPED,
        directory_version="2026-1",
    )

    assert agreed.due_on == date(2026, 5, 3)
    assert recompute(agreed.derivation, SHIPPED) == agreed


def test_an_agreed_day_can_be_put_off_but_does_not_lie_before_the_start() -> None:
    def agreed(day: date, *extensions: Extended) -> date | None:
        return on_day(
            terms(0),
            at("2026-03-02"),
            day,
            calendar=SHIPPED,
            directory_version="2026-1",
            extensions=extensions,
        ).due_on

    assert agreed(date(2026, 3, 10)) == date(2026, 3, 10)
    assert agreed(date(2026, 3, 10), extended(5, "calendar_days")) == date(2026, 3, 15)
    assert agreed(date(2026, 2, 1)) == date(2026, 3, 2)


# ── warning, and counting back ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("start", "number", "unit", "warned"),
    [
        ("2026-03-02", 15, "working_days", "2026-03-20T00:00:00+08:00"),  # due on Monday 23
        ("2026-03-02", 90, "calendar_days", "2026-05-29T00:00:00+08:00"),  # due on Sunday 31
        ("2026-07-05", 90, "calendar_days", "2026-09-30T00:00:00+08:00"),  # due on 3 October
        ("2026-03-02", 1, "working_days", "2026-03-03T00:00:00+08:00"),  # the last day itself
        ("2026-03-02", 0, "calendar_days", "2026-03-02T09:30:00+08:00"),  # at once
        ("2026-03-02", 24, "hours", "2026-03-03T03:30:00+08:00"),  # 18 of 24 hours gone
        ("2026-03-02", 30, "minutes", "2026-03-02T09:52:30+08:00"),
    ],
)
def test_a_warning_leaves_time_to_act(start: str, number: int, unit: TimeUnit, warned: str) -> None:
    found = due(terms(number, unit), at(start))

    assert warn_at(found, at(start), calendar=SHIPPED) == datetime.fromisoformat(warned)


def test_a_warning_does_not_fall_together_with_the_start() -> None:
    start = at("2026-03-02", "00:00")

    warned = warn_at(due(terms(1), start), start, calendar=SHIPPED)

    assert warned == at("2026-03-03", "00:00")
