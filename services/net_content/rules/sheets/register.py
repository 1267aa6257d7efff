"""The register of subjects and their products: a table read row by row, every bad cell named."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID, uuid5

from contracts.credit_code import uscc_problem
from contracts.says import Says
from services.net_content.rules.draw.credit import WEIGHTS
from services.net_content.rules.sheets.problems import Problem
from services.net_content.rules.sheets.spelling import plain, unit_named

PRODUCTS = UUID("5b0c7d1e-9c1f-5d7a-8a6e-2f4f3c0e7b21")
"""Namespace: the same product of the same subject keeps its id, however often it is handed in."""
COLUMNS = {
    "code": "统一社会信用代码",
    "name": "名称",
    "region": "行政区划",
    "credit_class": "信用类别",
    "product": "产品",
    "category": "类别",
    "nominal": "标注净含量",
    "unit": "单位",
}
OPTIONAL = {"credit_class"}
SHOWN = 1000
"""So many problems are listed; beyond, they are counted."""


@dataclass(frozen=True, slots=True)
class SubjectEntry:
    """A subject as the file has it."""

    code: str
    name: str
    region: str
    credit_class: str | None


@dataclass(frozen=True, slots=True)
class ProductEntry:
    """A product of a subject as the file has it."""

    id: UUID
    subject_code: str
    name: str
    category: str
    nominal: str
    unit: str


@dataclass
class Register:
    """What was read."""

    subjects: dict[str, SubjectEntry] = field(default_factory=dict)
    products: dict[UUID, ProductEntry] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    wrong: int = 0
    """Problems in all."""

    def note(self, problem: Problem) -> None:
        self.wrong += 1
        if len(self.problems) < SHOWN:
            self.problems.append(problem)


def read_register(rows: Iterable[Sequence[str]]) -> Register:
    """Subjects and products; of a row with anything wrong, nothing is taken."""
    found = Register()
    numbered = enumerate(rows, 1)
    columns = _columns(next(numbered, (1, ()))[1])
    missing = [zh for name, zh in COLUMNS.items() if name not in columns and name not in OPTIONAL]
    if missing:
        says = Says(f"缺少列：{'、'.join(missing)}", f"columns are missing: {', '.join(missing)}")
        found.note(Problem("A1", "no_header", says))
        return found
    for number, row in numbered:
        if any(row):
            _row(row, number, columns, found)
    return found


def _columns(header: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(header):
        words = set(cell.casefold().split())
        for name, zh in COLUMNS.items():
            if words & {name, zh}:
                found.setdefault(name, at)
    return found


def _row(row: Sequence[str], number: int, columns: Mapping[str, int], register: Register) -> None:
    said = {name: row[at].strip() if at < len(row) else "" for name, at in columns.items()}
    wrong = [
        Problem(f"{_letter(columns.get(name, 0))}{number}", code, says)
        for name, code, says in _wrong(said, register)
    ]
    for problem in wrong:
        register.note(problem)
    if wrong:
        return
    code = said["code"].upper()
    recorded = said.get("credit_class") or None
    register.subjects[code] = SubjectEntry(code, said["name"], said["region"], recorded)
    unit = unit_named(said["unit"]) or said["unit"]
    nominal = plain(Decimal(said["nominal"]))
    id_ = product_id(code, said["product"], nominal, unit)
    register.products[id_] = ProductEntry(
        id_, code, said["product"], said["category"], nominal, unit
    )


def product_id(code: str, name: str, nominal: str, unit: str) -> UUID:
    return uuid5(PRODUCTS, f"{code}\n{name}\n{nominal} {unit}")


def _wrong(said: Mapping[str, str], register: Register) -> Iterable[tuple[str, str, Says]]:
    code = said["code"].upper()
    if code not in register.subjects and (problem := uscc_problem(code)):
        yield "code", "bad_credit_code", Says(f"统一社会信用代码有误：{problem}", problem)
    for name in ("name", "product", "category"):
        if not 0 < len(said[name]) <= 200:
            yield name, "bad_text", Says("缺失或过长", "missing or too long")
    if not re.fullmatch(r"\d{6}", said["region"]):
        yield "region", "bad_region", Says("行政区划代码应为六位数字", "a region has six digits")
    if said.get("credit_class") and said["credit_class"] not in WEIGHTS:
        yield "credit_class", "bad_class", Says("信用类别应为A至D", "a class is A to D")
    if not re.fullmatch(r"\d{1,9}(\.\d{1,6})?", said["nominal"]) or not Decimal(said["nominal"]):
        yield (
            "nominal",
            "bad_quantity",
            Says("标注净含量应为正数", "the declared content is a positive number"),
        )
    if unit_named(said["unit"]) is None:
        yield "unit", "bad_unit", Says("不是净含量单位", "is no unit of net content")
    before = register.subjects.get(code)
    if before is not None and (before.name, before.region) != (said["name"], said["region"]):
        yield (
            "name",
            "contradiction",
            Says("与前文同一代码的名称或区划不同", "differs from an earlier row"),
        )


def _letter(column: int) -> str:
    return chr(ord("A") + column) if column < 26 else f"#{column + 1}:"
