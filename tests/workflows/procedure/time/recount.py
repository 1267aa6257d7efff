"""Working a deadline out again from its derivation alone, as anyone may years later."""

from collections.abc import Mapping
from datetime import date, datetime

from contracts.legal_day import SHANGHAI, legal_day
from contracts.procedure import Derivation
from workflows.procedure.time.calendar import ONE_DAY, Calendar
from workflows.procedure.time.legal_time import HOURS, Deadline, midnight


class WrongDerivation(ValueError):
    """A derivation contradicts itself, or the calendar it names."""


def recompute(derivation: Derivation, calendar: Calendar | None = None) -> Deadline:
    """The deadline this derivation tells, counted day by day over again.

    With the calendar it names, each weekend and holiday it leaves out is held against that too.
    """
    left_out = {day: none.why for none in derivation.not_counted for day in none.days}
    if derivation.unit in HOURS:
        due_at = _run(derivation, left_out)
        end, due = due_at, Deadline(None, due_at, derivation)
    else:
        due_on = _count(derivation, left_out)
        end = midnight(due_on + ONE_DAY)
        due = Deadline(due_on, end, derivation)
    if strange := [d for d in left_out if not derivation.start < midnight(d + ONE_DAY) <= end]:
        raise WrongDerivation(f"{min(strange)} is left out, but lies outside the count")
    if calendar is not None:
        _hold_against(calendar, due, left_out)
    return due


def _count(told: Derivation, left_out: Mapping[date, str]) -> date:
    day, left = legal_day(told.start), told.number
    while left > 0:
        day += ONE_DAY
        left -= day not in left_out or day == told.rolled_from
    if told.rolled_from is None:
        return day
    if day != told.rolled_from:
        raise WrongDerivation(f"the count ends on {day}, not on {told.rolled_from}")
    while day in left_out:
        day += ONE_DAY
    return day


def _run(told: Derivation, left_out: Mapping[date, str]) -> datetime:
    at, left = told.start.astimezone(SHANGHAI), told.number * HOURS[told.unit]
    while True:
        tomorrow = midnight(at.date() + ONE_DAY)
        if at.date() not in left_out:
            if at + left <= tomorrow:
                return at + left
            left -= tomorrow - at
        at = tomorrow


def _hold_against(calendar: Calendar, due: Deadline, left_out: Mapping[date, str]) -> None:
    told = due.derivation
    if calendar.version != told.calendar:
        raise WrongDerivation(f"it was counted by {told.calendar}, not by {calendar.version}")
    for day, why in left_out.items():
        if why in ("weekend", "holiday") and calendar.why_not(day) != why:
            raise WrongDerivation(f"{day} is left out as {why}, which it is not")
    if told.unit == "working_days" and due.due_on:
        day = legal_day(told.start)
        while (day := day + ONE_DAY) <= due.due_on:
            if calendar.why_not(day) and day not in left_out:
                raise WrongDerivation(f"{day} is counted, but is no working day")
