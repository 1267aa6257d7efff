"""What an earlier decision leaves standing when a crime is suspected (TRANS art. 11)."""

from decimal import Decimal
from typing import Protocol


class Decided(Protocol):
    """A decision, as far as this rule looks at it."""

    fine_yuan: Decimal
    confiscated_yuan: Decimal
    confiscated_items: list[str]
    warning: bool
    paid_yuan: Decimal | None


def earlier_penalties(decision: Decided) -> tuple[str, ...]:
    """Every part of it, in words of ours: none of them lapses by the transfer."""
    parts = (
        ("警告 warning", decision.warning),
        (f"罚款 fine {decision.fine_yuan} 元 yuan", decision.fine_yuan > 0),
        (f"没收 confiscation {decision.confiscated_yuan} 元 yuan", decision.confiscated_yuan > 0),
        (
            f"没收物品 items confiscated: {len(decision.confiscated_items)}",
            decision.confiscated_items,
        ),
    )
    return tuple(said for said, holds in parts if holds)


def fine_paid_yuan(decision: Decided) -> Decimal:
    """The fine alone is set off: no confiscation and no surcharge (TRANS art. 11, APL art. 35)."""
    return decision.fine_yuan if decision.paid_yuan is not None else Decimal(0)
