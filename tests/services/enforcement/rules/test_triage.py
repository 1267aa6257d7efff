"""Triage: which criteria a report reaches, and the level that follows."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.intake import Instrument, ReportSubmitted
from contracts.levels import CRITERION_FIELDS, Criterion, Level, Times
from services.enforcement.rules.triage import holds, is_higher, triage

TODAY = date(2026, 3, 2)
TIMES = Times(
    first_contact_min=15,
    on_site_min=60,
    first_report_min=30,
    written_report_min=60,
    follow_up_h=4,
    after_action_h=72,
)


def report(**facts: Any) -> ReportSubmitted:
    """A dull report, with the facts that matter."""
    dull: dict[str, Any] = {
        "occurred_at": "2026-03-02T09:00:00+08:00",
        "reference": "R-1",
        "violation": "cheating_scale_use",
        "region": "370202",
        "subject_name": "某水产摊",
        "summary": "电子秤示值偏大",
    }
    return ReportSubmitted.model_validate({**dull, **facts})


def level(name: Any, *criteria: Criterion, since: date = date(2020, 1, 1), **rest: Any) -> Level:
    return Level(
        level=name,
        name=name,
        mobilises=name in {"I", "II"},
        any_of=criteria,
        times=TIMES,
        valid_from=since,
        reason="for tests",
        **rest,
    )


LEVELS = (
    level("IV"),
    level("II", Criterion(field="suspected_crime", equals=True, says="crime")),
    level(
        "III",
        Criterion(field="crowd", at_least=Decimal(50), says="crowd"),
        Criterion(field="violation", one_of=("forged_certificate",), says="forged"),
    ),
    level(
        "I",
        Criterion(field="deaths", at_least=Decimal(1), says="deaths"),
        Criterion(field="loss_yuan", at_least=Decimal(5_000_000), says="loss"),
    ),
)


@pytest.mark.parametrize(
    ("facts", "name", "reasons"),
    [
        ({}, "IV", ()),
        ({"crowd": 49}, "IV", ()),
        ({"crowd": 50}, "III", ("crowd",)),
        ({"violation": "forged_certificate"}, "III", ("forged",)),
        ({"violation": "forged_certificate", "crowd": 80}, "III", ("crowd", "forged")),
        ({"suspected_crime": True, "crowd": 80}, "II", ("crime",)),
        ({"loss_yuan": "4999999.99"}, "IV", ()),
        ({"loss_yuan": "5000000"}, "I", ("loss",)),
        ({"deaths": 1, "suspected_crime": True}, "I", ("deaths",)),
    ],
)
def test_the_highest_level_reached_is_entered_for_all_its_reasons(
    facts: dict[str, Any], name: str, reasons: tuple[str, ...]
) -> None:
    entered, why = triage(report(**facts), LEVELS, TODAY)

    assert (entered.level, why) == (name, reasons)


def test_only_the_levels_of_that_day_count() -> None:
    former = level("II", valid_to=date(2026, 1, 1)).model_copy(update={"any_of": LEVELS[2].any_of})
    levels = (former, LEVELS[0])

    assert triage(report(crowd=60), levels, date(2025, 12, 31))[0].level == "II"
    assert triage(report(crowd=60), levels, date(2026, 1, 1))[0].level == "IV"


def test_instruments_are_counted_over_all_kinds() -> None:
    met = (
        Instrument(kind="电子秤", count=30),
        Instrument(kind="台秤", count=19),
        Instrument(kind="秤"),
    )
    criterion = Criterion(field="instrument_count", at_least=Decimal(50), says="many")

    assert holds(criterion, report(instruments=met))
    assert not holds(criterion, report(instruments=met[:2]))


@pytest.mark.parametrize("field", sorted(CRITERION_FIELDS))
def test_every_field_a_level_may_weigh_is_one_of_a_report(field: str) -> None:
    bounds: dict[str, dict[str, Any]] = {
        "amount": {"at_least": Decimal(0)},
        "flag": {"equals": False},
        "word": {"one_of": ("retail_shop", "cheating_scale_use", "inspection", "370202")},
    }
    sums = {"loss_yuan": 1, "illegal_income_yuan": 1, "goods_value_yuan": 1}
    stated = report(premises="retail_shop", failing_lots=1, t2_percent=0, **sums)

    assert holds(Criterion(field=field, says="", **bounds[CRITERION_FIELDS[field]]), stated)


@pytest.mark.parametrize("field", ["loss_yuan", "illegal_income_yuan", "goods_value_yuan"])
def test_a_sum_that_is_not_stated_reaches_nothing(field: str) -> None:
    assert not holds(Criterion(field=field, at_least=Decimal(0), says=""), report())


def test_levels_rank_from_i_down() -> None:
    assert is_higher("I", "II")
    assert not is_higher("III", "III")
    assert not is_higher("IV", "III")


@given(st.integers(0, 200), st.integers(0, 200), st.booleans())
def test_a_graver_report_never_ranks_lower(crowd: int, more: int, crime: bool) -> None:
    lighter = triage(report(crowd=crowd), LEVELS, TODAY)[0].level
    graver = triage(report(crowd=crowd + more, suspected_crime=crime), LEVELS, TODAY)[0].level

    assert not is_higher(lighter, graver)
