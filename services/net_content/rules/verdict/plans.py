"""Which row of a sampling plan (抽样方案) a lot falls under, and whether the sample is that one."""

from typing import NamedTuple

from contracts.says import Says
from services.net_content.rules.refusals import BadInput, NotKnown
from services.net_content.rules.regimes.model import Plan, PlanRow, Regime
from services.net_content.rules.regimes.sourced import Confidence
from services.net_content.rules.verdict.lots import Lot


class Choice(NamedTuple):
    """A plan, its row, and which of its samples was taken."""

    plan: Plan
    row: PlanRow
    n: int
    """Of the first sample alone."""
    stage: int

    @property
    def confidence(self) -> Confidence:
        return self.row.confidence or self.plan.confidence


def choice(regime: Regime, lot: Lot) -> Choice:
    """The row for this lot; refused if the sample's size is not the one it asks for."""
    plan, row = row_for(regime, lot)
    n = row.n or lot.size
    found = len(lot.packages)
    if found == n:
        return Choice(plan, row, n, 1)
    if row.second is not None and found == n + row.second.n:
        return Choice(plan, row, n, 2)
    allowed = f"{n}" if row.second is None else f"{n}/{n + row.second.n}"
    raise BadInput(
        "sample_not_of_plan",
        Says(
            f"packages：批量{lot.size}按{plan.clause}应抽{allowed}件，实为{found}件。",
            f"packages: a lot of {lot.size} calls for {allowed} ({plan.clause}); "
            f"there are {found}.",
        ),
        field="packages",
    )


def row_for(regime: Regime, lot: Lot) -> tuple[Plan, PlanRow]:
    """The plan that is asked for and its row, before anything is drawn."""
    named = [p for p in regime.plans if p.name == lot.plan]
    fitting = [p for p in named if lot.unit.base in p.units] or [p for p in named if not p.units]
    if not fitting:
        raise BadInput(
            "plan_not_of_regime",
            Says(
                f"plan：{regime.title_zh}没有“{lot.plan}”抽样方案，或该表未经核对。",
                f"plan: {regime.title_en} has no plan {lot.plan!r} for {lot.unit}, "
                "or none we know.",
            ),
            field="plan",
        )
    plan = fitting[0]
    for row in plan.rows:
        if row.first <= lot.size and (row.last is None or lot.size <= row.last):
            if Confidence.LOW in {plan.confidence, row.confidence}:
                raise _not_confirmed(plan, lot.size)
            return plan, row
    raise BadInput(
        "lot_size_not_of_plan",
        Says(
            f"size：{plan.clause}没有批量{lot.size}的方案。",
            f"size: {plan.clause} has no row for a lot of {lot.size}.",
        ),
        field="size",
    )


def _not_confirmed(plan: Plan, size: int) -> NotKnown:
    return NotKnown(
        "not_confirmed",
        Says(
            f"size：批量{size}在{plan.clause}中的数值未经核对，不能据以判定。",
            f"size: the numbers of {plan.clause} for a lot of {size} are not confirmed to us.",
        ),
        field="size",
    )
