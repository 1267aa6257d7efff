"""Tare (皮重): whether the mean of some tares may stand for each package's own."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from contracts.says import Says
from services.net_content.rules.exactly import EXACT, ROUGH, product, shown, total
from services.net_content.rules.refusals import BadInput, NotKnown
from services.net_content.rules.regimes.model import Regime
from services.net_content.rules.regimes.weighing import Tare
from services.net_content.rules.verdict.findings import TareUsed
from services.net_content.rules.verdict.lots import Lot, Prepackage
from services.net_content.rules.verdict.spread import spread


class Weighed(NamedTuple):
    """The content of every package, and the tare it came by."""

    contents: tuple[Decimal, ...]
    tare: TareUsed | None


def contents(lot: Lot, regime: Regime, t1: Decimal) -> Weighed:
    """Content as measured, or gross less tare: its own, or the mean where the law lets it."""
    if all(p.gross is None for p in lot.packages):
        return Weighed(tuple(p.content for p in lot.packages if p.content is not None), None)
    if all(p.tare is not None for p in lot.packages):
        return Weighed(tuple(_net(p, p.tare) for p in lot.packages), None)
    used = mean_tare(lot.tares, lot, regime, t1)
    if used.mean is None:
        raise BadInput("tare_undecided", Says(used.zh, used.en), field="tares")
    return Weighed(tuple(_net(p, used.mean) for p in lot.packages), used)


def mean_tare(tares: Sequence[Decimal], lot: Lot, regime: Regime, t1: Decimal) -> TareUsed:
    """The mean tare; or where there is none yet, what is to be done next."""
    rule = regime.tare
    if rule is None:
        raise NotKnown(
            "tare_not_known",
            Says(
                f"tares：{regime.title_zh}的皮重规则未经核对；请逐件称皮重。",
                f"tares: the tare rule of {regime.title_en} is not confirmed; weigh each tare.",
            ),
            field="tares",
        )
    if len(tares) < 2:
        says = Says(f"先称{rule.first}件皮重。", f"Weigh {rule.first} tares first.")
        return _used(rule, None, None, len(tares), says)
    mean, deviation = _mean(tares), spread(tares).deviation
    within_share = mean <= product(rule.share, lot.nominal)
    even = deviation is not None and deviation <= product(rule.spread, t1)
    says = _next(rule, len(tares), within_share=within_share, even=even)
    settled = (len(tares) >= rule.first and within_share) or (len(tares) >= rule.more and even)
    return _used(rule, mean if settled else None, deviation, len(tares), says)


def _next(rule: Tare, count: int, *, within_share: bool, even: bool) -> Says:
    share, spread_ = f"{rule.share:%}", f"{rule.spread:f}"
    if count < rule.first:
        return Says(f"皮重不足{rule.first}件。", f"There are fewer than {rule.first} tares.")
    if within_share:
        return Says(
            f"平均皮重不超过标注净含量的{share}，用平均值。",
            f"The mean is at most {share} of the nominal content: it is used.",
        )
    if not even:
        return Says(
            f"平均皮重过大且标准偏差超过{spread_}T，逐件称皮重。",
            f"The tares spread by more than {spread_} T: weigh each package's own.",
        )
    if count < rule.more:
        return Says(
            f"标准偏差不超过{spread_}T，补称至{rule.more}件。",
            f"The spread is at most {spread_} T: weigh more tares, {rule.more} in all.",
        )
    return Says(
        f"{rule.more}件皮重标准偏差不超过{spread_}T，用平均值。",
        f"{rule.more} tares spread by at most {spread_} T: their mean is used.",
    )


def _used(
    rule: Tare, mean: Decimal | None, deviation: Decimal | None, count: int, says: Says
) -> TareUsed:
    return TareUsed(
        mean=mean,
        deviation=None if deviation is None else shown(deviation),
        count=count,
        clause=rule.clause,
        confidence=rule.confidence,
        zh=says.zh,
        en=says.en,
    )


def _mean(tares: Sequence[Decimal]) -> Decimal:
    """Exact for 10 or 25 tares; of other numbers, to nine places."""
    mean = ROUGH.divide(total(tares), Decimal(len(tares)))
    exponent = mean.normalize().as_tuple().exponent
    fine = isinstance(exponent, int) and exponent >= -9
    return mean.normalize() if fine else ROUGH.quantize(mean, Decimal("1e-9"))


def _net(package: Prepackage, tare: Decimal | None) -> Decimal:
    if package.content is not None:
        return package.content
    assert package.gross is not None
    assert tare is not None
    net = EXACT.subtract(package.gross, tare)
    if net < 0:
        raise BadInput(
            "negative_content",
            Says(
                f"packages：样品{package.number}的毛重小于皮重。",
                f"packages: package {package.number} weighs less than its tare.",
            ),
            field="packages",
        )
    return net
