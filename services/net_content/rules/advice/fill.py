"""How full a packer (生产者) must fill, given how evenly the line fills: the target content."""

from decimal import Decimal
from statistics import NormalDist
from typing import Literal

from contracts.messages import Message
from contracts.says import Says
from services.net_content.rules.exactly import EXACT, product, shown
from services.net_content.rules.refusals import BadInput, NotKnown
from services.net_content.rules.regimes.model import Regime
from services.net_content.rules.regimes.sourced import Confidence
from services.net_content.rules.sheets.numbers import Exact
from services.net_content.rules.units import MeasureUnit
from services.net_content.rules.verdict.tolerances import tolerance

BEYOND_SECOND = Decimal("0.0001")
"""One in ten thousand beyond the second limit, which allows none: ours, not law."""
Bound = Literal["mean", "t1", "t2"]


class FillTarget(Message):
    """The content to fill to, which rule asks for it, and what is given away (溢装量)."""

    regime: str
    edition: str
    nominal: Exact
    unit: MeasureUnit
    deviation: Exact
    by_mean: Exact
    by_t1: Exact
    """Qn - T + zσ, for the share that may be beyond T."""
    by_t2: Exact | None
    target: Exact
    bound: Bound
    give_away: Exact
    share: Exact
    share_clause: str
    share_confidence: Confidence
    z1: Exact
    z2: Exact | None


def target(
    regime: Regime,
    nominal: Decimal,
    unit: MeasureUnit,
    deviation: Decimal,
    *,
    share: Decimal | None = None,
    beyond_second: Decimal = BEYOND_SECOND,
) -> FillTarget:
    """The least content that keeps the mean, the share beyond T and the second limit."""
    _check(deviation, share, beyond_second)
    allowed, clause, confidence = _share(regime, share)
    limits = tolerance(regime, nominal, unit)
    z1 = _z(allowed)
    by_t1 = _lifted(nominal, limits.t1, z1, deviation)
    z2 = None if limits.t2 is None else _z(beyond_second)
    asked: dict[Bound, Decimal] = {"mean": nominal, "t1": by_t1}
    if limits.t2 is not None and z2 is not None:
        asked["t2"] = _lifted(nominal, limits.t2, z2, deviation)
    bound = max(asked, key=lambda name: asked[name])
    return FillTarget(
        regime=regime.name,
        edition=regime.edition,
        nominal=nominal,
        unit=unit,
        deviation=deviation,
        by_mean=nominal,
        by_t1=by_t1,
        by_t2=asked.get("t2"),
        target=asked[bound],
        bound=bound,
        give_away=EXACT.subtract(asked[bound], nominal),
        share=allowed,
        share_clause=clause,
        share_confidence=confidence,
        z1=z1,
        z2=z2,
    )


def _lifted(nominal: Decimal, limit: Decimal, z: Decimal, deviation: Decimal) -> Decimal:
    return shown(EXACT.add(EXACT.subtract(nominal, limit), product(z, deviation)))


def _z(share: Decimal) -> Decimal:
    return round(Decimal(NormalDist().inv_cdf(1 - float(share))), 6)


def _share(regime: Regime, given: Decimal | None) -> tuple[Decimal, str, Confidence]:
    if given is not None:
        return given, "自定 chosen by the packer", Confidence.CONFIGURED
    if regime.aim is None:
        raise NotKnown(
            "share_not_known",
            Says(
                f"share：{regime.title_zh}未规定允许超出T的比例，请自定。",
                f"share: {regime.title_en} prints no share that may be beyond T; choose one.",
            ),
            field="share",
        )
    return regime.aim.percent / 100, regime.aim.clause, regime.aim.confidence


def _check(deviation: Decimal, share: Decimal | None, beyond_second: Decimal) -> None:
    if deviation < 0:
        raise BadInput(
            "not_positive",
            Says("deviation：标准偏差不得为负。", "deviation: a deviation is never negative."),
            field="deviation",
        )
    for name, value in (("share", share), ("beyond_second", beyond_second)):
        if value is not None and not 0 < value < 1:
            raise BadInput(
                "out_of_range",
                Says(f"{name}：比例应大于0小于1。", f"{name}: a share lies between 0 and 1."),
                field=name,
            )
