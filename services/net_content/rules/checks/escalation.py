"""Whether a failing lot is too grave to wait for the producer's objection.

The criteria are the jurisdiction's: whatever of `failing_lots` and `t2_percent` a level that
mobilises a fast response weighs.
"""

from collections.abc import Iterable
from datetime import date

from contracts.levels import Criterion, Level

WITHIN_DAYS = 365
"""Failing lots of one producer are counted over a year; ours."""


def grave(levels: Iterable[Level], on: date, *, failing_lots: int, t2_percent: int) -> bool:
    weighed = {"failing_lots": failing_lots, "t2_percent": t2_percent}
    return any(
        _reached(criterion, weighed)
        for level in levels
        if level.mobilises and level.holds_on(on)
        for criterion in level.any_of
    )


def _reached(criterion: Criterion, weighed: dict[str, int]) -> bool:
    value = weighed.get(criterion.field)
    return value is not None and criterion.at_least is not None and value >= criterion.at_least
