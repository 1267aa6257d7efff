"""What cannot be judged is refused in two languages, with its field and its rule."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from services.net_content.rules.refusals import BadInput
from services.net_content.rules.sheets.numbers import exact
from services.net_content.rules.units import MeasureUnit
from services.net_content.rules.verdict.judge import judge
from services.net_content.rules.verdict.lots import Lot, Prepackage
from tests.services.net_content.rules.lots import CN, DE, US_A, gross, lot, packages

TEN = [500] * 10


def _with(**changed: Any) -> Lot:
    return lot(30, 500, TEN).model_copy(update=changed)


def _one(**changed: Any) -> Lot:
    first, *rest = packages(TEN)
    return _with(packages=(first.model_copy(update=changed), *rest))


BAD = [
    ("lot_size", "size", _with(size=0)),
    ("not_positive", "nominal", _with(nominal=Decimal(0))),
    ("not_positive", "nominal", _with(nominal=Decimal(-5))),
    ("not_positive", "uncertainty", _with(uncertainty=Decimal(0))),
    ("not_positive", "division", _with(division=Decimal(-1))),
    ("no_packages", "packages", _with(packages=())),
    ("sample_exceeds_lot", "packages", _with(size=9)),
    ("sample_not_of_plan", "packages", _with(packages=packages(TEN[:9]))),
    ("sample_not_of_plan", "packages", _with(size=51)),
    ("duplicate_package", "packages", _one(number=7)),
    ("mixed_units", "packages[0].unit", _one(unit=MeasureUnit.ML)),
    ("mixed_units", "packages[0].unit", _one(unit=MeasureUnit.KG)),
    ("negative_content", "packages[0].content", _one(content=Decimal("-0.1"))),
    ("content_or_gross", "packages[0]", _one(content=None)),
    ("content_or_gross", "packages[0]", _one(gross=Decimal(520))),
    (
        "not_whole",
        "packages[0].content",
        _with(unit=MeasureUnit.PIECE, packages=packages([1.5] * 10)),
    ),
    ("negative_tare", "tares", _with(tares=(Decimal(-1),))),
    ("outside_scope", "nominal", _with(nominal=Decimal(60_000))),
    ("unit_not_of_regime", "unit", _with(unit=MeasureUnit.LB)),
    ("plan_not_of_regime", "plan", _with(plan="double")),
    ("tare_undecided", "tares", gross(30, 500, [520] * 10, tares=(Decimal(20),))),
    ("negative_content", "packages", gross(30, 500, [5] * 10, tares=(Decimal(20),) * 10)),
]


@pytest.mark.parametrize(
    ("code", "field", "facts"), BAD, ids=lambda x: x if isinstance(x, str) else ""
)
def test_bad_input_is_refused_with_its_field_and_rule(code: str, field: str, facts: Lot) -> None:
    with pytest.raises(BadInput) as refused:
        judge(facts, CN)

    problem = refused.value
    assert (problem.code, problem.field) == (code, field)
    assert any("一" <= letter <= "鿿" for letter in problem.says.zh)
    assert problem.says.en.isascii() or field in problem.says.en
    assert problem.says.zh in str(problem)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("496,2", "decimal_comma"),
        ("1,496.2", "decimal_comma"),
        ("496，2", "decimal_comma"),
        ("496.2 g", "not_a_number"),
        ("4 96", "not_a_number"),
        ("", "not_a_number"),
        ("NaN", "not_a_number"),
        ("1e3", "not_a_number"),
        (float("inf"), "not_a_number"),
        (Decimal("NaN"), "not_a_number"),
        (Decimal("1e30"), "out_of_range"),
        (Decimal("1e-30"), "out_of_range"),
        (True, "not_a_number"),
        (None, "not_a_number"),
    ],
)
def test_a_number_is_written_one_way(written: object, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        exact(written, "content")

    assert (refused.value.code, refused.value.field) == (code, "content")


@pytest.mark.parametrize("written", ["496.2", " 496.2 ", 496.2, "+496.2", Decimal("496.2")])
def test_a_number_is_read_exactly(written: object) -> None:
    assert exact(written, "content") == Decimal("496.2")


def test_json_with_a_decimal_comma_is_refused_where_it_is_read() -> None:
    with pytest.raises(ValidationError, match="逗号"):
        Prepackage.model_validate_json('{"number": 1, "content": "496,2"}')


def test_a_misspelt_fact_is_refused() -> None:
    with pytest.raises(ValidationError, match="destrutive"):
        Lot.model_validate({**lot(30, 500, TEN).model_dump(), "destrutive": True})


def test_a_law_without_a_tare_rule_wants_each_tare() -> None:
    facts = gross(12, 454, [460] * 12, tares=(Decimal(6),) * 2)

    with pytest.raises(BadInput) as refused:
        judge(facts, US_A)

    assert refused.value.code == "tare_not_known"


def test_germany_s_plan_that_opens_nothing_is_not_known() -> None:
    with pytest.raises(BadInput) as refused:
        judge(lot(200, 500, [500] * 30, plan="double"), DE)

    assert refused.value.code == "plan_not_of_regime"
