"""What enforcement decides on a report, one by one, without a database."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import SQLModel

from contracts.enforcement import CaseOpened, LevelRaised, ReportLinked
from services.enforcement.handlers import open_or_link
from services.enforcement.models import Case, Report
from services.enforcement.open_cases import OpenCases, key_of
from services.kit.errors import Invalid
from services.kit.events.handling import Add, Reaction
from tests.support.directories import CITY, COUNTY, NATION, PROVINCE
from tests.support.enforcement import COUNTY_REGION, POLICE, UNVERIFIED, directory, heard, report
from tests.support.play import A_MONDAY

DAY = 86_400


def added(decision: Reaction, model: type[SQLModel]) -> list[Mapping[str, Any]]:
    """The values of the rows of this kind that a decision adds."""
    return [row.values for row in decision.rows if isinstance(row, Add) and row.model is model]


def no_cases(*, drills: bool = False) -> OpenCases:
    return OpenCases(directory(), drills=drills)


def test_a_report_opens_a_case_and_tells_of_it() -> None:
    decided = open_or_link(heard(report(reference="R-7")), no_cases())

    case, row = added(decided, Case)[0], added(decided, Report)[0]
    assert (row["case_id"], case["agency"], case["open"]) == (case["id"], COUNTY, True)
    [opened] = decided.events
    assert isinstance(opened, CaseOpened)
    assert (opened.case_id, opened.reference, opened.level) == (case["id"], "R-7", "IV")


def test_the_clock_of_a_case_starts_at_receipt_not_at_what_the_report_tells_of() -> None:
    told = report(occurred_at=A_MONDAY - timedelta(days=90), discovered_on="2025-01-01")

    [opened] = open_or_link(heard(told), no_cases()).events

    assert isinstance(opened, CaseOpened)
    assert opened.received_at == opened.occurred_at == A_MONDAY


def test_a_decision_taken_again_names_the_same_case() -> None:
    once = heard(report(), event_id="E-1")

    first, second = (open_or_link(once, no_cases()) for _ in range(2))

    assert first == second


def test_the_second_report_of_a_batch_joins_the_case_the_first_one_opened() -> None:
    known = no_cases()
    [case] = added(open_or_link(heard(report()), known), Case)

    decided = open_or_link(heard(report(subject_name=" 某水果店 ")), known)

    [row] = added(decided, Report)
    assert row["case_id"] == case["id"]
    assert [type(event) for event in decided.events] == [ReportLinked]
    assert not decided.changes


def test_another_violation_of_the_same_subject_is_another_case() -> None:
    known = no_cases()
    open_or_link(heard(report()), known)

    decided = open_or_link(heard(report(violation=UNVERIFIED)), known)

    assert [type(event) for event in decided.events] == [CaseOpened]


def test_a_graver_report_raises_the_level_of_the_open_case() -> None:
    known = no_cases()
    open_or_link(heard(report()), known)

    decided = open_or_link(heard(report(suspected_crime=True)), known)

    [change] = decided.changes
    assert change.values == {"level": "II", "level_reasons": ["涉嫌犯罪"], "mobilises": True}
    linked, raised = decided.events
    assert isinstance(linked, ReportLinked)
    assert isinstance(raised, LevelRaised)
    assert (raised.level, raised.mobilises, raised.agency) == ("II", True, COUNTY)
    again = open_or_link(heard(report(suspected_crime=True)), known)
    assert [type(event) for event in again.events] == [ReportLinked]


def test_a_level_is_raised_once_and_never_lowered() -> None:
    known = no_cases()
    open_or_link(heard(report(deaths=1)), known)

    for weaker in (report(deaths=2), report(suspected_crime=True), report()):
        decided = open_or_link(heard(weaker), known)

        assert [type(event) for event in decided.events] == [ReportLinked]
        assert not decided.changes


@pytest.mark.parametrize(
    ("sender", "region", "competent"),
    [
        (COUNTY, COUNTY_REGION, COUNTY),
        (CITY, COUNTY_REGION, CITY),
        (COUNTY, "370203", CITY),
        (COUNTY, "371302", PROVINCE),
        (POLICE, COUNTY_REGION, COUNTY),
        (POLICE, "370000", PROVINCE),
        (COUNTY, "510000", NATION),
        (NATION, "100000", NATION),
    ],
)
def test_the_case_is_the_senders_where_it_is_competent_else_the_nearest_regulators(
    sender: str, region: str, competent: str
) -> None:
    [opened] = open_or_link(heard(report(region=region), by=sender), no_cases()).events

    assert isinstance(opened, CaseOpened)
    assert (opened.agency, opened.source) == (competent, f"/agencies/{sender}")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"subject_code": "92500119MAEHAEA47L"}, "subject_code"),
        ({"subject_code": "9234O322MA2QW99L2M"}, "subject_code"),
        ({"region": "379999"}, "region"),
        ({"violation": "stealing_bread"}, "violation"),
        ({"reporter": "张三"}, "reporter"),
        ({"drill_shift_s": DAY}, "drill_shift_s"),
    ],
)
def test_what_no_case_can_be_made_of_is_refused_with_field_and_rule(
    wrong: dict[str, Any], field: str
) -> None:
    known = no_cases()

    with pytest.raises(Invalid) as refused:
        open_or_link(heard(report(**wrong)), known)

    assert refused.value.fields["field"] == field
    assert refused.value.fields["rule"]
    assert known.get(key_of(report(**wrong))) is None


def test_a_sound_code_in_lower_case_is_the_same_subject() -> None:
    known = no_cases()
    open_or_link(heard(report(subject_code="92500119MAEHAEA47K")), known)

    decided = open_or_link(
        heard(report(subject_code="92500119maehaea47k", subject_name="又名")), known
    )

    assert [type(event) for event in decided.events] == [ReportLinked]


def test_a_drill_has_its_own_time_and_its_own_cases() -> None:
    known = no_cases(drills=True)
    [real] = added(open_or_link(heard(report()), known), Case)

    [opened] = open_or_link(heard(report(drill_shift_s=-DAY)), known).events

    assert isinstance(opened, CaseOpened)
    assert opened.case_id != real["id"]
    assert opened.received_at == A_MONDAY - timedelta(days=1)
    assert opened.drill_shift_s == -DAY


def test_agencies_outside_drills_have_no_other_time_even_where_drills_are_allowed() -> None:
    with pytest.raises(Invalid, match="drills"):
        open_or_link(heard(report(drill_shift_s=DAY), by=POLICE), no_cases(drills=True))


def test_the_rest_of_a_report_is_kept_as_facts() -> None:
    told = report(illegal_income_yuan="12.50", instruments=[{"kind": "电子秤", "count": 2}])

    [row] = added(open_or_link(heard(told), no_cases()), Report)

    assert row["facts"] == {
        "illegal_income_yuan": "12.50",
        "instruments": [{"kind": "电子秤", "count": 2}],
    }
