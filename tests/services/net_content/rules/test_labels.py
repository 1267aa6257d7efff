"""Labels: their words, unit, height of characters and what a multi-pack declares."""

from typing import Any

import pytest

from services.net_content.rules import regimes
from services.net_content.rules.labels.declared import declaration
from services.net_content.rules.labels.labelling import Label, LabelVerdict, check
from services.net_content.rules.refusals import BadInput, NotKnown
from tests.services.net_content.rules.lots import CN, EU, US_A

ORDER_70 = regimes.find("cn", "2023", None)


def checked(printed: str, **more: Any) -> LabelVerdict:
    return check(Label.model_validate({"printed": printed, **more}), ORDER_70)


def broken(verdict: LabelVerdict) -> set[str]:
    return {finding.rule for finding in verdict.findings if finding.holds is False}


@pytest.mark.parametrize(
    "printed",
    [
        "净含量：500克",
        "净含量 500 g",
        "净含量:1kg",
        "净含量：1.5升",
        "净含量：250ｍL",
        "净含量：999 毫升",
        "100片",
        "长度：99 cm",
        "1.2 m",
        "80 dm²",
        "1平方米",
    ],
)
def test_a_label_that_is_right(printed: str) -> None:
    assert checked(printed).holds


@pytest.mark.parametrize(
    ("printed", "rule"),
    [
        ("500克", "form"),
        ("净重：500克", "form"),
        ("净含量：1斤", "unit"),
        ("净含量：500G", "unit"),
        ("净含量：1.5KG", "unit"),
        ("净含量：8 oz", "unit"),
        ("净含量：1000 g", "unit_choice"),
        ("净含量：0.5 kg", "unit_choice"),
        ("净含量：1500mL", "unit_choice"),
        ("净含量：0.5L", "unit_choice"),
        ("100 cm", "unit_choice"),
        ("0.5 m", "unit_choice"),
        ("100 cm²", "unit_choice"),
        ("0.5 m²", "unit_choice"),
        ("100 dm²", "unit_choice"),
    ],
)
def test_a_label_that_is_wrong(printed: str, rule: str) -> None:
    assert broken(checked(printed)) == {rule}


@pytest.mark.parametrize(
    ("printed", "least"),
    [
        ("净含量：50 g", 2),
        ("净含量：51 g", 3),
        ("净含量：200 mL", 3),
        ("净含量：201 mL", 4),
        ("净含量：1 kg", 4),
        ("净含量：1.1 L", 6),
        ("100片", 2),
        ("5 m", 2),
    ],
)
@pytest.mark.parametrize("regime", [ORDER_70, CN], ids=["2023", "2005"])
def test_the_height_of_characters(printed: str, least: int, regime: regimes.Regime) -> None:
    def holds(height: str) -> bool | None:
        label = Label.model_validate({"printed": printed, "height_mm": height})
        return check(label, regime).holds

    assert holds(f"{least}")
    assert holds(f"{least - 1}.99") is False


TEN = [{"content": "50", "unit": "g", "count": 10}]
TWO_KINDS = [
    {"content": "100", "unit": "g", "count": 2},
    {"content": "50", "unit": "mL", "count": 3},
]


@pytest.mark.parametrize(
    ("printed", "inner", "holds"),
    [
        ("净含量：50g×10", TEN, True),
        ("净含量：10袋×50g", TEN, True),
        ("净含量：50克/袋×10袋", TEN, True),
        ("净含量：500g", TEN, True),
        ("净含量：500g（10×50g）", TEN, True),
        ("净含量：50g", TEN, False),
        ("净含量：50g×9", TEN, False),
        ("净含量：600g（10×50g）", TEN, False),
        ("净含量：100g×2 50mL×3", TWO_KINDS, True),
        ("净含量：200g、150mL", TWO_KINDS, True),
        ("净含量：100g×2", TWO_KINDS, False),
    ],
)
def test_a_multi_pack(printed: str, inner: list[dict[str, object]], holds: bool) -> None:
    assert checked(printed, inner=inner).holds is holds


def test_the_height_of_two_contents_is_open_between_them() -> None:
    printed = "净含量：500g（10×50g）"

    assert checked(printed, height_mm="4").holds
    assert checked(printed, height_mm="3").holds is None
    assert checked(printed, height_mm="1.9").holds is False


def test_europe_asks_for_the_height_alone() -> None:
    verdict = check(Label.model_validate({"printed": "500 g", "height_mm": "4"}), EU)

    assert [finding.rule for finding in verdict.findings] == ["height"]


@pytest.mark.parametrize(
    ("printed", "code"),
    [("净含量", "no_content_declared"), ("净含量：1,5 L", "decimal_comma")],
)
def test_what_cannot_be_read_is_refused(printed: str, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        declaration(printed)

    assert refused.value.code == code


def test_labels_of_a_law_we_do_not_know_are_refused() -> None:
    with pytest.raises(NotKnown):
        check(Label(printed="454 g"), US_A)
    with pytest.raises(BadInput):
        checked("净含量：1 kg", height_mm="0")
