"""The rule on the mean (平均实际含量): not below nominal, with sampling error allowed for."""

from collections.abc import Sequence
from decimal import Decimal

from contracts.says import Says
from services.net_content.rules.exactly import EXACT, ROUGH, shown
from services.net_content.rules.refusals import NotKnown
from services.net_content.rules.verdict.findings import RuleFinding
from services.net_content.rules.verdict.plans import Choice
from services.net_content.rules.verdict.spread import Spread, spread


def mean_sample(errors: Sequence[Decimal], chosen: Choice) -> Spread:
    """Of the packages that the row makes the mean of: the first drawn."""
    return spread(errors[: chosen.row.mean_n or chosen.n])


def mean_rule(
    spread: Spread, chosen: Choice, nominal: Decimal, slack: Decimal
) -> tuple[RuleFinding | None, Decimal | None]:
    """The rule and the correction λs; neither where the law does not judge the mean."""
    row = chosen.row
    if row.mean == "none":
        return None, None
    correction, holds = _correction(spread, chosen, slack)
    mean = EXACT.add(shown(spread.mean), nominal)
    limit = EXACT.subtract(nominal, EXACT.add(shown(correction), slack))
    margin = ROUGH.add(spread.mean, ROUGH.add(correction, slack))
    sign = "≥" if holds else "<"
    return (
        RuleFinding(
            rule="mean",
            holds=holds,
            found=mean,
            limit=limit,
            margin=shown(margin),
            clause=chosen.plan.clause,
            confidence=chosen.confidence,
            zh=f"平均实际含量{mean:f} {sign} {limit:f}。",
            en=f"The mean content {mean:f} {sign} {limit:f}.",
        ),
        shown(correction),
    )


def _correction(spread: Spread, chosen: Choice, slack: Decimal) -> tuple[Decimal, bool]:
    row = chosen.row
    if row.mean == "plain" or spread.n < 2:
        return Decimal(0), spread.reaches_nominal(Decimal(0), slack)
    if row.factor is None:
        raise NotKnown(
            "factor_not_known",
            Says(
                f"{chosen.plan.clause}中该批量的修正因子未经核对，不能据以判定。",
                f"The correction factor of {chosen.plan.clause} for such a lot is not confirmed.",
            ),
            field="size",
        )
    if row.mean == "range":
        return ROUGH.multiply(row.factor, spread.range), spread.reaches_by_range(row.factor)
    deviation = spread.deviation or Decimal(0)
    return ROUGH.multiply(row.factor, deviation), spread.reaches_nominal(row.factor, slack)
