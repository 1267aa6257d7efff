"""A sheet of measurements (检测数据表): read from a table cell by cell, every bad one named."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contracts.says import Says
from services.net_content.rules.sheets.problems import Problem
from services.net_content.rules.sheets.spelling import unit_named

MAX_PACKAGES = 2000
HEAD = {
    "laboratory": "检验机构",
    "instruments": "计量器具",
    "measured_on": "测量日期",
    "unit": "单位",
}
COLUMNS = {"number": "样品号", "gross": "毛重", "tare": "皮重", "net": "净含量", "unit": "单位"}
QUANTITIES = ("gross", "tare", "net")


@dataclass(frozen=True)
class PackageReading:
    """One package: net content, or gross and tare."""

    number: str
    gross: Decimal | None = None
    tare: Decimal | None = None
    net: Decimal | None = None

    def content(self) -> Decimal:
        if self.net is not None:
            return self.net
        assert self.gross is not None, "a package was read with net, or with gross and tare"
        return self.gross - (self.tare or 0)


@dataclass(frozen=True)
class Sheet:
    """All that was measured of one lot."""

    laboratory: str
    instruments: tuple[str, ...]
    measured_on: date
    unit: str
    packages: tuple[PackageReading, ...]


SheetRow = Sequence[str]
Numbered = tuple[int, SheetRow]


def read_table(rows: Iterable[SheetRow]) -> tuple[Sheet | None, list[Problem]]:
    """The sheet in a table as our template lays it out; none where anything in it is wrong."""
    numbered = [(n, [cell.strip() for cell in row]) for n, row in enumerate(rows, 1)]
    start = next((at for at, (_, row) in enumerate(numbered) if _is_header(row)), None)
    if start is None:
        says = Says(
            "找不到表头行（样品号、毛重、皮重、净含量）", "no header row: number, gross, tare, net"
        )
        return None, [Problem("A1", "no_header", says)]
    problems: list[Problem] = []
    head = _head(numbered[:start], problems)
    columns = _columns(numbered[start][1])
    packages = _packages(numbered[start + 1 :], columns, head.get("unit"), problems)
    if problems:
        return None, problems
    sheet = Sheet(
        head["laboratory"],
        tuple(code for code in re.split(r"[;；、,，\s]+", head["instruments"]) if code),
        date.fromisoformat(head["measured_on"]),
        head["unit"],
        tuple(packages),
    )
    return sheet, []


def _is_header(row: SheetRow) -> bool:
    found = _columns(row)
    return "number" in found and bool(found.keys() & {"net", "gross"})


def _columns(row: SheetRow) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(row):
        words = set(cell.casefold().split())
        for name, zh in COLUMNS.items():
            if words & {name, zh} and name not in found:
                found[name] = at
    return found


def _head(rows: Sequence[Numbered], problems: list[Problem]) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, row in rows:
        words = set(row[0].casefold().split()) if row else set()
        for name, zh in HEAD.items():
            if words & {name, zh} and len(row) > 1 and row[1]:
                found[name] = _checked(name, row[1], f"B{number}", problems)
    for name, zh in HEAD.items():
        if name not in found:
            problems.append(Problem(name, "missing", Says(f"缺少「{zh}」", f"{name} is missing")))
    return found


def _checked(name: str, text: str, cell: str, problems: list[Problem]) -> str:
    if name == "measured_on":
        try:
            return date.fromisoformat(text[:10].replace("/", "-")).isoformat()
        except ValueError:
            says = Says(
                f"「{text}」不是日期，应如 2026-04-20", f"{text!r} is no date such as 2026-04-20"
            )
            problems.append(Problem(cell, "bad_date", says))
    if name == "unit":
        if (unit := unit_named(text)) is not None:
            return unit
        says = Says(f"「{text}」不是净含量单位", f"{text!r} is no unit of net content")
        problems.append(Problem(cell, "bad_unit", says))
    return text


def _packages(
    rows: Sequence[Numbered], columns: Mapping[str, int], unit: str | None, problems: list[Problem]
) -> list[PackageReading]:
    packages: list[PackageReading] = []
    for number, row in rows:
        if not any(row):
            continue
        cells = {
            name: (row[at] if at < len(row) else "", f"{_letter(at)}{number}")
            for name, at in columns.items()
        }
        if len(packages) == MAX_PACKAGES:
            says = Says(f"样品多于{MAX_PACKAGES}件", f"more than {MAX_PACKAGES} packages")
            problems.append(Problem(f"A{number}", "too_many", says))
            break
        packages.append(_package(cells, unit, problems))
    if not packages:
        problems.append(
            Problem("A1", "no_packages", Says("没有任何样品", "there is no package in it"))
        )
    return packages


def _package(
    cells: Mapping[str, tuple[str, str]], unit: str | None, problems: list[Problem]
) -> PackageReading:
    label, at = cells["number"]
    if not label or len(label) > 40:
        problems.append(
            Problem(at, "bad_number", Says("样品号缺失或过长", "no package number, or too long"))
        )
    stated, unit_at = cells.get("unit", ("", ""))
    if stated and unit is not None and unit_named(stated) != unit:
        says = Says(
            f"单位「{stated}」与表头「{unit}」不一致", f"unit {stated!r} in a sheet of {unit}"
        )
        problems.append(Problem(unit_at, "mixed_units", says))
    values = {
        name: quantity(*cells[name], problems) for name in QUANTITIES if cells.get(name, ("",))[0]
    }
    if "net" not in values and not {"gross", "tare"} <= values.keys():
        says = Says("须有净含量，或毛重和皮重", "give net, or gross and tare")
        problems.append(Problem(at, "nothing_measured", says))
    return PackageReading(label, **values)


def quantity(text: str, cell: str, problems: list[Problem]) -> Decimal | None:
    """A quantity as an instrument shows it; what is none is named with its cell."""
    if re.fullmatch(r"\d{1,9}(\.\d{1,6})?", text):
        return Decimal(text)
    if re.fullmatch(r"[-−－]\s*\d+([.,]\d+)?", text):
        code, says = "negative", Says("含量不得为负", "a content cannot be negative")
    elif re.fullmatch(r"\d+(,\d+)+(\.\d+)?", text):
        code, says = (
            "decimal_comma",
            Says("小数点须为「.」，不得用逗号", "write a decimal point, no comma"),
        )
    elif re.match(r"[\d.]+\s*[A-Za-z一-鿿]+$", text):
        code, says = "unit_in_cell", Says("数值单元格不得含单位", "no unit beside a number")
    else:
        code, says = "no_number", Says("不是数值", "is no number")
    problems.append(
        Problem(cell, code, Says(f"「{text[:20]}」{says.zh}", f"{text[:20]!r}: {says.en}"))
    )
    return None


def _letter(column: int) -> str:
    """A to Z: a sheet of ours has five columns."""
    return chr(ord("A") + column) if column < 26 else f"#{column + 1}:"
