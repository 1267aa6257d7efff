"""Decimal arithmetic in which a digit that would be lost is a fault, not a rounding."""

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Context, Decimal, Inexact, InvalidOperation

EXACT = Context(prec=400, traps=[Inexact, InvalidOperation])
"""Numbers have at most 36 digits (`reading`), so sums of squares over any lot fit."""
ROUGH = Context(prec=60, rounding=ROUND_HALF_EVEN)
PLACES = Decimal("0.000001")
"""What is shown of a mean or a deviation; what is decided is decided on exact numbers."""


def total(values: Iterable[Decimal]) -> Decimal:
    found = Decimal(0)
    for value in values:
        found = EXACT.add(found, value)
    return found


def product(*values: Decimal | int) -> Decimal:
    found = Decimal(1)
    for value in values:
        found = EXACT.multiply(found, Decimal(value))
    return found


def shown(value: Decimal) -> Decimal:
    """Six places; a zero has no sign."""
    return ROUGH.add(ROUGH.quantize(value, PLACES), Decimal(0))
