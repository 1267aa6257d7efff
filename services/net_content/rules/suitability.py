"""Whether what was measured with (测量不确定度、分度值) is fine enough for the limit."""

from decimal import Decimal

from services.net_content.rules.exactly import product
from services.net_content.rules.findings import RuleFinding
from services.net_content.rules.lots import Lot
from services.net_content.rules.regimes.model import Regime


def cap_rule(lot: Lot, regime: Regime, t1: Decimal) -> RuleFinding | None:
    """U, or the scale division, within its part of T; nothing if none was given or T is 0."""
    cap = regime.cap
    if cap is None or t1 == 0:
        return None
    given = lot.uncertainty if cap.of == "uncertainty" else lot.division
    if given is None:
        return None
    word_zh, word_en = (
        ("扩展不确定度", "uncertainty") if cap.of == "uncertainty" else ("分度值", "division")
    )
    holds = product(given, cap.parts) <= t1
    return RuleFinding(
        rule="uncertainty",
        bears_on="measurement",
        holds=holds,
        found=given,
        limit=_shown_part(t1, cap.parts),
        margin=_shown_part(t1, cap.parts) - given,
        clause=cap.clause,
        confidence=cap.confidence,
        zh=f"{word_zh}{given:f}，应不大于允许短缺量的1/{cap.parts}。",
        en=f"The {word_en} is {given:f}; at most 1/{cap.parts} of the deficiency is allowed.",
    )


def _shown_part(t1: Decimal, parts: int) -> Decimal:
    return (t1 / parts).quantize(Decimal("0.000001"))
