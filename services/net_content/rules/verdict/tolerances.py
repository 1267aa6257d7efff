"""Tolerable deficiency (允许短缺量 T) of a nominal content, as its regime rounds it."""

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from typing import NamedTuple

from contracts.says import Says
from services.net_content.rules.refusals import BadInput
from services.net_content.rules.regimes.model import Bands, Deficiency, Regime, RoundingStep
from services.net_content.rules.units import MeasureUnit

MODES = {"up": ROUND_CEILING, "half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN}


class Tolerance(NamedTuple):
    """T and the second limit, in the unit that was asked in."""

    t1: Decimal
    t2: Decimal | None
    unrounded: Decimal
    table: Deficiency
    tie: bool
    """Whether the next digit was exactly a half, where rounding modes part."""


def tolerance(
    regime: Regime, nominal: Decimal, unit: MeasureUnit, goods: str | None = None
) -> Tolerance:
    """T of a content labelled so; refused where the regime's table does not reach."""
    table = _table(regime, unit, goods)
    content = nominal * unit.in_base
    raw = _raw(table.first, content)
    if raw is None:
        raise _outside(regime, nominal, unit)
    t1 = _rounded(raw, content, table.first.rounding)
    t2 = _second(regime, table, content, t1)
    return Tolerance(
        t1 / unit.in_base,
        None if t2 is None else t2 / unit.in_base,
        raw / unit.in_base,
        table,
        _is_tie(raw, content, table.first.rounding),
    )


def _table(regime: Regime, unit: MeasureUnit, goods: str | None) -> Deficiency:
    fitting = [d for d in regime.deficiencies if unit.base in d.units]
    grouped = any(d.goods == goods for d in regime.deficiencies)
    own = [d for d in fitting if d.goods == (goods if grouped else None)]
    if not own:
        raise BadInput(
            "unit_not_of_regime",
            Says(
                f"unit：{regime.title_zh}没有以{unit}为单位的允许短缺量表，或该表未经核对。",
                f"unit: {regime.title_en} has no table of deficiencies for {unit}, "
                "or none we know.",
            ),
            field="unit",
        )
    return own[0]


def _raw(table: Bands, content: Decimal) -> Decimal | None:
    if content <= table.over or (table.at_least is not None and content < table.at_least):
        return None
    for band in table.bands:
        if band.reaches(content):
            return band.amount if band.percent is None else content * band.percent / 100
    return None


def _second(regime: Regime, table: Deficiency, content: Decimal, first: Decimal) -> Decimal | None:
    if regime.beyond_second == "no_such_limit":
        return None
    if table.second is None:
        return 2 * first
    raw = _raw(table.second, content)
    return None if raw is None else _rounded(raw, content, table.second.rounding)


def _step(content: Decimal, rounding: Sequence[RoundingStep]) -> RoundingStep | None:
    return next((s for s in rounding if s.up_to is None or content <= s.up_to), None)


def _rounded(raw: Decimal, content: Decimal, rounding: Sequence[RoundingStep]) -> Decimal:
    step = _step(content, rounding)
    if step is None:
        return raw
    return (raw / step.step).to_integral_value(MODES[step.mode]) * step.step


def _is_tie(raw: Decimal, content: Decimal, rounding: Sequence[RoundingStep]) -> bool:
    step = _step(content, rounding)
    return step is not None and step.mode != "up" and (raw / step.step) % 1 == Decimal("0.5")


def _outside(regime: Regime, nominal: Decimal, unit: MeasureUnit) -> BadInput:
    return BadInput(
        "outside_scope",
        Says(
            f"nominal：标注净含量{nominal} {unit}不在{regime.title_zh}的允许短缺量表范围内。",
            f"nominal: {nominal} {unit} lies outside the table of deficiencies of "
            f"{regime.title_en}.",
        ),
        field="nominal",
    )
