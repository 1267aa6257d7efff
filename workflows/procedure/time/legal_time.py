"""Legal time: deadlines counted in days and hours, each with the derivation that proves it."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from contracts.legal_day import SHANGHAI, legal_day
from contracts.procedure import Derivation, Extended, NotCounted, TimeUnit
from workflows.procedure.model import Roll
from workflows.procedure.time.calendar import ONE_DAY, Calendar

Pause = tuple[str, date, date]
"""Kind of a dated window, its first and its last day, both left out."""

HOURS: Mapping[TimeUnit, timedelta] = {"hours": timedelta(hours=1), "minutes": timedelta(minutes=1)}
"""Units that run through nights and holidays."""


class MixedUnits(ValueError):
    """An extension is stated in another unit than its clock's."""


@dataclass(frozen=True)
class ClockTerms:
    """What a rule says of one time limit, as it stands for one case."""

    name: str
    basis: str
    unit: TimeUnit
    number: int
    roll: Roll = "none"
    """Which last days are rolled off; `none` where the limit binds the state."""

    def __post_init__(self) -> None:
        if self.number < 0:
            raise ValueError(f"{self.name}: a time limit of {self.number} {self.unit}")


@dataclass(frozen=True)
class Deadline:
    """When a clock runs out, and why then."""

    due_on: date | None
    """Last day on which it is still met; none for clocks of hours."""
    due_at: datetime
    """First instant that is too late."""
    derivation: Derivation


def deadline(
    terms: ClockTerms,
    start: datetime,
    *,
    calendar: Calendar,
    directory_version: str,
    extensions: Sequence[Extended] = (),
    windows: Sequence[Pause] = (),
) -> Deadline:
    """The deadline counted from `start`, leaving out the windows.

    The day of `start` is not counted (PROC art. 80); hours run from its very instant. Extensions
    lengthen the count itself, so a deadline is rolled once, at its end.
    """
    number = terms.number + _granted(terms, extensions)
    if terms.unit in HOURS:
        count = _run_hours(start, number * HOURS[terms.unit], _Pauses(windows))
    else:
        count = _count_days(terms, legal_day(start), number, calendar, _Pauses(windows))
    derivation = Derivation(
        rule=terms.name,
        basis=terms.basis,
        number=number,
        unit=terms.unit,
        start=start,
        not_counted=tuple(NotCounted(why=w, days=tuple(d)) for w, d in count.left_out.items()),
        rolled_from=count.rolled_from,
        calendar=calendar.version,
        directory=directory_version,
        provisional=count.provisional,
    )
    return Deadline(count.due_on, count.due_at, derivation)


def on_day(
    terms: ClockTerms,
    start: datetime,
    last_on: date,
    *,
    calendar: Calendar,
    directory_version: str,
    extensions: Sequence[Extended] = (),
) -> Deadline:
    """The deadline of an agreed last day, as calendar days; never before the day of `start`."""
    number = max((last_on - legal_day(start)).days, 0)
    return deadline(
        replace(terms, unit="calendar_days", number=number),
        start,
        calendar=calendar,
        directory_version=directory_version,
        extensions=extensions,
    )


def warn_at(due: Deadline, started_at: datetime, *, calendar: Calendar) -> datetime:
    """When to warn that a clock runs out; ours, not law.

    Days: as the last working day before the last day begins, so that one whole day of work is left
    whatever the last day is. Where the clock began no earlier, as the last day itself begins.
    Hours: with a quarter of the length left.
    """
    if due.due_on is None:
        told = due.derivation
        return due.due_at - told.number * HOURS[told.unit] / 4
    early = midnight(calendar.working_day_before(due.due_on))
    return early if early > started_at else max(started_at, midnight(due.due_on))


def midnight(day: date) -> datetime:
    """The instant at which a legal day begins."""
    return datetime.combine(day, time.min, SHANGHAI)


@dataclass(frozen=True)
class _Count:
    due_on: date | None
    due_at: datetime
    left_out: Mapping[str, list[date]]
    rolled_from: date | None = None
    provisional: bool = False


class _Pauses:
    """Windows merged into separate stretches; a day in several belongs to the one begun first."""

    def __init__(self, windows: Iterable[Pause]) -> None:
        self.stretches: list[Pause] = []
        free = date.min
        for from_on, to_on, kind in sorted((f, t, kind) for kind, f, t in windows):
            if to_on < from_on:
                raise ValueError(f"window {kind} ends on {to_on}, before it begins on {from_on}")
            if to_on >= free:
                self.stretches.append((kind, max(from_on, free), to_on))
                free = to_on + ONE_DAY
        self._starts = [from_on for _, from_on, _ in self.stretches]

    def kind(self, day: date) -> str | None:
        """The window this day falls in."""
        found = bisect_right(self._starts, day)
        if found and day <= self.stretches[found - 1][2]:
            return self.stretches[found - 1][0]
        return None


def _granted(terms: ClockTerms, extensions: Sequence[Extended]) -> int:
    if other := next((e for e in extensions if e.unit != terms.unit), None):
        raise MixedUnits(f"{terms.name} counts {terms.unit}, its extension {other.unit}")
    return sum(e.number for e in extensions)


def _count_days(
    terms: ClockTerms, start: date, number: int, calendar: Calendar, pauses: _Pauses
) -> _Count:
    asks_calendar = terms.unit == "working_days"
    left_out: dict[str, list[date]] = defaultdict(list)
    last = start
    while number:
        last += ONE_DAY
        if why := (calendar.why_not(last) if asks_calendar else None) or pauses.kind(last):
            left_out[why].append(last)
        else:
            number -= 1
    due = last
    while why := _rolls_off(terms.roll, due, due > last, calendar, pauses):
        left_out[why].append(due)
        due += ONE_DAY
    consulted = start if asks_calendar else last
    return _Count(
        due_on=due,
        due_at=midnight(due + ONE_DAY),
        left_out=left_out,
        rolled_from=last if due > last else None,
        provisional=(asks_calendar or terms.roll != "none")
        and not calendar.settled(consulted, due),
    )


def _rolls_off(
    roll: Roll, day: date, rolling: bool, calendar: Calendar, pauses: _Pauses
) -> str | None:
    """Why a period may not end on this day; once rolling, it does not end in a window either."""
    if roll == "statutory_holiday" and calendar.why_not(day) == "holiday":
        return "holiday"
    return pauses.kind(day) if rolling else None


def _run_hours(start: datetime, length: timedelta, pauses: _Pauses) -> _Count:
    left_out: dict[str, list[date]] = defaultdict(list)
    at = start.astimezone(UTC)
    for kind, from_on, to_on in pauses.stretches:
        opens, closes = midnight(from_on), midnight(to_on + ONE_DAY)
        if at >= closes:
            continue
        if at + length <= opens:
            break
        first = max(from_on, legal_day(at))
        left_out[kind] += [first + ONE_DAY * n for n in range((to_on - first).days + 1)]
        length -= max(opens - at, timedelta())
        at = closes.astimezone(UTC)
    return _Count(None, (at + length).astimezone(SHANGHAI), left_out)
