"""Response level (响应级别) of a report, by criteria that are a jurisdiction's data."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from contracts.intake import ReportSubmitted
from contracts.levels import Criterion, Level

ORDER = ("I", "II", "III", "IV")


def triage(
    report: ReportSubmitted, levels: Iterable[Level], on: date
) -> tuple[Level, tuple[str, ...]]:
    """The highest level of which any criterion holds, and why; the lowest takes the rest."""
    standing = sorted((x for x in levels if x.holds_on(on)), key=lambda x: ORDER.index(x.level))
    *higher, lowest = standing
    for level in higher:
        if reasons := tuple(c.says for c in level.any_of if holds(c, report)):
            return level, reasons
    return lowest, ()


def is_higher(level: str, than: str) -> bool:
    """Whether a level is a graver one: I is the highest."""
    return ORDER.index(level) < ORDER.index(than)


def holds(criterion: Criterion, report: ReportSubmitted) -> bool:
    """Whether a report reaches all bounds of a criterion; what it does not state reaches none."""
    value = _weighed(report, criterion.field)
    if value is None:
        return False
    if criterion.at_least is not None and value < criterion.at_least:
        return False
    if criterion.equals is not None and value != criterion.equals:
        return False
    return not criterion.one_of or value in criterion.one_of


def _weighed(report: ReportSubmitted, field: str) -> Any:
    if field == "instrument_count":
        return sum(i.count or 1 for i in report.instruments)
    return getattr(report, field)
