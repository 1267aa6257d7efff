"""Net content with dull defaults: people, goods, laboratories, measurements."""

import csv
import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from contracts.agencies import Agency, Directory, Holder, LocalRule, Role, Violation
from contracts.levels import Criterion
from tests.support import directories
from tests.support.directories import COUNTY, SINCE
from tests.support.signed import with_agencies

INSPECTORS = ("county.inspector", "county.inspector-2", "county.inspector-3")
LABORATORY = "lab"
CODES = ("91370202MA3C00003R", "91370202MA3C00011L", "91370202MA3C0002XC", "91370202MA3C00038C")
GOOD = ("500.2", "499.1", "501.0", "498.4", "500.8", "499.7", "500.5", "498.9", "500.1", "501.3")
SHORT = ("485.9", "484.1", "486.0", "488.4", "486.8", "485.7", "487.5", "488.9", "486.1", "487.3")
FLOOD = ("468.9", "460.1", "459.0", "488.4", "486.8", "455.7", "487.5", "458.9", "486.1", "487.3")


def directory() -> Directory:
    """The small directory with three inspectors, a laboratory that signs, and the local rules."""
    plain = directories.directory()
    laboratory = Agency(
        code=LABORATORY,
        name="市计量检定所",
        name_en="laboratory",
        kind="laboratory",
        level="city",
        valid_from=SINCE,
        reason="for tests",
        drills=True,
    )
    more = [
        Holder(
            principal=principal,
            name=principal,
            agency=agency,
            role=role,
            valid_from=SINCE,
            reason="for tests",
        )
        for principal, agency, role in (
            *((one, COUNTY, Role.INSPECTOR) for one in INSPECTORS[1:]),
            ("lab.liaison", LABORATORY, Role.LIAISON),
        )
    ]
    criteria = directories.CRITERIA | {
        "II": (
            Criterion(field="failing_lots", at_least=Decimal(3), says="三批次以上不合格"),
            Criterion(field="t2_percent", at_least=Decimal(20), says="两成以上严重短缺"),
        ),
    }
    levels = tuple(
        level.model_copy(
            update={"any_of": criteria.get(level.level, ()), "mobilises": level.level < "III"}
        )
        for level in plain.levels
    )
    rule = LocalRule(
        rule="no_repeat_check",
        region="370000",
        months=6,
        basis="山东省计量条例第二十六条",
        valid_from=SINCE,
        reason="for tests",
    )
    short = Violation(
        code="net_content_short",
        name="净含量不足",
        name_en="short",
        valid_from=SINCE,
        reason="for tests",
    )
    extended = with_agencies(plain, [*plain.agencies, laboratory])
    return Directory.model_validate(
        dict(extended)
        | {
            "holders": (*plain.holders, *more),
            "levels": levels,
            "rules": (rule,),
            "violations": (short,),
        }
    )


def subjects_file(
    codes: Sequence[str] = CODES, *, products: Sequence[str] = ("大米",), **changes: str
) -> bytes:
    """A register's file: each subject with each product."""
    said = {
        "region": "370202",
        "credit_class": "",
        "category": "粮食",
        "nominal": "500",
        "unit": "g",
    } | changes
    header = (
        "统一社会信用代码 code", "名称 name", "行政区划 region", "信用类别 credit_class",
        "产品 product", "类别 category", "标注净含量 nominal", "单位 unit",
    )  # fmt: skip
    rows = [
        [
            code,
            f"某食品厂{code[-3:]}",
            said["region"],
            said["credit_class"],
            product,
            said["category"],
            said["nominal"],
            said["unit"],
        ]
        for code in codes
        for product in products
    ]
    written = io.StringIO(newline="")
    csv.writer(written).writerows([header, *rows])
    return written.getvalue().encode()


def laboratory_entry(**changes: Any) -> dict[str, Any]:
    """A laboratory for mass with one balance, verified for years."""
    verified = {"verified_on": "2020-01-01", "valid_until": "2035-12-31", "certificate": "检字1号"}
    balance = {"code": "BAL-1", "name": "电子天平", "division": "0.1", "unit": "g"}
    return {
        "name": "市计量检定所",
        "agency": LABORATORY,
        "scope": ["mass"],
        "valid_from": "2020-01-01",
        "instruments": [balance | {"verifications": [verified]}],
    } | changes


def measurements(nets: Sequence[str] = GOOD, **changes: Any) -> dict[str, Any]:
    """A hand-in as JSON."""
    return {
        "laboratory": "LAB-1",
        "instruments": ["BAL-1"],
        "measured_on": "2026-03-04",
        "unit": "g",
        "packages": [{"number": str(n), "net": net} for n, net in enumerate(nets, 1)],
    } | changes


def table(nets: Sequence[str] = GOOD, **head: str) -> list[list[str]]:
    """The same as the rows of our template."""
    said = {
        "laboratory": "LAB-1",
        "instruments": "BAL-1",
        "measured_on": "2026-03-04",
        "unit": "g",
    } | head
    rows = [[f"{zh} {name}", said[name]] for name, zh in HEAD.items()]
    columns = ["样品号 number", "毛重 gross", "皮重 tare", "净含量 net", "单位 unit"]
    return [*rows, [], columns, *([str(n), "", "", net, ""] for n, net in enumerate(nets, 1))]


HEAD = {
    "laboratory": "检验机构",
    "instruments": "计量器具",
    "measured_on": "测量日期",
    "unit": "单位",
}


def as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written).writerows(rows)
    return written.getvalue().encode()
