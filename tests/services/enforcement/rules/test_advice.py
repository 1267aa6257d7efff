"""Advice on a penalty decision: given where a text asks for more than a signature."""

from decimal import Decimal

import pytest

from services.enforcement.rules.advice import advice

RULES = "计量法实施细则 第四十一条"


@pytest.mark.parametrize(
    ("fine", "basis", "advised"),
    [
        ("10000", [RULES], True),
        ("9999.99", [RULES], False),
        ("10000", ["计量法 第二十七条"], False),
        ("50000", ["计量法 第二十七条", RULES], True),
        ("50000", [], False),
    ],
)
def test_high_fines_under_the_implementing_rules_are_the_provinces(
    fine: str, basis: list[str], advised: bool
) -> None:
    assert any("第五十五条" in hint for hint in advice(Decimal(fine), basis)) is advised
