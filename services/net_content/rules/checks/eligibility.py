"""Whether measurements may be judged at all: the lot, the plan, the laboratory, its instruments."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from contracts.says import Says
from services.net_content.rules.sheets.problems import Problem
from services.net_content.rules.sheets.spelling import comparable, kind_of
from services.net_content.rules.sheets.table import Sheet


@dataclass(frozen=True)
class Lab:
    """A laboratory as the register has it."""

    code: str
    scope: frozenset[str]
    valid_from: date
    valid_to: date | None
    instruments: Mapping[str, Sequence[tuple[date, date]]]
    """By code: each verification's day, and the last day it holds."""


@dataclass(frozen=True)
class Awaited:
    """What the check waits for."""

    laboratory: str
    unit: str
    sampled_on: date
    sample_size: int


def problems_of(sheet: Sheet, awaited: Awaited, lab: Lab | None, today: date) -> list[Problem]:
    """Everything that forbids a verdict; a verdict from an unverified balance is refused."""
    return [
        *_packages(sheet, awaited),
        *_units(sheet, awaited),
        *_days(sheet, awaited, today),
        *(_laboratory(sheet, awaited, lab) if lab else _unknown(sheet)),
    ]


def sampling_problems(lot_size: int, sample_size: int, planned: int) -> list[Problem]:
    """The sampling record against the plan."""
    if sample_size > lot_size:
        says = Says(
            f"样本量{sample_size}大于批量{lot_size}",
            f"a sample of {sample_size} from a lot of {lot_size}",
        )
        return [Problem("sample_size", "sample_exceeds_lot", says)]
    if sample_size != planned:
        says = Says(
            f"批量{lot_size}的抽样方案为{planned}件，不是{sample_size}件",
            f"the plan takes {planned} of {lot_size}, not {sample_size}",
        )
        return [Problem("sample_size", "not_of_the_plan", says)]
    return []


def _packages(sheet: Sheet, awaited: Awaited) -> Iterator[Problem]:
    counted = Counter(package.number for package in sheet.packages)
    for number in sorted(n for n, times in counted.items() if times > 1):
        yield Problem(
            "number",
            "duplicate_number",
            Says(f"样品号{number}重复", f"package {number} is there twice"),
        )
    for package in sheet.packages:
        if package.net is None and package.content() < 0:
            says = Says(
                f"样品{package.number}皮重大于毛重", f"package {package.number}: tare above gross"
            )
            yield Problem("tare", "negative", says)
    if len(sheet.packages) != awaited.sample_size:
        says = Says(
            f"样品{len(sheet.packages)}件，抽样单为{awaited.sample_size}件",
            f"{len(sheet.packages)} packages, the sampling record has {awaited.sample_size}",
        )
        yield Problem("number", "not_of_the_plan", says)


def _units(sheet: Sheet, awaited: Awaited) -> Iterator[Problem]:
    if not comparable(sheet.unit, awaited.unit):
        says = Says(
            f"标注单位为{awaited.unit}，测量单位为{sheet.unit}",
            f"the label is in {awaited.unit}, the sheet in {sheet.unit}",
        )
        yield Problem("unit", "mixed_units", says)


def _days(sheet: Sheet, awaited: Awaited, today: date) -> Iterator[Problem]:
    if not awaited.sampled_on <= sheet.measured_on <= today:
        says = Says(
            f"测量日期{sheet.measured_on}须不早于抽样日{awaited.sampled_on}，不晚于今日",
            f"measured on {sheet.measured_on}, sampled on {awaited.sampled_on}, today {today}",
        )
        yield Problem("measured_on", "bad_day", says)


def _unknown(sheet: Sheet) -> Iterator[Problem]:
    says = Says(
        f"没有登记检验机构{sheet.laboratory}", f"no laboratory {sheet.laboratory} is registered"
    )
    yield Problem("laboratory", "unknown_laboratory", says)


def _laboratory(sheet: Sheet, awaited: Awaited, lab: Lab) -> Iterator[Problem]:
    day = sheet.measured_on
    if sheet.laboratory != awaited.laboratory:
        says = Says(f"委托的是{awaited.laboratory}", f"{awaited.laboratory} was commissioned")
        yield Problem("laboratory", "not_commissioned", says)
    if not lab.valid_from <= day or (lab.valid_to is not None and day >= lab.valid_to):
        says = Says(f"{lab.code}在{day}没有资质", f"{lab.code} was not approved on {day}")
        yield Problem("laboratory", "laboratory_not_valid", says)
    kind = kind_of(sheet.unit)
    if kind not in lab.scope:
        says = Says(f"{lab.code}的能力范围不含{kind}", f"{kind} is not in the scope of {lab.code}")
        yield Problem("laboratory", "out_of_scope", says)
    for code in sheet.instruments:
        verified = lab.instruments.get(code)
        if verified is None:
            says = Says(f"{code}不是{lab.code}的计量器具", f"{code} is no instrument of {lab.code}")
            yield Problem("instruments", "unknown_instrument", says)
        elif not holds(verified, day):
            says = Says(
                f"{code}在{day}没有有效的检定（计量法第九条），所得数据不能作为结论依据",
                f"{code} had no valid verification on {day}: no verdict rests on it",
            )
            yield Problem("instruments", "not_verified", says)


def holds(verified: Iterable[tuple[date, date]], day: date) -> bool:
    return any(since <= day <= until for since, until in verified)
