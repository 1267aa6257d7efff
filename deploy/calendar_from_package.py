"""Writes the calendar of working days from `chinesecalendar`; years it does not know are kept."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

from chinese_calendar.constants import holidays, workdays

from workflows.procedure.time.calendar import Year, load_calendar

CALENDAR = Path(__file__).with_name("calendar.toml")

A_ROW = 6
"""Days to a line."""

HEADING = """\
# 中国大陆工作日历：各年节假日与调休安排。
# Days off and weekend days worked, year by year, as the State Council's notices arrange them.
# 由 make calendar 自 chinesecalendar 生成；未收录的年份可在文末手工补入，并更改 version。
# Written by make calendar; a year it does not know may be added by hand, with a new version.
"""

NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利70周年纪念日",
}


def published_years() -> dict[int, Year]:
    """The years of the package, each day under the Chinese name of its holiday."""
    off: dict[int, dict[str, list[date]]] = defaultdict(lambda: defaultdict(list))
    for day, name in sorted(holidays.items()):
        off[day.year][NAMES[name]].append(day)
    return {
        year: Year(
            off_days={name: tuple(days) for name, days in named.items()},
            workdays=tuple(sorted(day for day in workdays if day.year == year)),
        )
        for year, named in off.items()
    }


def render(kept: dict[int, Year]) -> str:
    """The file's text: the package's years, and those `kept` that it does not know."""
    published = published_years()
    own = sorted(set(kept) - set(published))
    name = "+".join(["chinesecalendar-" + version("chinesecalendar"), *map(str, own)])
    years = sorted((kept | published).items())
    return "\n".join([HEADING, f'version = "{name}"', *(_year(n, year) for n, year in years), ""])


def _year(number: int, year: Year) -> str:
    off = (f'off_days."{name}" = {_days(days)}' for name, days in year.off_days.items())
    return "\n".join(["", f"[years.{number}]", *off, f"workdays = {_days(year.workdays)}"])


def _days(days: Sequence[date]) -> str:
    rows = [", ".join(map(str, days[n : n + A_ROW])) for n in range(0, len(days), A_ROW)]
    return f"[{', '.join(rows)}]" if len(rows) < 2 else "[\n    " + ",\n    ".join(rows) + ",\n]"


def main() -> None:
    kept = load_calendar(CALENDAR.read_text("utf-8")).years if CALENDAR.exists() else {}
    CALENDAR.write_text(render(kept), "utf-8")


if __name__ == "__main__":
    main()
