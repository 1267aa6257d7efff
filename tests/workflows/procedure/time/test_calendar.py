"""The calendar of working days is right, knows what it does not know, and refuses nonsense."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import chinese_calendar
import pytest

from deploy.calendar_from_package import CALENDAR, published_years, render
from workflows.procedure.time.calendar import BadCalendar, Calendar, Year, load_calendar

SHIPPED = load_calendar(CALENDAR.read_text("utf-8"))


def days_of(*years: int) -> Iterator[date]:
    for year in years:
        first = date(year, 1, 1)
        yield from (first + timedelta(n) for n in range((date(year + 1, 1, 1) - first).days))


def dates(*written: str) -> list[date]:
    return [date.fromisoformat(day) for day in written]


def refusal(text: str) -> BadCalendar:
    with pytest.raises(BadCalendar) as refused:
        load_calendar(text)
    return refused.value


def test_the_shipped_file_is_what_the_package_says_today() -> None:
    kept = {n: year for n, year in SHIPPED.years.items() if n not in published_years()}

    assert CALENDAR.read_text("utf-8") == render(kept)


def test_every_day_of_every_published_year_agrees_with_the_package() -> None:
    for day in days_of(*range(2004, 2027)):
        assert SHIPPED.is_working_day(day) == chinese_calendar.is_workday(day), day


@pytest.mark.parametrize(
    ("year", "working_days"),
    [
        (2018, 250),
        (2019, 250),
        (2020, 249),
        (2021, 250),
        (2022, 249),
        (2023, 249),
        (2024, 251),
        (2025, 248),
        (2026, 248),
    ],
)
def test_a_year_has_its_number_of_working_days(year: int, working_days: int) -> None:
    assert sum(map(SHIPPED.is_working_day, days_of(year))) == working_days


def test_the_days_off_of_2026_are_holidays_with_the_weekends_inside_them() -> None:
    spans = [
        ("2026-01-01", "2026-01-03"),
        ("2026-02-15", "2026-02-23"),
        ("2026-04-04", "2026-04-06"),
        ("2026-05-01", "2026-05-05"),
        ("2026-06-19", "2026-06-21"),
        ("2026-09-25", "2026-09-27"),
        ("2026-10-01", "2026-10-07"),
    ]

    holidays = [day for day in days_of(2026) if SHIPPED.why_not(day) == "holiday"]

    assert holidays == [day for day in days_of(2026) if any(a <= str(day) <= b for a, b in spans)]


@pytest.mark.parametrize(
    "worked",
    [
        *dates("2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"),
        *dates("2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"),
    ],
)
def test_a_weekend_day_worked_in_exchange_counts(worked: date) -> None:
    assert worked.weekday() >= 5

    assert SHIPPED.is_working_day(worked)


def test_a_day_off_says_why() -> None:
    assert SHIPPED.why_not(date(2026, 5, 4)) == "holiday"
    assert SHIPPED.why_not(date(2026, 5, 10)) == "weekend"
    assert SHIPPED.why_not(date(2026, 5, 6)) is None


def test_a_year_not_published_has_weekends_and_the_holidays_of_fixed_date() -> None:
    assert not SHIPPED.known(2027)

    off = [day for day in days_of(2027) if SHIPPED.why_not(day) == "holiday"]

    assert off == dates(
        "2027-01-01", "2027-05-01", "2027-05-02", "2027-10-01", "2027-10-02", "2027-10-03"
    )
    assert SHIPPED.why_not(date(2027, 1, 2)) == "weekend"
    assert SHIPPED.is_working_day(date(2027, 2, 8))


def test_the_last_days_of_december_wait_for_the_notice_of_the_next_year() -> None:
    # The notice for 2019 made Saturday 29 December 2018 a day of work and Monday 31 a day off.
    assert SHIPPED.is_working_day(date(2018, 12, 29))
    assert not SHIPPED.is_working_day(date(2018, 12, 31))

    assert SHIPPED.settled(date(2026, 1, 1), date(2026, 12, 28))
    assert not SHIPPED.settled(date(2026, 12, 28), date(2026, 12, 29))
    assert SHIPPED.settled(date(2025, 12, 28), date(2025, 12, 31))


def test_a_gap_between_known_years_is_not_settled() -> None:
    gap = replace(SHIPPED, years={n: SHIPPED.years[n] for n in (2024, 2026)})

    assert not gap.settled(date(2024, 3, 1), date(2026, 3, 1))


def test_loading_a_notice_makes_its_year_known() -> None:
    text = CALENDAR.read_text("utf-8").replace('version = "', 'version = "own-')
    notice = """
        [years.2027]
        off_days."元旦" = [2027-01-01, 2027-01-02, 2027-01-03]
        off_days."劳动节" = [2027-05-01, 2027-05-02, 2027-05-03]
        off_days."国庆节" = [2027-10-01, 2027-10-02, 2027-10-03, 2027-10-04]
        workdays = [2027-10-10]
    """

    loaded = load_calendar(text + notice)

    assert loaded.known(2027)
    assert loaded.version != SHIPPED.version
    assert loaded.is_working_day(date(2027, 10, 10))
    assert loaded.why_not(date(2027, 10, 4)) == "holiday"


def test_a_year_added_by_hand_survives_writing_the_file_again() -> None:
    own = Year(off_days={"元旦": (date(1999, 1, 1),)})

    again = load_calendar(render({1999: own}))

    assert again.years[1999] == own
    assert again.years[2026] == SHIPPED.years[2026]
    assert again.version != SHIPPED.version


def test_a_calendar_with_other_years_forgets_what_it_worked_out_before() -> None:
    assert SHIPPED.why_not(date(2026, 2, 16)) == "holiday"

    without = replace(SHIPPED, years={})

    assert without.is_working_day(date(2026, 2, 16))


@pytest.mark.parametrize(
    ("table", "key", "reason"),
    [
        ("off_days.x = [2025-12-31]", "years", "2025-12-31"),
        ("off_days.x = [2024-01-01]\nworkdays = [2024-01-01]", "years.2024", "twice"),
        ("off_days.x = []\nworkdays = [2024-01-02]", "years.2024", "2024-01-02"),
        ("off_days.x = ['soon']", "years.2024.off_days.x.0", "date"),
        ("off_days.x = []\nholidays = []", "years.2024.holidays", "xtra"),
        ("workdays = []", "years.2024.off_days", "required"),
    ],
)
def test_a_wrong_calendar_is_refused_with_key_and_reason(table: str, key: str, reason: str) -> None:
    refused = refusal(f'version = "v"\n[years.2024]\n{table}')

    assert refused.key == key
    assert reason in refused.reason


def test_a_year_under_the_present_law_must_have_its_statutory_holidays() -> None:
    table = 'version = "v"\n[years.{}]\noff_days.x = []'

    assert "2025-01-01" in refusal(table.format(2025)).reason
    assert load_calendar(table.format(2024)).known(2024)


def test_a_statutory_holiday_is_no_day_of_work() -> None:
    worked = CALENDAR.read_text("utf-8").replace("2026-05-02, 2026-05-03, ", "2026-05-03, ")

    refused = refusal(worked.replace("2026-05-09", "2026-05-02"))

    assert "2026-05-02" in refused.reason


def test_a_calendar_without_a_version_is_refused() -> None:
    assert refusal("[years]").key == "version"


def test_what_is_no_toml_is_refused() -> None:
    assert refusal("years = ").key == "toml"


def test_the_working_day_before_skips_what_does_not_count() -> None:
    assert SHIPPED.working_day_before(date(2026, 10, 8)) == date(2026, 9, 30)
    assert SHIPPED.working_day_before(date(2026, 10, 11)) == date(2026, 10, 10)


def test_equal_tables_are_equal_calendars() -> None:
    again = load_calendar(CALENDAR.read_text("utf-8"))
    assert again.is_working_day(date(2026, 3, 2))

    assert again == Calendar(SHIPPED.version, SHIPPED.years)
