"""Deadlines are the law's, whatever the day they start on, and each can be worked out again."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.legal_day import SHANGHAI
from contracts.procedure import Derivation, Extended, NotCounted, Unit
from deploy.calendar_from_package import CALENDAR
from workflows.procedure.calendar import Year, load_calendar
from workflows.procedure.clocks import (
    Deadline,
    MixedUnits,
    Pause,
    Terms,
    deadline,
    latest_start,
    midnight,
    on_day,
    warn_at,
)
from workflows.procedure.derivation import WrongDerivation, recompute
from workflows.procedure.model import Roll

SHIPPED = load_calendar(CALENDAR.read_text("utf-8"))
ROLLS: list[Roll] = ["none", "statutory_holiday", "non_working_day"]
HEARD_AT = datetime(2026, 3, 2, 9, 30, tzinfo=SHANGHAI)


def at(day: str, clock: str = "09:30") -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}:00+08:00")


def terms(number: int, unit: Unit = "working_days", roll: Roll = "none") -> Terms:
    return Terms("a_clock", "an article", unit, number, roll)


def extended(number: int, unit: Unit = "working_days") -> Extended:
    return Extended(number=number, unit=unit, by="head", granted_at=HEARD_AT)


def due(
    rule: Terms,
    start: datetime,
    *windows: Pause,
    extensions: tuple[Extended, ...] = (),
) -> Deadline:
    return deadline(
        rule,
        start,
        calendar=SHIPPED,
        directory_version="2026-1",
        extensions=extensions,
        windows=windows,
    )


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
        ("2026-03-02", 90, "non_working_day", "2026-06-01"),
        ("2026-03-02", 120, "statutory_holiday", "2026-06-30"),
        ("2026-07-03", 90, "none", "2026-10-01"),
        ("2026-07-03", 90, "statutory_holiday", "2026-10-08"),
        ("2026-07-03", 90, "non_working_day", "2026-10-08"),
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


# ── what is left out, and why ────────────────────────────────────────────────────────────────────


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
def test_a_warning_leaves_time_to_act(start: str, number: int, unit: Unit, warned: str) -> None:
    found = due(terms(number, unit), at(start))

    assert warn_at(found, at(start), calendar=SHIPPED) == datetime.fromisoformat(warned)


def test_a_warning_does_not_fall_together_with_the_start() -> None:
    start = at("2026-03-02", "00:00")

    warned = warn_at(due(terms(1), start), start, calendar=SHIPPED)

    assert warned == at("2026-03-03", "00:00")


@pytest.mark.parametrize(
    ("hearing", "days", "latest"),
    [
        ("2026-03-20", 7, "2026-03-11"),  # notice of a hearing
        ("2026-03-20", 3, "2026-03-17"),  # public notice of an open hearing
        ("2026-10-09", 7, "2026-09-22"),  # across the holidays, 20 September worked
        ("2026-03-21", 7, "2026-03-12"),  # a hearing on a Saturday
    ],
)
def test_a_notice_counts_back_from_the_hearing(hearing: str, days: int, latest: str) -> None:
    found = latest_start(date.fromisoformat(hearing), days, SHIPPED)

    assert found == date.fromisoformat(latest)


# ── what holds for every clock ───────────────────────────────────────────────────────────────────

starts = st.datetimes(
    datetime(2018, 1, 1),  # noqa: DTZ001  the zone is given apart
    datetime(2027, 6, 30),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, SHANGHAI]),
).map(lambda moment: moment.replace(microsecond=0))
units = st.sampled_from(["working_days", "calendar_days", "hours", "minutes"])
rules = st.builds(terms, st.integers(1, 130), units, st.sampled_from(ROLLS))
day_rules = st.builds(
    terms,
    st.integers(1, 130),
    st.sampled_from(["working_days", "calendar_days"]),
    st.sampled_from(ROLLS),
)


@st.composite
def clocks(draw: st.DrawFn, rules: st.SearchStrategy[Terms] = rules) -> tuple[Terms, datetime]:
    return draw(rules), draw(starts)


@st.composite
def pauses(draw: st.DrawFn, near: datetime) -> Pause:
    first = near.date() + timedelta(draw(st.integers(-20, 150)))
    kind = draw(st.sampled_from(["testing", "hearing", "suspension"]))
    return kind, first, first + timedelta(draw(st.integers(0, 40)))


@given(st.data(), clocks())
def test_what_was_derived_is_recomputed(data: st.DataObject, clock: tuple[Terms, datetime]) -> None:
    rule, start = clock
    windows = data.draw(st.lists(pauses(start), max_size=5))

    found = due(rule, start, *windows)

    assert recompute(found.derivation) == found
    assert recompute(found.derivation, SHIPPED) == found


@given(st.data(), clocks())
def test_a_window_never_makes_it_earlier(
    data: st.DataObject, clock: tuple[Terms, datetime]
) -> None:
    rule, start = clock
    windows = data.draw(st.lists(pauses(start), max_size=4))
    more = data.draw(pauses(start))

    assert due(rule, start, *windows, more).due_at >= due(rule, start, *windows).due_at


@given(st.data(), clocks())
def test_overlapping_windows_are_one(data: st.DataObject, clock: tuple[Terms, datetime]) -> None:
    rule, start = clock
    windows = data.draw(st.lists(pauses(start), max_size=5))
    days = {f + timedelta(n) for _, f, t in windows for n in range((t - f).days + 1)}
    apart = [("testing", day, day) for day in days]

    found = due(rule, start, *windows)

    assert found.due_at == due(rule, start, *apart).due_at
    assert found == due(rule, start, *windows, *windows)
    assert found == due(rule, start, *reversed(windows))


@given(clocks(), st.integers(1, 120))
def test_an_extension_lengthens_the_count(clock: tuple[Terms, datetime], more: int) -> None:
    rule, start = clock
    longer = replace(rule, number=rule.number + more)

    found = due(rule, start, extensions=(extended(more, rule.unit),))

    assert found == due(longer, start)
    assert found.due_at >= due(rule, start).due_at


@given(st.data(), clocks(), st.timedeltas(timedelta(0), timedelta(40)))
def test_what_starts_later_is_not_due_earlier(
    data: st.DataObject, clock: tuple[Terms, datetime], later: timedelta
) -> None:
    rule, start = clock
    windows = data.draw(st.lists(pauses(start), max_size=3))

    assert due(rule, start + later, *windows).due_at >= due(rule, start, *windows).due_at


@given(st.integers(1, 130), starts.filter(lambda start: start.year < 2026))
def test_between_start_and_end_lie_as_many_working_days(number: int, start: datetime) -> None:
    found = due(terms(number), start)

    assert found.due_on is not None
    first = start.astimezone(SHANGHAI).date() + timedelta(1)
    assert number == len(chinese_calendar.get_workdays(first, found.due_on))
    assert chinese_calendar.is_workday(found.due_on)


@given(st.data(), clocks(day_rules))
def test_the_days_to_the_last_are_those_counted_and_those_left_out(
    data: st.DataObject, clock: tuple[Terms, datetime]
) -> None:
    rule, start = clock
    windows = data.draw(st.lists(pauses(start), max_size=4))

    found = due(rule, start, *windows)

    assert found.due_on is not None
    left_out = Counter(day for none in found.derivation.not_counted for day in none.days)
    whole = (found.due_on - start.astimezone(SHANGHAI).date()).days
    assert set(left_out.values()) <= {1}
    assert whole == rule.number + len(left_out)


@given(st.data(), clocks())
def test_a_derivation_survives_being_written(
    data: st.DataObject, clock: tuple[Terms, datetime]
) -> None:
    rule, start = clock
    found = due(rule, start, *data.draw(st.lists(pauses(start), max_size=3)))

    read = Derivation.model_validate_json(found.derivation.model_dump_json())

    assert read == found.derivation
    assert recompute(read, SHIPPED).due_at == found.due_at


@given(clocks())
def test_a_warning_comes_between_start_and_end(clock: tuple[Terms, datetime]) -> None:
    rule, start = clock
    found = due(rule, start)

    assert start <= warn_at(found, start, calendar=SHIPPED) < found.due_at


@given(st.dates(date(2018, 6, 1), date(2026, 12, 20)), st.integers(1, 20))
def test_counting_back_is_counting_on_turned_round(event: date, days: int) -> None:
    latest = latest_start(event, days, SHIPPED)

    assert len(chinese_calendar.get_workdays(latest, event - timedelta(1))) == days
    if SHIPPED.is_working_day(event):
        assert due(terms(days), midnight(latest)).due_on == event


# ── a derivation that lies ───────────────────────────────────────────────────────────────────────


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
