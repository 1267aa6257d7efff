"""Reckoning without a record (试算): a lot judged, two laws compared, a label, a curve, a fill."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TypeVar

from fastapi import APIRouter

from contracts.messages import Message
from services.kit.errors import Invalid
from services.kit.rights.identity import Asking
from services.net_content.rules import regimes
from services.net_content.rules.advice import comparing, curves, fill
from services.net_content.rules.advice.comparing import Comparison
from services.net_content.rules.advice.curves import Curve
from services.net_content.rules.advice.fill import FillTarget
from services.net_content.rules.labels import labelling
from services.net_content.rules.labels.labelling import Label, LabelVerdict
from services.net_content.rules.refusals import BadInput
from services.net_content.rules.regimes import Regime
from services.net_content.rules.units import MeasureUnit
from services.net_content.rules.verdict.findings import Verdict
from services.net_content.rules.verdict.judge import judge
from services.net_content.rules.verdict.lots import Lot, PlanName

router = APIRouter(prefix="/regimes", tags=["regimes 制度与试算"])
Done = TypeVar("Done")


class Edition(Message):
    """One edition of one law, as a list shows it."""

    name: str
    edition: str
    title_zh: str
    title_en: str


class Chosen(Message):
    """A law, by its name and edition; without one, the edition in force on the day."""

    regime: str
    edition: str | None = None
    on: date | None = None

    def found(self) -> Regime:
        return regimes.find(self.regime, self.edition, self.on)


class LotJudged(Chosen):
    """A lot to be judged; nothing is kept."""

    lot: Lot


class LotCompared(Message):
    """A lot to be held against two laws."""

    lot: Lot
    first: Chosen
    second: Chosen


class LabelChecked(Chosen):
    """A label to be checked."""

    label: Label


@router.get("")
def editions(_asking: Asking) -> tuple[Edition, ...]:
    """Every law and edition there is."""
    return tuple(
        Edition(name=r.name, edition=r.edition, title_zh=r.title_zh, title_en=r.title_en)
        for r in regimes.editions()
    )


@router.post("/verdict")
def verdict(_asking: Asking, body: LotJudged) -> Verdict:
    """The whole arithmetic of one lot, each rule with its clause."""
    return _refused(lambda: judge(body.lot, body.found()))


@router.post("/comparison")
def comparison(_asking: Asking, body: LotCompared) -> Comparison:
    """What two laws or editions say of the same lot, side by side."""
    return _refused(lambda: comparing.compare(body.lot, body.first.found(), body.second.found()))


@router.post("/label")
def label(_asking: Asking, body: LabelChecked) -> LabelVerdict:
    """Unit, height, form of the declaration, and multi-packs."""
    return _refused(lambda: labelling.check(body.label, body.found()))


@router.get("/{regime}/{edition}/operating-characteristic")
def operating_characteristic(
    _asking: Asking,
    regime: str,
    edition: str,
    *,
    size: int,
    unit: MeasureUnit = MeasureUnit.G,
    plan: PlanName = "single",
    of_the_mean: bool = False,
) -> Curve:
    """How often the plan for a lot of this size accepts one that is so bad."""
    curve = curves.mean_characteristic if of_the_mean else curves.operating_characteristic
    return _refused(lambda: curve(regimes.find(regime, edition, None), size, unit, plan))


@router.get("/{regime}/{edition}/target-fill")
def target_fill(
    _asking: Asking,
    regime: str,
    edition: str,
    *,
    nominal: Decimal,
    deviation: Decimal,
    unit: MeasureUnit = MeasureUnit.G,
) -> FillTarget:
    """To what content a packer must fill whose line scatters so."""
    return _refused(
        lambda: fill.target(regimes.find(regime, edition, None), nominal, unit, deviation)
    )


def _refused(work: Callable[[], Done]) -> Done:
    try:
        return work()
    except BadInput as bad:
        raise Invalid(bad.says, field=bad.field, rule=bad.code) from bad
