"""Moisture allowance (水分损失): what goods that dry out may have lost since they were packed."""

from decimal import Decimal

from services.net_content.rules.exactly import ROUGH, product
from services.net_content.rules.lots import Lot
from services.net_content.rules.refusals import BadInput, NotKnown
from services.net_content.rules.regimes.model import Allowance, Regime


def allowance(lot: Lot, regime: Regime) -> tuple[Allowance, Decimal] | None:
    """The row and how much it is for this lot, in its unit; nothing if none was claimed."""
    if lot.moisture is None:
        return None
    if regime.moisture is None:
        raise NotKnown(
            "moisture_not_printed",
            f"moisture：{regime.title_zh}未规定水分允差的数值。",
            f"moisture: {regime.title_en} prints no number for a moisture allowance.",
            field="moisture",
        )
    goods = lot.moisture.goods
    row = next((a for a in regime.moisture.goods if a.goods == goods), None)
    if row is None:
        there = ", ".join(a.goods for a in regime.moisture.goods)
        raise BadInput(
            "goods_without_allowance",
            f"moisture：“{goods}”没有水分允差；有：{there}。",
            f"moisture: {goods!r} has no allowance; these have: {there}.",
            field="moisture",
        )
    return row, _to_division(product(lot.nominal, row.percent, Decimal("0.01")), lot.division)


def _to_division(value: Decimal, division: Decimal | None) -> Decimal:
    """To whole divisions of the scale, as worked examples have it; ours where none is given."""
    if division is None:
        return value
    return ROUGH.divide(value, division).to_integral_value() * division
