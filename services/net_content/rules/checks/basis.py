"""All that a verdict rests on, and the canonical text it is frozen in."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from services.net_content.rules.sheets.spelling import converted, plain
from services.net_content.rules.sheets.table import PackageReading, Sheet


@dataclass(frozen=True)
class VerdictBasis:
    """One lot with its measurements, as they were when it was judged."""

    check: str
    round: str
    regime: str
    product: str
    category: str
    nominal: str
    unit: str
    lot: str
    lot_size: int
    sample_size: int
    place: str
    sampled_on: date
    sheet: Sheet
    verified: Mapping[str, tuple[date, date]]
    """The verification of each instrument that the day of measuring fell into."""


def canonical(said: Any) -> str:
    """One text for one content: sorted keys, no spaces, no binary fractions."""
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def said_of(case: VerdictBasis) -> dict[str, Any]:
    named = {name: getattr(case, name) for name in _PLAIN}
    return named | {
        "sampled_on": case.sampled_on.isoformat(),
        "sheet": sheet_said(case.sheet),
        "verified": {
            code: [day.isoformat() for day in period] for code, period in case.verified.items()
        },
    }


def case_of(said: Mapping[str, Any]) -> VerdictBasis:
    """The case that was written down; what `said_of` says of it is the same again."""
    named = {name: said[name] for name in _PLAIN}
    sheet = said["sheet"]
    packages = tuple(
        PackageReading(
            package["number"],
            **{name: Decimal(package[name]) for name in _MEASURED if name in package},
        )
        for package in sheet["packages"]
    )
    days = {
        code: (date.fromisoformat(since), date.fromisoformat(until))
        for code, (since, until) in said["verified"].items()
    }
    return VerdictBasis(
        **named,
        sampled_on=date.fromisoformat(said["sampled_on"]),
        sheet=Sheet(
            sheet["laboratory"],
            tuple(sheet["instruments"]),
            date.fromisoformat(sheet["measured_on"]),
            sheet["unit"],
            packages,
        ),
        verified=days,
    )


def contents_of(case: VerdictBasis) -> list[Decimal]:
    """Content of each package, in the unit of the label; `486.0` and `486` are one content."""
    unit = case.sheet.unit
    contents = (converted(p.content(), unit, case.unit) for p in case.sheet.packages)
    return [Decimal(plain(content)) for content in contents]


def errors_of(case: VerdictBasis) -> list[Decimal]:
    """Content less declared content of each package."""
    return [content - Decimal(case.nominal) for content in contents_of(case)]


def sheet_said(sheet: Sheet) -> dict[str, Any]:
    return {
        "laboratory": sheet.laboratory,
        "instruments": list(sheet.instruments),
        "measured_on": sheet.measured_on.isoformat(),
        "unit": sheet.unit,
        "packages": [_package(package) for package in sheet.packages],
    }


def _package(package: PackageReading) -> dict[str, str]:
    measured = {
        name: plain(value) for name in _MEASURED if (value := getattr(package, name)) is not None
    }
    return {"number": package.number} | measured


_MEASURED = ("gross", "tare", "net")
_PLAIN = (
    "check",
    "round",
    "regime",
    "product",
    "category",
    "nominal",
    "unit",
    "lot",
    "lot_size",
    "sample_size",
    "place",
)
