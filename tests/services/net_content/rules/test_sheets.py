"""Sheets of measurements: every bad cell is named, whatever a spreadsheet did to it."""

from datetime import date
from decimal import Decimal

import pytest

from services.net_content.rules.checks.eligibility import (
    Awaited,
    Lab,
    problems_of,
    sampling_problems,
)
from services.net_content.rules.checks.escalation import grave
from services.net_content.rules.draw.repeat import free_from, is_too_soon
from services.net_content.rules.sheets.table import PackageReading, Sheet, read_table
from tests.support.net_content import GOOD, directory, table

DAY = date(2026, 3, 4)
LAB = Lab(
    "LAB-1",
    frozenset({"mass"}),
    date(2020, 1, 1),
    None,
    {"BAL-1": [(date(2024, 3, 5), date(2025, 3, 4)), (date(2025, 3, 10), date(2026, 3, 9))]},
)
AWAITED = Awaited("LAB-1", "g", date(2026, 3, 2), 10)


def sheet(nets: tuple[str, ...] = GOOD, **changes: object) -> Sheet:
    packages = tuple(PackageReading(str(n), net=Decimal(net)) for n, net in enumerate(nets, 1))
    said = {
        "laboratory": "LAB-1",
        "instruments": ("BAL-1",),
        "measured_on": DAY,
        "unit": "g",
        "packages": packages,
    }
    return Sheet(**said | changes)  # type: ignore[arg-type]


def codes(found: Sheet, *, awaited: Awaited = AWAITED, lab: Lab | None = LAB) -> set[str]:
    return {problem.code for problem in problems_of(found, awaited, lab, date(2026, 3, 20))}


def test_a_filled_in_template_is_read() -> None:
    found, problems = read_table(table())

    assert problems == []
    assert found == sheet()


def test_gross_and_tare_give_the_content() -> None:
    rows = table()
    rows[6][1:4] = ["520.4", "20.1", ""]

    found, _ = read_table(rows)

    assert found is not None
    assert found.packages[0].content() == Decimal("500.3")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("498,7", "decimal_comma"),
        ("1,498.7", "decimal_comma"),
        ("-3.2", "negative"),
        ("498.7g", "unit_in_cell"),
        ("498.7 克", "unit_in_cell"),
        ("1e3", "no_number"),
        ("约500", "no_number"),
        ("NaN", "no_number"),
        ("", "nothing_measured"),
    ],
)
def test_a_bad_cell_is_named(cell: str, code: str) -> None:
    rows = table()
    rows[8][3] = cell

    found, problems = read_table(rows)

    assert found is None
    assert {problem.code for problem in problems} >= {code}
    assert problems[0].cell in {"D9", "A9"}


def test_all_bad_cells_are_listed_not_the_first_alone() -> None:
    rows = table()
    rows[6][3], rows[7][3], rows[9][4], rows[10][0] = "-1", "498,7", "kg", ""
    rows[2][1] = "四月二十日"

    _, problems = read_table(rows)

    assert [(p.cell, p.code) for p in problems] == [
        ("B3", "bad_date"),
        ("D7", "negative"),
        ("D8", "decimal_comma"),
        ("E10", "mixed_units"),
        ("A11", "bad_number"),
    ]


def test_a_table_without_header_or_packages_is_no_sheet() -> None:
    assert [p.code for p in read_table([["a", "b"]])[1]] == ["no_header"]
    assert "no_packages" in {p.code for p in read_table(table(()))[1]}
    assert "missing" in {p.code for p in read_table(table()[1:])[1]}


def test_numbers_units_and_plan_must_agree_with_the_sampling_record() -> None:
    twice = sheet()
    doubled = (*twice.packages[:9], twice.packages[0])

    assert codes(sheet()) == set()
    assert codes(sheet(packages=doubled)) == {"duplicate_number"}
    assert codes(sheet(GOOD[:9])) == {"not_of_the_plan"}
    assert codes(sheet(unit="mL")) == {"mixed_units", "out_of_scope"}
    assert codes(sheet(unit="kg")) == set()
    light = PackageReading("1", gross=Decimal("19"), tare=Decimal("20"))
    assert codes(sheet(packages=(light, *twice.packages[1:]))) == {"negative"}


@pytest.mark.parametrize(
    ("day", "held"),
    [
        (date(2025, 3, 4), True),
        (date(2025, 3, 5), False),
        (date(2025, 3, 9), False),
        (date(2025, 3, 10), True),
        (date(2026, 3, 9), True),
        (date(2026, 3, 10), False),
    ],
)
def test_no_verdict_rests_on_a_balance_that_was_not_verified_that_day(
    day: date, held: bool
) -> None:
    awaited = Awaited("LAB-1", "g", date(2025, 3, 1), 10)

    found = codes(sheet(measured_on=day), awaited=awaited)

    assert ("not_verified" not in found) is held


def test_the_laboratory_is_the_one_commissioned_and_may_do_it() -> None:
    other = Lab("LAB-2", frozenset({"volume"}), date(2026, 3, 5), None, {})

    assert codes(sheet(), lab=None) == {"unknown_laboratory"}
    assert codes(sheet(laboratory="LAB-2"), lab=other) == {
        "not_commissioned",
        "laboratory_not_valid",
        "out_of_scope",
        "unknown_instrument",
    }


def test_nothing_is_measured_before_it_was_sampled_or_after_today() -> None:
    assert codes(sheet(measured_on=date(2026, 3, 1))) == {"bad_day"}
    assert "bad_day" in codes(sheet(measured_on=date(2026, 3, 21)))


def test_a_sample_is_never_larger_than_its_lot_nor_another_than_the_plan_s() -> None:
    assert [p.code for p in sampling_problems(5, 10, 5)] == ["sample_exceeds_lot"]
    assert [p.code for p in sampling_problems(30, 12, 10)] == ["not_of_the_plan"]
    assert sampling_problems(30, 10, 10) == []


def test_six_months_end_on_the_day_of_the_same_number_or_the_month_s_last() -> None:
    assert free_from(date(2026, 3, 2), 6) == date(2026, 9, 2)
    assert free_from(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert is_too_soon(date(2026, 3, 2), date(2026, 9, 1), 6, "routine")
    assert not is_too_soon(date(2026, 3, 2), date(2026, 9, 2), 6, "routine")
    assert not is_too_soon(date(2026, 3, 2), date(2026, 4, 2), 6, "complaint")
    assert not is_too_soon(date(2026, 3, 2), date(2026, 4, 2), None, "routine")


def test_what_is_grave_the_jurisdiction_says() -> None:
    levels = directory().levels

    assert grave(levels, DAY, failing_lots=3, t2_percent=0)
    assert grave(levels, DAY, failing_lots=1, t2_percent=20)
    assert not grave(levels, DAY, failing_lots=2, t2_percent=19)
