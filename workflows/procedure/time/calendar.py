"""The dated calendar of working days: which days do not count, why, and what is still unknown."""

import tomllib
from dataclasses import field
from datetime import date, timedelta
from functools import cache
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator
from pydantic.dataclasses import dataclass

WhyNotWorked = Literal["weekend", "holiday"]

ONE_DAY = timedelta(days=1)
SATURDAY = 5
FIXED_HOLIDAYS = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
"""Statutory holidays of fixed date: 全国年节及纪念日放假办法 (rev. 2024-11-10) art. 2."""
FIXED_SINCE = 2025
"""First year under that revision; 2 May was none from 2008 to 2024."""
NEW_YEAR_SWAPS_FROM = (12, 29)
"""A notice for the coming year has moved days from 29 December of the old one on (2007, 2018)."""


class BadCalendar(ValueError):
    """The calendar contradicts itself: `key` says where, `reason` what is wrong."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(f"{key}: {reason}")
        self.key = key
        self.reason = reason


class Year(BaseModel):
    """One year as the State Council's notice arranges it (节假日安排)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    off_days: dict[str, tuple[date, ...]]
    """Name of the holiday → its days off, weekend days that fall within it included."""
    workdays: tuple[date, ...] = ()
    """Saturdays and Sundays worked in exchange (调休上班)."""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        off = [day for days in self.off_days.values() for day in days]
        if len({*off, *self.workdays}) != len(off) + len(self.workdays):
            raise ValueError("同一日出现两次 a day is given twice")
        for day in self.workdays:
            if day.weekday() < SATURDAY:
                raise ValueError(f"{day} 不是周末，不能是调休上班日 is no weekend day to be worked")
        return self

    def days(self) -> tuple[date, ...]:
        return (*(day for days in self.off_days.values() for day in days), *self.workdays)


@dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class Calendar:
    """Working days of the published years; of any other year, weekends and fixed holidays only."""

    version: Annotated[str, Field(min_length=1)]
    """What every derivation quotes: a changed table takes a new one."""
    years: dict[int, Year]

    _off: dict[int, dict[date, WhyNotWorked]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        for number, year in self.years.items():
            days = set(year.days())
            if strange := sorted(day for day in days if day.year != number):
                raise ValueError(f"{strange[0]} 不在 {number} 年内 is not in {number}")
            missing = [d for d in _fixed(number) if d not in days or d in year.workdays]
            if missing and number >= FIXED_SINCE:
                raise ValueError(f"缺少法定节假日 {missing[0]} a statutory holiday is missing")

    def known(self, year: int) -> bool:
        """Whether the year's notice has been loaded."""
        return year in self.years

    def settled(self, first: date, last: date) -> bool:
        """Whether no notice still to come can change a day from `first` to `last`."""
        awaits_next = (last.month, last.day) >= NEW_YEAR_SWAPS_FROM
        return all(map(self.known, range(first.year, last.year + 1 + awaits_next)))

    def why_not(self, day: date) -> WhyNotWorked | None:
        """Why this is no working day; None when it is one."""
        off = self._off.get(day.year)
        return (self._off_days(day.year) if off is None else off).get(day)

    def is_working_day(self, day: date) -> bool:
        return self.why_not(day) is None

    def working_day_before(self, day: date) -> date:
        """The last working day before this one."""
        before = day - ONE_DAY
        while not self.is_working_day(before):
            before -= ONE_DAY
        return before

    def _off_days(self, number: int) -> dict[date, WhyNotWorked]:
        off: dict[date, WhyNotWorked] = dict.fromkeys(_weekends(number), "weekend")
        if year := self.years.get(number):
            off |= {day: "holiday" for days in year.off_days.values() for day in days}
            off = {day: why for day, why in off.items() if day not in year.workdays}
        else:
            off |= dict.fromkeys(_fixed(number), "holiday")
        self._off[number] = off
        return off


_FILE = TypeAdapter(Calendar)


def load_calendar(text: str) -> Calendar:
    """Read a calendar from TOML; one that contradicts itself is refused as `BadCalendar`."""
    try:
        return _FILE.validate_python(tomllib.loads(text))
    except tomllib.TOMLDecodeError as wrong:
        raise BadCalendar("toml", str(wrong)) from wrong
    except ValidationError as wrong:
        first = wrong.errors()[0]
        key = ".".join(str(part) for part in first["loc"] if part != "[key]")
        raise BadCalendar(key or "years", first["msg"].removeprefix("Value error, ")) from wrong


@cache
def _fixed(year: int) -> tuple[date, ...]:
    return tuple(date(year, month, day) for month, day in FIXED_HOLIDAYS)


@cache
def _weekends(year: int) -> tuple[date, ...]:
    first = date(year, 1, 1)
    days = (first + ONE_DAY * n for n in range(366))
    return tuple(day for day in days if day.year == year and day.weekday() >= SATURDAY)
