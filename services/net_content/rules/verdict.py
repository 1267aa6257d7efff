"""The verdict (检验结论) on one lot: `judge`, by one regime in one edition."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from services.net_content.rules.averaging import mean_rule, mean_sample
from services.net_content.rules.counting import beyond_first, beyond_second, grade
from services.net_content.rules.exactly import EXACT, shown
from services.net_content.rules.findings import (
    Grade,
    Outcome,
    PackageFinding,
    PlanUsed,
    RuleFinding,
    ToleranceUsed,
    Verdict,
)
from services.net_content.rules.lots import Lot
from services.net_content.rules.moisture import claim
from services.net_content.rules.plans import Choice, choice
from services.net_content.rules.refusals import NotKnown
from services.net_content.rules.regimes.model import Regime
from services.net_content.rules.soundness import check
from services.net_content.rules.suitability import fitness
from services.net_content.rules.tare import contents
from services.net_content.rules.tolerances import Tolerance, tolerance

__all__ = ["Verdict", "judge"]


def judge(lot: Lot, regime: Regime) -> Verdict:
    """Raises `BadInput` where the facts cannot be judged, `NotKnown` where the law is not known."""
    check(lot)
    require_known(regime)
    chosen = choice(regime, lot)
    limits = None
    if not chosen.plan.mean_only:
        limits = tolerance(regime, lot.nominal, lot.unit, lot.goods)
    weighed = contents(lot, regime, limits.t1 if limits else Decimal(0))
    moisture = claim(lot, regime)
    errors = [
        EXACT.add(EXACT.subtract(content, lot.nominal), moisture.eased)
        for content in weighed.contents
    ]
    grades = [_grade(e, limits, moisture.widened) for e in errors]
    sample = mean_sample(errors, chosen)
    mean, correction = mean_rule(sample, chosen, lot.nominal, moisture.widened)
    if mean is not None and moisture.ask_the_packer:
        mean = _asking(mean, errors, moisture.eased, chosen, lot.nominal)
    numbers = [p.number for p in lot.packages]
    counted = _counted(numbers, grades, chosen, regime, limits)
    fits = fitness(lot, regime, limits.t1) if limits else ()
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
        tolerance=None if limits is None else _tolerance_used(limits),
        plan=_plan_used(chosen, counted),
        tare=weighed.tare,
        moisture=moisture.amount,
        mean=EXACT.add(lot.nominal, shown(sample.mean)),
        deviation=None if sample.deviation is None else shown(sample.deviation),
        correction=correction,
        limit=None if mean is None else mean.limit,
        packages=tuple(
            PackageFinding(number=number, content=content, error=error, grade=g)
            for number, content, error, g in zip(
                numbers, weighed.contents, errors, grades, strict=True
            )
        ),
        rules=rules,
        outcome=_outcome(rules),
        failing=tuple(r.rule for r in rules if r.bears_on == "lot" and r.holds is False),
        withheld=counted.withheld,
        notes=tuple(_notes(lot, regime, limits, chosen, counted.stage)),
    )


def require_known(regime: Regime) -> None:
    """Refuses an edition that is listed but whose tables nobody confirmed."""
    if regime.awaiting is not None:
        raise NotKnown("table_not_known", regime.awaiting.zh, regime.awaiting.en, field="edition")


def _grade(error: Decimal, limits: Tolerance | None, widened: Decimal) -> Grade:
    return "unjudged" if limits is None else grade(error, limits.t1 + widened, limits.t2)


class _Counted(NamedTuple):
    rules: tuple[RuleFinding | None, ...] = ()
    withheld: tuple[int, ...] = ()
    accept: int | None = None
    stage: int = 1


def _counted(
    numbers: Sequence[int],
    grades: Sequence[Grade],
    chosen: Choice,
    regime: Regime,
    limits: Tolerance | None,
) -> _Counted:
    if limits is None:
        return _Counted()
    first, stage = beyond_first(grades, chosen, regime, limits)
    second, withheld = beyond_second(numbers, grades, regime)
    accept = None if first.limit is None else int(first.limit)
    return _Counted((first, second), withheld, accept, stage)


def _asking(
    mean: RuleFinding, errors: Sequence[Decimal], eased: Decimal, chosen: Choice, nominal: Decimal
) -> RuleFinding:
    """The grey area: only the allowance makes it pass, so the packer's data are asked for."""
    plain = mean_sample([EXACT.subtract(e, eased) for e in errors], chosen)
    without, _ = mean_rule(plain, chosen, nominal, Decimal(0))
    if not mean.holds or (without is not None and without.holds):
        return mean
    asked = {
        "zh": f"{mean.zh}仅因水分允差而合格，须先核对包装企业数据。",
        "en": f"{mean.en} It passes by the allowance alone: ask the packer for data first.",
    }
    return mean.model_copy(update={"holds": None, **asked})


def _outcome(rules: Sequence[RuleFinding]) -> Outcome:
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


def _notes(
    lot: Lot, regime: Regime, limits: Tolerance | None, chosen: Choice, stage: int
) -> Sequence[str]:
    notes = []
    law = regime.law(lot.inspected_on)
    if law is not None:
        notes.append(f"配套法规 used with: {law.zh} {law.en}")
    if lot.inspected_on is not None and not regime.in_force(lot.inspected_on):
        notes.append("检验当日该版本未施行。 The edition was not in force on that day.")
    if limits is not None and limits.tie and limits.table.note:
        notes.append(limits.table.note)
    if chosen.stage == 2 and stage == 1:
        notes.append("首样已可判定，第二样未计。 The first sample decided; the second is not used.")
    return notes
