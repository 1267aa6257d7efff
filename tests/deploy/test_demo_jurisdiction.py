"""The demonstration jurisdiction: whole, consistent, and fit for the 79 published cases."""

from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache

import pytest

from contracts.agencies import MARKET_REGULATION, Directory, Role
from contracts.intake import ReportSubmitted
from contracts.legal_day import SHANGHAI
from deploy.published import published_cases, reports
from deploy.stack.environment import JURISDICTION
from services.enforcement.rules.divisions import region_problem
from services.enforcement.rules.subjects import subject_key
from services.enforcement.rules.triage import triage
from services.kit.directory.file import load_directory

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)
TODAY = NOW.date()
EVERYWHERE = set(Role) - {Role.SYSTEM, Role.OPERATOR, Role.EVALUATOR}


@cache
def demo() -> Directory:
    return load_directory(JURISDICTION)


def submitted() -> dict[str, tuple[str, ReportSubmitted]]:
    return {report.reference: (agency, report) for agency, report in reports(NOW, demo())}


# ── agencies ─────────────────────────────────────────────────────────────────────────────────────


def test_every_role_is_held_at_every_standing_agency_and_investigators_are_two() -> None:
    for agency in demo().agencies:
        if agency.holds_on(TODAY):
            held = Counter(h.role for h in demo().holders if h.agency == agency.code)
            assert set(held) >= EVERYWHERE, agency.code
            assert held[Role.INSPECTOR] >= 2, agency.code


def test_the_system_is_run_and_evaluated_from_the_top() -> None:
    for role in (Role.OPERATOR, Role.EVALUATOR):
        assert demo().holding(role, demo().national, TODAY)


def test_nobody_holds_two_posts() -> None:
    posts = Counter((h.principal, h.agency) for h in demo().holders if h.holds_on(TODAY))

    assert set(posts.values()) == {1}


def test_every_line_of_command_ends_at_the_national_agency() -> None:
    for agency in demo().agencies:
        if agency.kind == MARKET_REGULATION and agency.code != demo().national:
            assert demo().chain(agency.code, agency.valid_from)[-1] == demo().national


def test_ranks_rise_along_the_line_of_command() -> None:
    rank = {"county": 0, "city": 1, "province": 2, "national": 3}
    for agency in demo().agencies:
        above = agency.parent and demo().agency(agency.parent, agency.valid_from)
        if above:
            # A branch and its office are of one rank.
            assert rank[above.level] >= rank[agency.level], agency.code


def test_area_marks_of_document_numbers_are_one_agency_s_own() -> None:
    marks = Counter(a.document_prefix for a in demo().agencies if a.document_prefix)
    regulators = [a for a in demo().agencies if a.kind == MARKET_REGULATION]

    assert set(marks.values()) == {1}
    assert all(a.document_prefix for a in regulators)


def test_every_agency_s_divisions_stood_in_its_time() -> None:
    for agency in demo().agencies:
        day = agency.valid_to - timedelta(days=1) if agency.valid_to else TODAY
        for region in agency.regions:
            assert region_problem(region, day) is None, (agency.code, region)


def test_names_tell_agencies_apart() -> None:
    names = Counter(n for a in demo().agencies for n in {a.name, *a.sender_names})

    assert [name for name, count in names.items() if count > 1] == []


def test_who_was_abolished_has_someone_in_its_place() -> None:
    gone = [a for a in demo().agencies if not a.holds_on(TODAY) and a.valid_from < TODAY]

    assert len(gone) == 17
    for agency in gone:
        successor = demo().standing(agency, TODAY)
        assert successor is not None, agency.code
        assert successor.holds_on(TODAY)


@pytest.mark.parametrize(
    ("region", "competent"),
    [
        ("441204", "zhaoqing-gaoyao-amr"),
        ("442000", "zhongshan-amr"),  # not its branch
        ("310113", "shanghai-baoshan-amr"),
        ("520326", "zunyi-wuchuan-amr"),
        ("520525", "bijie-nayong-amr"),
        ("460204", "sanya-amr"),
        ("150200", "inner-mongolia-amr"),
        ("630100", "samr"),  # Qinghai has no agency here
        ("100000", "samr"),
    ],
)
def test_the_nearest_regulator_is_competent(region: str, competent: str) -> None:
    found = demo().competent(region, TODAY)

    assert found is not None
    assert found.code == competent


# ── the published cases ──────────────────────────────────────────────────────────────────────────


def test_all_79_cases_are_reported_today() -> None:
    assert len(published_cases()) == len(submitted()) == 79
    assert {report.occurred_at for _, report in submitted().values()} == {NOW}


def test_each_comes_from_the_agency_that_handled_it_or_took_over_from_it() -> None:
    for case in published_cases():
        sender = demo().agency(submitted()[case.id][0], TODAY)
        assert sender is not None
        if case.agency is None:
            assert sender.code == demo().national
            continue
        [handled] = demo().named(case.agency)
        assert sender in (handled, demo().standing(handled, TODAY)), case.id


@pytest.mark.parametrize(
    ("record", "sender"),
    [
        ("PMC-001", "zhaoqing-gaoyao-amr"),
        ("PMC-003", "chongqing-liangjiang-amr"),  # took over from Yubei in November 2025
        ("PMC-018", "samr"),  # no agency in the record
        ("PMC-022", "samr"),  # "the police", no particular one
        ("PMC-024", "tongren-amr"),  # took over from the quality bureau
        ("PMC-075", "shanghai-baoshan-police"),
        ("PMC-077", "nayong-procuratorate"),
    ],
)
def test_senders_are_who_they_should_be(record: str, sender: str) -> None:
    assert submitted()[record][0] == sender


def test_before_its_end_an_agency_reports_itself() -> None:
    before = datetime(2025, 6, 2, 9, 0, tzinfo=SHANGHAI)

    senders = {report.reference: (code, report) for code, report in reports(before, demo())}

    assert senders["PMC-003"][0] == "chongqing-yubei-amr"
    assert senders["PMC-003"][1].region == "500112"


def test_regions_are_codes_in_use_and_a_record_without_place_is_of_the_whole_country() -> None:
    for _, report in submitted().values():
        assert region_problem(report.region, TODAY) is None, report.reference
    assert submitted()["PMC-095"][1].region == "370614"  # Penglai City became a district
    assert {r for r, (_, report) in submitted().items() if report.region == "100000"} == {
        "PMC-022",
        "PMC-107",
    }


def test_published_dates_stay_on_the_record_and_start_nothing() -> None:
    _, report = submitted()["PMC-004"]

    assert report.publication is not None
    assert report.publication.published_on == "2024-10-16"
    assert report.publication.decided_on == "2023-12-12"
    assert report.discovered_on == date(2023, 7, 25)
    assert report.occurred_at == NOW


@pytest.mark.parametrize(
    ("record", "sum_yuan"),
    [("PMC-016", "62324.00"), ("PMC-027", "1400.00"), ("PMC-018", None)],
)
def test_the_penalty_on_record_is_the_total_or_else_the_fine(
    record: str, sum_yuan: str | None
) -> None:
    publication = submitted()[record][1].publication

    assert publication is not None
    assert publication.penalty_total_yuan == (Decimal(sum_yuan) if sum_yuan else None)


def test_each_is_a_case_of_its_own() -> None:
    keys = {
        (subject_key(r.subject_name, r.subject_code, r.region), r.violation)
        for _, r in submitted().values()
    }

    assert len(keys) == 79


def test_every_violation_met_is_on_the_list() -> None:
    met = {report.violation for _, report in submitted().values()}

    assert len(met) == 18
    assert all(demo().violation(code, TODAY) for code in met)


def test_levels_follow_from_the_criteria_of_the_file() -> None:
    levels = {
        reference: triage(report, demo().levels, TODAY)[0].level
        for reference, (_, report) in submitted().items()
    }

    assert Counter(levels.values()) == {"I": 2, "II": 12, "III": 15, "IV": 50}
    assert {r for r, level in levels.items() if level == "I"} == {"PMC-001", "PMC-018"}
    assert levels["PMC-096"] == "II"
    assert levels["PMC-068"] == "III"
    assert levels["PMC-037"] == "IV"


def test_what_mobilises_is_grave_and_goes_faster_than_what_does_not() -> None:
    by_name = {level.level: level for level in demo().levels}
    times = [by_name[name].times for name in ("I", "II", "III", "IV")]

    assert [by_name[n].mobilises for n in ("I", "II", "III", "IV")] == [True, True, False, False]
    for field in type(times[0]).model_fields:
        lengths = [getattr(t, field) for t in times]
        assert lengths == sorted(lengths), field
