"""Sums that open a right or add to a fine."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

Party = Literal["person", "organisation"]

HEARING_SUM_YUAN = {"person": Decimal(10_000), "organisation": Decimal(100_000)}
"""市场监督管理行政处罚听证办法 art. 5: 10 000 for a citizen, 100 000 for an organisation."""
SURCHARGE_A_DAY = Decimal("0.03")
"""PROC art. 75, 行政处罚法 art. 72: 3 % of the fine for each day."""
FEN = Decimal("0.01")


def hearing_must_be_offered(
    party: Party,
    fine_yuan: Decimal,
    confiscated_yuan: Decimal = Decimal(0),
    *,
    stops_business: bool = False,
    touches_licence: bool = False,
) -> bool:
    """Whether the right to a hearing (听证) must be told; each sum counts alone, itself included.

    Stopping business, closing down and barring from a trade open it whatever the sum, and so do
    lowering a qualification and revoking a licence.
    """
    limit = HEARING_SUM_YUAN[party]
    reached = fine_yuan >= limit or confiscated_yuan >= limit
    return reached or stops_business or touches_licence


def late_surcharge_yuan(fine_yuan: Decimal, days_late: int) -> Decimal:
    """Surcharge (加处罚款) on a fine not paid in time; never above the fine itself."""
    if days_late < 0:
        raise ValueError("a payment is never late by less than no day")
    grown = (fine_yuan * SURCHARGE_A_DAY * days_late).quantize(FEN, ROUND_HALF_UP)
    return min(fine_yuan, grown)
