"""Administrative divisions (行政区划): which codes of GB/T 2260 hold on a day, and their names."""

from datetime import date
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class AdministrativeDivision(NamedTuple):
    """One division under one name; the table knows years, so a code holds through both of them."""

    code: str
    name: str
    first_year: int | None
    last_year: int | None

    def holds_on(self, day: date) -> bool:
        return (self.first_year is None or self.first_year <= day.year) and (
            self.last_year is None or day.year <= self.last_year
        )


def division(code: str, on: date) -> AdministrativeDivision | None:
    """The division of this code as it stands on that day."""
    return next((d for d in reversed(_table().get(code, ())) if d.holds_on(on)), None)


def region_problem(code: str, on: date) -> str | None:
    """What is wrong with this division code on that day, in words; nothing if it stands."""
    if len(code) != 6 or not (code.isascii() and code.isdigit()):
        return "应为6位数字 must be six digits"
    known = _table().get(code, ())
    if not known:
        return "没有此行政区划代码 no division bears this code"
    if division(code, on) is not None:
        return None
    last = known[-1]
    if last.last_year is not None and last.last_year < on.year:
        return f"{last.name}的代码{last.last_year}年已停用 this code was given up"
    return f"{last.name}的代码{last.first_year}年起才启用 this code is not in use yet"


@cache
def _table() -> dict[str, tuple[AdministrativeDivision, ...]]:
    """Read once, at the first question; part of the package, so as fixed as a constant."""
    text = files(__package__).joinpath("divisions.tsv").read_text(encoding="utf-8")
    table: dict[str, tuple[AdministrativeDivision, ...]] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            code, name, first, last = line.split("\t")
            row = AdministrativeDivision(
                code, name, int(first) if first else None, int(last) if last else None
            )
            table[code] = (*table.get(code, ()), row)
    return table
