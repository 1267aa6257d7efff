"""What a decision should be held against without being refused: advice to whoever signs it."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

PROVINCIAL_FINE_YUAN = Decimal(10_000)
"""计量法实施细则 art. 55: from this fine on, the provincial bureau decides."""
IMPLEMENTING_RULES = "计量法实施细则"


def advice(fine_yuan: Decimal, basis: Sequence[str]) -> Iterator[str]:
    """Hints on a penalty decision, each with its article."""
    under_rules = any(IMPLEMENTING_RULES in article for article in basis)
    if under_rules and fine_yuan >= PROVINCIAL_FINE_YUAN:
        yield (
            "依计量法实施细则第五十五条，罚款一万元以上的，由省级市场监督管理部门决定。"
            " Fines of 10,000 yuan and more under the implementing rules are decided by the"
            " provincial bureau (art. 55)."
        )
