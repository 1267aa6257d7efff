"""The verdict (检验结论) on one lot: `judge`, by one regime in one edition."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from contracts.says import Says
from services.net_content.rules.exactly import EXACT, shown
from services.net_content.rules.refusals import NotKnown
from services.net_content.rules.regimes.model import Regime
from services.net_content.rules.verdict.averaging import mean_rule, mean_sample
from services.net_content.rules.verdict.counting import beyond_first, beyond_second
from services.net_content.rules.verdict.findings import (
    PlanUsed,
    RuleFinding,
    RuleOutcome,
    ToleranceUsed,
    Verdict,
)
from services.net_content.rules.verdict.lots import Lot
from services.net_content.rules.verdict.measuring import LotFigures, measured
from services.net_content.rules.verdict.plans import Choice
from services.net_content.rules.verdict.soundness import check
from services.net_content.rules.verdict.suitability import fitness
from services.net_content.rules.verdict.tolerances import Tolerance

__all__ = ["Verdict", "judge"]


def judge(lot: Lot, regime: Regime) -> Verdict:
    """Raises `BadInput` where the facts cannot be judged, `NotKnown` where the law is not known."""
    check(lot)
    require_known(regime)
    found = measured(lot, regime)
    sample = found.sample
    mean, correction = _mean(lot, found)
    counted = _counted(lot, regime, found)
    fits = fitness(lot, regime, found.limits.t1) if found.limits else ()
    rules = tuple(r for r in (mean, *counted.rules, *fits) if r)
    return Verdict(
        regime=regime.name,
        edition=regime.edition,
        tables=regime.digest,
        title_zh=regime.title_zh,
        title_en=regime.title_en,
        in_force=None if lot.inspected_on is None else regime.in_force(lot.inspected_on),
        lot_size=lot.size,
        nominal=lot.nominal,
        unit=lot.unit,
        tolerance=None if found.limits is None else _tolerance_used(found.limits),
        plan=_plan_used(found.chosen, counted),
        tare=found.tare,
        moisture=found.moisture.amount,
        mean=EXACT.add(lot.nominal, shown(sample.mean)),
        deviation=None if sample.deviation is None else shown(sample.deviation),
        correction=correction,
        limit=None if mean is None else mean.limit,
        packages=found.packages,
        rules=rules,
        outcome=_outcome(rules),
        failing=tuple(r.rule for r in rules if r.bears_on == "lot" and r.holds is False),
        withheld=counted.withheld,
        notes=tuple(_notes(lot, regime, found, counted.stage)),
    )


def require_known(regime: Regime) -> None:
    """Refuses an edition that is listed but whose tables nobody confirmed."""
    if regime.awaiting is not None:
        raise NotKnown(
            "table_not_known", Says(regime.awaiting.zh, regime.awaiting.en), field="edition"
        )


class _Counted(NamedTuple):
    rules: tuple[RuleFinding | None, ...] = ()
    withheld: tuple[int, ...] = ()
    accept: int | None = None
    stage: int = 1


def _counted(lot: Lot, regime: Regime, figures: LotFigures) -> _Counted:
    if figures.limits is None:
        return _Counted()
    grades = [package.grade for package in figures.packages]
    first, stage = beyond_first(grades, figures.chosen, regime, figures.limits)
    second, withheld = beyond_second([p.number for p in lot.packages], grades, regime)
    accept = None if first.limit is None else int(first.limit)
    return _Counted((first, second), withheld, accept, stage)


def _mean(lot: Lot, figures: LotFigures) -> tuple[RuleFinding | None, Decimal | None]:
    """The rule on the mean; open where only an allowance that is to be asked about upholds it."""
    moisture = figures.moisture
    mean, correction = mean_rule(figures.sample, figures.chosen, lot.nominal, moisture.widened)
    if mean is None or not mean.holds or not moisture.ask_the_packer:
        return mean, correction
    errors = [EXACT.subtract(package.error, moisture.eased) for package in figures.packages]
    plain = mean_sample(errors, figures.chosen)
    without, _ = mean_rule(plain, figures.chosen, lot.nominal, Decimal(0))
    if without is not None and without.holds:
        return mean, correction
    asked = {
        "zh": f"{mean.zh}仅因水分允差而合格，须先核对包装企业数据。",
        "en": f"{mean.en} It passes by the allowance alone: ask the packer for data first.",
    }
    return mean.model_copy(update={"holds": None, **asked}), correction


def _outcome(rules: Sequence[RuleFinding]) -> RuleOutcome:
    """What was measured too coarsely decides nothing; one broken rule fails the lot."""
    if any(r.bears_on == "measurement" and r.holds is False for r in rules):
        return "undecided"
    on_lot = [r.holds for r in rules if r.bears_on == "lot"]
    if False in on_lot:
        return "fail"
    return "undecided" if None in on_lot else "pass"


def _tolerance_used(limits: Tolerance) -> ToleranceUsed:
    return ToleranceUsed(
        t1=limits.t1,
        t2=limits.t2,
        unrounded=limits.unrounded,
        clause=limits.table.clause,
        confidence=limits.table.confidence,
        note=limits.table.note if limits.tie else None,
    )


def _plan_used(chosen: Choice, counted: _Counted) -> PlanUsed:
    second = chosen.row.second
    return PlanUsed(
        name=chosen.plan.name,
        clause=chosen.plan.clause,
        confidence=chosen.confidence,
        sample=chosen.n + (second.n if second is not None and chosen.stage == 2 else 0),
        mean_sample=chosen.row.mean_n or chosen.n,
        factor=chosen.row.factor,
        accept=counted.accept,
        stage=2 if counted.stage == 2 else 1,
    )


def _notes(lot: Lot, regime: Regime, figures: LotFigures, stage: int) -> Iterator[str]:
    law, limits = regime.law(lot.inspected_on), figures.limits
    if law is not None:
        yield f"配套法规 used with: {law.zh} {law.en}"
    if lot.inspected_on is not None and not regime.in_force(lot.inspected_on):
        yield "检验当日该版本未施行。 The edition was not in force on that day."
    if limits is not None and limits.tie and limits.table.note:
        yield limits.table.note
    if figures.chosen.stage == 2 and stage == 1:
        yield "首样已可判定，第二样未计。 The first sample decided; the second is not used."
