"""Whether what was measured with (测量不确定度、分度值) is fine enough for the limit."""

from collections.abc import Iterator
from decimal import Decimal

from services.net_content.rules.exactly import product, shown
from services.net_content.rules.regimes.model import Regime
from services.net_content.rules.regimes.sourced import Sourced
from services.net_content.rules.verdict.findings import RuleFinding
from services.net_content.rules.verdict.lots import Lot


def fitness(lot: Lot, regime: Regime, t1: Decimal) -> Iterator[RuleFinding]:
    """What was given of U and of the scale division, each against what the regime prints."""
    cap = regime.cap
    given = None if cap is None else lot.uncertainty if cap.of == "uncertainty" else lot.division
    if cap is not None and given is not None and t1 > 0:
        holds = product(given, cap.parts) <= t1
        part = f"T/{cap.parts}"
        yield _finding(cap, cap.of, holds=holds, given=given, limit=(t1 / cap.parts, part))
    greatest = greatest_division(lot, regime)
    if regime.divisions is not None and greatest is not None and lot.division is not None:
        fits = lot.division <= greatest
        limit = (greatest, f"{greatest:f}")
        yield _finding(regime.divisions, "division", holds=fits, given=lot.division, limit=limit)


def greatest_division(lot: Lot, regime: Regime) -> Decimal | None:
    """The coarsest scale for this content by the regime's own table, in the lot's unit."""
    table, content = regime.divisions, lot.nominal * lot.unit.in_base
    if table is None or lot.unit.base not in {"g", "mL"} or content < table.at_least:
        return None
    row = next((r for r in table.rows if content < r.below), None)
    return None if row is None else row.division / lot.unit.in_base


WORDS = {
    "uncertainty": ("扩展不确定度", "expanded uncertainty"),
    "division": ("分度值", "division"),
}


def _finding(
    of: Sourced, rule: str, *, holds: bool, given: Decimal, limit: tuple[Decimal, str]
) -> RuleFinding:
    zh, en = WORDS[rule]
    return RuleFinding(
        rule="division" if rule == "division" else "uncertainty",
        bears_on="measurement",
        holds=holds,
        found=given,
        limit=shown(limit[0]),
        margin=shown(limit[0] - given),
        clause=of.clause,
        confidence=of.confidence,
        zh=f"{zh}{given:f}，应不大于{limit[1]}。",
        en=f"The {en} is {given:f}; at most {limit[1]} is allowed.",
    )
