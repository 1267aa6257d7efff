"""Whether a lot's facts can be judged at all, before any law is asked."""

from collections import Counter
from decimal import Decimal

from contracts.says import Says
from services.net_content.rules.refusals import BadInput
from services.net_content.rules.units import QuantityKind
from services.net_content.rules.verdict.lots import Lot, Prepackage

LARGEST_LOT = 1_000_000_000


def check(lot: Lot) -> None:
    """Raises what is wrong with the facts, the first thing found."""
    _check_lot(lot)
    _check_numbers(lot)
    for place, package in enumerate(lot.packages):
        _check_package(lot, package, f"packages[{place}]")


def _check_lot(lot: Lot) -> None:
    if not 1 <= lot.size <= LARGEST_LOT:
        raise _bad("lot_size", "size", "批量应为1至10亿的整数", "a lot has 1 to 10^9 packages")
    if lot.nominal <= 0:
        raise _bad("not_positive", "nominal", "标注净含量应大于0", "must be more than 0")
    for name, value in (("uncertainty", lot.uncertainty), ("division", lot.division)):
        if value is not None and value <= 0:
            raise _bad("not_positive", name, "应大于0", "must be more than 0")
    if not lot.packages:
        raise _bad("no_packages", "packages", "没有样品", "there are no packages")
    if len(lot.packages) > lot.size:
        n, size = len(lot.packages), lot.size
        raise _bad(
            "sample_exceeds_lot",
            "packages",
            f"样本量{n}大于批量{size}",
            f"{n} packages were taken from a lot of {size}",
        )
    if any(tare < 0 for tare in lot.tares):
        raise _bad("negative_tare", "tares", "皮重不得为负", "a tare is never negative")


def _check_numbers(lot: Lot) -> None:
    number, times = Counter(p.number for p in lot.packages).most_common(1)[0]
    if times > 1:
        raise _bad(
            "duplicate_package",
            "packages",
            f"样品编号{number}出现{times}次",
            f"package number {number} is there {times} times",
        )


def _check_package(lot: Lot, package: Prepackage, field: str) -> None:
    if package.unit is not None and package.unit != lot.unit:
        raise _bad(
            "mixed_units",
            f"{field}.unit",
            f"样品{package.number}的单位{package.unit}与标注单位{lot.unit}不一致",
            f"package {package.number} is in {package.unit}, the lot in {lot.unit}",
        )
    if (package.content is None) == (package.gross is None):
        raise _bad(
            "content_or_gross",
            field,
            "应给出实际含量或毛重之一",
            "give either the content or the gross weight",
        )
    for name in ("content", "gross", "tare"):
        value: Decimal | None = getattr(package, name)
        if value is not None and value < 0:
            raise _bad("negative_content", f"{field}.{name}", "不得为负", "is never negative")
        if value is not None and lot.unit.kind is QuantityKind.COUNT and value % 1:
            raise _bad("not_whole", f"{field}.{name}", "计数应为整数", "a count is a whole number")


def _bad(code: str, field: str, zh: str, en: str) -> BadInput:
    return BadInput(code, Says(f"{field}：{zh}。", f"{field}: {en}."), field=field)
