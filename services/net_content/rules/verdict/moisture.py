"""Moisture allowance (水分损失): what goods that dry out may have lost since they were packed."""

from decimal import Decimal
from typing import NamedTuple

from contracts.says import Says
from services.net_content.rules.exactly import ROUGH, product
from services.net_content.rules.refusals import BadInput, NotKnown
from services.net_content.rules.regimes.model import Regime
from services.net_content.rules.regimes.weighing import Allowance
from services.net_content.rules.verdict.lots import Lot


class Claim(NamedTuple):
    """What is allowed, and where it goes: never to both places."""

    amount: Decimal | None = None
    eased: Decimal = Decimal(0)
    """Known before the test: added to every error, as the nominal gross weight sinks by it."""
    widened: Decimal = Decimal(0)
    """After the test: added to the sampling error limit and to the MAV."""
    ask_the_packer: bool = False


def claim(lot: Lot, regime: Regime) -> Claim:
    """The allowance for this lot, in its unit; refused where its goods have none."""
    if lot.moisture is None:
        return Claim()
    row = _row(lot.moisture.goods, regime)
    amount = _to_division(product(lot.nominal, row.percent, Decimal("0.01")), lot.division)
    if lot.moisture.method == "before":
        return Claim(amount, eased=amount, ask_the_packer=row.ask_the_packer)
    return Claim(amount, widened=amount, ask_the_packer=row.ask_the_packer)


def _row(goods: str, regime: Regime) -> Allowance:
    if regime.moisture is None:
        raise NotKnown(
            "moisture_not_printed",
            Says(
                f"moisture：{regime.title_zh}未规定水分允差的数值。",
                f"moisture: {regime.title_en} prints no number for a moisture allowance.",
            ),
            field="moisture",
        )
    row = next((a for a in regime.moisture.goods if a.goods == goods), None)
    if row is None:
        there = ", ".join(a.goods for a in regime.moisture.goods)
        raise BadInput(
            "goods_without_allowance",
            Says(
                f"moisture：“{goods}”没有水分允差；有：{there}。",
                f"moisture: {goods!r} has no allowance; these have: {there}.",
            ),
            field="moisture",
        )
    return row


def _to_division(value: Decimal, division: Decimal | None) -> Decimal:
    """To whole divisions of the scale, as worked examples have it; ours where none is given."""
    if division is None:
        return value
    return ROUGH.divide(value, division).to_integral_value() * division
