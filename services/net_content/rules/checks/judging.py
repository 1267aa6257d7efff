"""From a check's case to a lot as the verdict engine judges it, and back to a finding."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from contracts.net_content import PassOrFail
from contracts.says import Says
from services.net_content.rules.checks.basis import VerdictBasis, contents_of
from services.net_content.rules.refusals import BadInput
from services.net_content.rules.regimes import Regime, editions, find
from services.net_content.rules.units import MeasureUnit
from services.net_content.rules.verdict.findings import Verdict
from services.net_content.rules.verdict.judge import judge
from services.net_content.rules.verdict.lots import Lot, Prepackage
from services.net_content.rules.verdict.plans import row_for

HOME = "cn"


@dataclass(frozen=True)
class Judgement:
    """A verdict with all its arithmetic, as JSON carries it."""

    verdict: PassOrFail
    engine: str
    summary: str
    t2_percent: int
    result: dict[str, Any]


def is_regime(name: str) -> bool:
    """Whether lots can be judged by this edition: `cn-2005`."""
    return any(_named(regime) == name for regime in _usable())


def in_force(on: date) -> str:
    """The edition in force; where its tables are not known yet, the newest whose tables are."""
    home = [regime for regime in _usable() if regime.name == HOME]
    fitting = [regime for regime in home if regime.in_force(on)] or home
    return _named(max(fitting, key=lambda regime: regime.edition))


def planned(regime: str, lot_size: int, unit: str) -> int:
    """How many packages the plan takes of such a lot. Raises `BadInput` where it has no row."""
    lot = Lot(size=lot_size, nominal=Decimal(1), unit=MeasureUnit(unit), packages=())
    _, row = row_for(_regime(regime), lot)
    return row.n or lot_size


def judged(case: VerdictBasis) -> Judgement:
    """Raises `BadInput` where no verdict can rest on it."""
    regime = _regime(case.regime)
    packages = tuple(
        Prepackage(number=number, content=content)
        for number, content in enumerate(contents_of(case), 1)
    )
    lot = Lot(
        size=case.lot_size,
        nominal=Decimal(case.nominal),
        unit=MeasureUnit(case.unit),
        packages=packages,
        inspected_on=case.sheet.measured_on,
    )
    verdict = judge(lot, regime)
    if verdict.outcome == "undecided":
        says = "；".join(rule.zh for rule in verdict.rules if rule.holds is not True)
        raise BadInput(
            "undecided", Says(f"尚不能作出结论：{says}", "undecided yet"), field="packages"
        )
    second = sum(1 for package in verdict.packages if package.grade == "T2")
    return Judgement(
        verdict.outcome,
        f"{_named(regime)}+{verdict.tables[:12]}",
        _summary(verdict),
        100 * second // len(packages),
        verdict.model_dump(mode="json"),
    )


def figures(result: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What a verdict follows from, as a report prints it."""
    verdict = Verdict.model_validate(result)
    unit, plan, tolerance = verdict.unit, verdict.plan, verdict.tolerance
    grades = [package.grade for package in verdict.packages]
    allowed = "-" if plan.accept is None else str(plan.accept)
    limit = "不评定 not judged" if verdict.limit is None else f"{verdict.limit} {unit}"
    return [
        ("依据 by", f"{verdict.title_zh}"),
        ("抽样方案样本量 planned", str(plan.sample)),
        ("允许短缺量 T", f"{tolerance.t1} {unit}" if tolerance else "-"),
        ("平均实际含量 mean", f"{verdict.mean} {unit}"),
        ("标准偏差 s", "-" if verdict.deviation is None else f"{verdict.deviation} {unit}"),
        ("平均值下限 mean limit", limit),
        ("短缺大于T的件数 T1", f"{grades.count('T1')}（允许 allowed {allowed}）"),
        ("短缺大于2T的件数 T2", str(grades.count("T2"))),
    ]


def marks(result: Mapping[str, Any]) -> dict[str, Decimal]:
    """What a lot is judged by, as errors from its declared content."""
    verdict = Verdict.model_validate(result)
    found = {"nominal": Decimal(0), "mean": verdict.mean - verdict.nominal}
    if verdict.tolerance is not None:
        found["t1"] = -verdict.tolerance.t1
        if verdict.tolerance.t2 is not None:
            found["t2"] = -verdict.tolerance.t2
    if verdict.limit is not None:
        found["mean_limit"] = verdict.limit - verdict.nominal
    return found


def _summary(verdict: Verdict) -> str:
    broken = [rule.zh for rule in verdict.rules if rule.rule in verdict.failing]
    return "".join(broken) or "合格。"


def _usable() -> list[Regime]:
    return [regime for regime in editions() if regime.awaiting is None]


def _named(regime: Regime) -> str:
    return f"{regime.name}-{regime.edition}"


def _regime(named: str) -> Regime:
    name, _, edition = named.rpartition("-")
    return find(name, edition, None)
