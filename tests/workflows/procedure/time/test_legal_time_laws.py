"""What holds for every clock, whatever its rule, its start and its windows."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import chinese_calendar
from hypothesis import given
from hypothesis import strategies as st

from contracts.legal_day import SHANGHAI
from contracts.procedure import Derivation
from tests.workflows.procedure.time.builders import SHIPPED, due, extended, terms
from tests.workflows.procedure.time.recount import recompute
from workflows.procedure.model import Roll
from workflows.procedure.time.legal_time import ClockTerms, Pause, warn_at

ROLLS: list[Roll] = ["none", "statutory_holiday"]

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
def clocks(
    draw: st.DrawFn, rules: st.SearchStrategy[ClockTerms] = rules
) -> tuple[ClockTerms, datetime]:
    return draw(rules), draw(starts)


@st.composite
def pauses(draw: st.DrawFn, near: datetime) -> Pause:
    first = near.date() + timedelta(draw(st.integers(-20, 150)))
    kind = draw(st.sampled_from(["testing", "hearing", "suspension"]))
    return kind, first, first + timedelta(draw(st.integers(0, 40)))


@given(st.data(), clocks())
def test_what_was_derived_is_recomputed(
    data: st.DataObject, clock: tuple[ClockTerms, datetime]
) -> None:
    rule, start = clock
    windows = data.draw(st.lists(pauses(start), max_size=5))

    found = due(rule, start, *windows)

    assert recompute(found.derivation) == found
    assert recompute(found.derivation, SHIPPED) == found


@given(st.data(), clocks())
def test_a_window_never_makes_it_earlier(
    data: st.DataObject, clock: tuple[ClockTerms, datetime]
) -> None:
    rule, start = clock
    windows = data.draw(st.lists(pauses(start), max_size=4))
    more = data.draw(pauses(start))

    assert due(rule, start, *windows, more).due_at >= due(rule, start, *windows).due_at


@given(st.data(), clocks())
def test_overlapping_windows_are_one(
    data: st.DataObject, clock: tuple[ClockTerms, datetime]
) -> None:
    rule, start = clock
    windows = data.draw(st.lists(pauses(start), max_size=5))
    days = {f + timedelta(n) for _, f, t in windows for n in range((t - f).days + 1)}
    apart = [("testing", day, day) for day in days]

    found = due(rule, start, *windows)

    assert found.due_at == due(rule, start, *apart).due_at
    assert found == due(rule, start, *windows, *windows)
    assert found == due(rule, start, *reversed(windows))


@given(clocks(), st.integers(1, 120))
def test_an_extension_lengthens_the_count(clock: tuple[ClockTerms, datetime], more: int) -> None:
    rule, start = clock
    longer = replace(rule, number=rule.number + more)

    found = due(rule, start, extensions=(extended(more, rule.unit),))

    assert found == due(longer, start)
    assert found.due_at >= due(rule, start).due_at


@given(st.data(), clocks(), st.timedeltas(timedelta(0), timedelta(40)))
def test_what_starts_later_is_not_due_earlier(
    data: st.DataObject, clock: tuple[ClockTerms, datetime], later: timedelta
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
    data: st.DataObject, clock: tuple[ClockTerms, datetime]
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
    data: st.DataObject, clock: tuple[ClockTerms, datetime]
) -> None:
    rule, start = clock
    found = due(rule, start, *data.draw(st.lists(pauses(start), max_size=3)))

    read = Derivation.model_validate_json(found.derivation.model_dump_json())

    assert read == found.derivation
    assert recompute(read, SHIPPED).due_at == found.due_at


@given(clocks())
def test_a_warning_comes_between_start_and_end(clock: tuple[ClockTerms, datetime]) -> None:
    rule, start = clock
    found = due(rule, start)

    assert start <= warn_at(found, start, calendar=SHIPPED) < found.due_at
