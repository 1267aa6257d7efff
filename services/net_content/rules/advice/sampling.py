"""How many packages to draw from a lot (抽样), and which, so that anyone can draw them again."""

import hashlib
from decimal import Decimal

from contracts.messages import Message
from contracts.says import Says
from services.net_content.rules.refusals import BadInput
from services.net_content.rules.regimes.model import Regime
from services.net_content.rules.regimes.sourced import Confidence
from services.net_content.rules.sheets.numbers import Exact
from services.net_content.rules.units import MeasureUnit
from services.net_content.rules.verdict.judge import require_known
from services.net_content.rules.verdict.lots import Lot, PlanName
from services.net_content.rules.verdict.plans import row_for


class SamplingRequirement(Message):
    """What the plan asks for a lot of this size."""

    plan: PlanName
    clause: str
    confidence: Confidence
    sample: int
    second_sample: int | None
    factor: Exact | None
    accept: int | None


def sampling(
    regime: Regime, size: int, unit: MeasureUnit = MeasureUnit.G, plan: PlanName = "single"
) -> SamplingRequirement:
    require_known(regime)
    lot = Lot(size=size, nominal=Decimal(1), unit=unit, packages=(), plan=plan)
    chosen, row = row_for(regime, lot)
    n, share = row.n or size, row.accept_percent
    return SamplingRequirement(
        plan=plan,
        clause=chosen.clause,
        confidence=row.confidence or chosen.confidence,
        sample=n,
        second_sample=None if row.second is None else row.second.n,
        factor=row.factor,
        accept=row.accept if share is None else int(share * n / 100),
    )


def draw_packages(size: int, sample: int, seed: str) -> tuple[int, ...]:
    """Numbers of the packages to take, from 1 to `size`, in the order drawn (简单随机抽样).

    A shuffle led by SHA-256 of the seed: written down, it is the proof of what was drawn.
    """
    if not 1 <= sample <= size:
        raise BadInput(
            "sample_exceeds_lot",
            Says(f"sample：应为1至{size}件。", f"sample: 1 to {size} packages."),
            field="sample",
        )
    moved: dict[int, int] = {}
    drawn = []
    for place in range(sample):
        hashed = hashlib.sha256(f"{seed}/{place}".encode()).digest()
        other = place + int.from_bytes(hashed) % (size - place)
        drawn.append(moved.get(other, other) + 1)
        moved[other] = moved.get(place, place)
    return tuple(drawn)
