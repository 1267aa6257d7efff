"""Whether a product that has passed may be checked again already (重复抽查)."""

from calendar import monthrange
from datetime import date

COMPLAINT = "complaint"
"""A campaign set off by consumers' complaints is free of the rule (SD-ML art. 26)."""


def free_from(passed_on: date, months: int) -> date:
    """The first day on which a product that passed may be checked again."""
    years, month = divmod(passed_on.month - 1 + months, 12)
    year = passed_on.year + years
    # the day of the same number, or the last one of a shorter month
    return date(year, month + 1, min(passed_on.day, monthrange(year, month + 1)[1]))


def is_too_soon(passed_on: date | None, on: date, months: int | None, kind: str) -> bool:
    """Whether the local rule forbids the check; without a rule nothing does."""
    if months is None or passed_on is None or kind == COMPLAINT:
        return False
    return on < free_from(passed_on, months)
