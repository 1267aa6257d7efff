"""Judges one lot by the sampling plan and limits of China's rules (JJF 1070, Order 70 annex 3).

Shortage exactly T, or exactly 2T, is within; a mean exactly at its limit passes. Everything is
decimal: a limit is met to the digit.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Decimal, localcontext
from typing import Any

from contracts.net_content import Verdict
from services.net_content.rules.cases import Case
from services.net_content.rules.spelling import BASE, UNITS, converted, in_base, plain

REGIME = "cn-jjf1070"
ENGINE = "cn-jjf1070-2005-plan/1"
"""The printed plan is that of 2005; the table of the 2023 edition has not been seen."""

PLAN = (
    (10, None, None, 0),
    (50, 10, Decimal("1.028"), 0),
    (99, 13, Decimal("0.848"), 1),
    (500, 50, Decimal("0.379"), 3),
    (3200, 80, Decimal("0.295"), 5),
)
BEYOND = (125, Decimal("0.234"), 7)
MASS_BANDS: tuple[tuple[int, Decimal | None, Decimal | None], ...] = (
    (50, Decimal("0.09"), None),
    (100, None, Decimal("4.5")),
    (200, Decimal("0.045"), None),
    (300, None, Decimal(9)),
    (500, Decimal("0.03"), None),
    (1000, None, Decimal(15)),
    (10_000, Decimal("0.015"), None),
    (15_000, None, Decimal(150)),
    (50_000, Decimal("0.01"), None),
)


@dataclass(frozen=True)
class Judgement:
    """A verdict and the figures it follows from, all as text."""

    verdict: Verdict
    engine: str
    summary: str
    t2_percent: int
    result: dict[str, Any]


def is_regime(name: str) -> bool:
    return name == REGIME


def in_force(_on: date) -> str:
    return REGIME


def planned(regime: str, lot_size: int, kind: str) -> int | None:
    """How many packages are taken; small lots are measured whole."""
    assert is_regime(regime), "a campaign is opened with an edition there is"
    assert kind in BASE, "a product is registered with a unit of net content"
    size, _, _ = _plan(lot_size)
    return size


def judged(case: Case) -> Judgement:
    with localcontext() as context:
        context.prec = 50
        return _judged(case)


def _judged(case: Case) -> Judgement:
    kind = UNITS[case.unit].kind
    nominal = Decimal(case.nominal)
    allowed = converted(tolerable(in_base(nominal, case.unit), kind), BASE[kind], case.unit)
    contents = [converted(p.content(), case.sheet.unit, case.unit) for p in case.sheet.packages]
    short = [nominal - content for content in contents]
    t1 = sum(1 for lack in short if allowed < lack <= 2 * allowed)
    t2 = sum(1 for lack in short if lack > 2 * allowed)
    size, factor, acceptance = _plan(case.lot_size)
    mean = sum(contents, Decimal(0)) / len(contents)
    deviation = _deviation(contents, mean)
    limit = None if factor is None else nominal - factor * deviation
    broken = [
        says
        for is_broken, says in (
            (limit is not None and mean < limit, "平均实际含量小于标注净含量"),
            (t1 > acceptance, f"短缺大于T的有{t1}件,允许{acceptance}件"),
            (t2 > 0, f"短缺大于2T的有{t2}件"),
        )
        if is_broken
    ]
    result = {
        "planned": size,
        "tolerable": plain(allowed),
        "mean": _shown(mean),
        "deviation": _shown(deviation),
        "factor": None if factor is None else plain(factor),
        "mean_limit": None if limit is None else _shown(limit),
        "t1": t1,
        "t1_allowed": acceptance,
        "t2": t2,
        "broken": broken,
    }
    says = ";".join(broken) or "合格"
    percent = 100 * t2 // len(contents)
    return Judgement("fail" if broken else "pass", ENGINE, says, percent, result)


def tolerable(nominal: Decimal, kind: str) -> Decimal:
    """Tolerable deficiency T of a content in the base unit of its kind (Order 70 annex 3)."""
    if kind == "count":
        share = Decimal(0) if nominal <= 50 else nominal / 100
        return share.to_integral_value(ROUND_CEILING)
    if kind == "length":
        return Decimal(0) if nominal <= 5 else nominal * Decimal("0.02")
    if kind == "area":
        return nominal * Decimal("0.03")
    step = Decimal("0.1") if nominal <= 1000 else Decimal(1)
    for top, percent, fixed in MASS_BANDS:
        if nominal <= top:
            raw = fixed if percent is None else nominal * percent
            assert raw is not None, "a band has a share or a fixed deficiency"
            # GB/T 8170: a five is rounded to the even digit
            return raw.quantize(step, ROUND_HALF_EVEN)
    return (nominal * Decimal("0.01")).quantize(step, ROUND_HALF_EVEN)


def figures(result: Mapping[str, Any], unit: str) -> list[tuple[str, str]]:
    """What a verdict follows from, as a report prints it."""
    limit = (
        "不评定 not judged" if result["mean_limit"] is None else f"{result['mean_limit']} {unit}"
    )
    return [
        ("抽样方案样本量 planned", str(result["planned"])),
        ("允许短缺量 T", f"{result['tolerable']} {unit}"),
        ("平均实际含量 mean", f"{result['mean']} {unit}"),
        ("标准偏差 s", f"{result['deviation']} {unit}"),
        ("平均值下限 mean limit", limit),
        ("短缺大于T的件数 T1", f"{result['t1']}(允许 allowed {result['t1_allowed']})"),
        ("短缺大于2T的件数 T2", f"{result['t2']}(允许 allowed 0)"),
    ]


def marks(case: Case, result: Mapping[str, Any]) -> dict[str, Decimal]:
    """What a lot is judged by, as errors from its declared content."""
    nominal, allowed = Decimal(case.nominal), Decimal(result["tolerable"])
    found = {"nominal": Decimal(0), "t1": -allowed, "t2": -2 * allowed}
    for name in ("mean", "mean_limit"):
        if result[name] is not None:
            found[name] = Decimal(result[name]) - nominal
    return found


def _plan(lot_size: int) -> tuple[int, Decimal | None, int]:
    """Sample size, correction factor of the mean and acceptance number."""
    for top, size, factor, acceptance in PLAN:
        if lot_size <= top:
            return size or lot_size, factor, acceptance
    return BEYOND


def _deviation(contents: list[Decimal], mean: Decimal) -> Decimal:
    if len(contents) < 2:
        return Decimal(0)
    squares = sum(((content - mean) ** 2 for content in contents), Decimal(0))
    return (squares / (len(contents) - 1)).sqrt()


def _shown(quantity: Decimal) -> str:
    """Six digits behind the point: for people; the verdict was reached with all of them."""
    return plain(quantity.quantize(Decimal("0.000001"), ROUND_HALF_EVEN))
