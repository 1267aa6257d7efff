"""The rules of coordination, case by case."""

from datetime import datetime, timedelta

import pytest

from contracts.agencies import Role
from contracts.levels import Times
from services.coordination.rules import responses as rules
from tests.services.coordination.responses import Response
from tests.support.directories import CITY, COUNTY, NATION, PROVINCE, person
from tests.support.play import A_MONDAY

TIMES = Times(
    first_contact_min=15,
    on_site_min=60,
    first_report_min=30,
    written_report_min=60,
    follow_up_h=4,
    after_action_h=48,
)


def after(minutes: int, seconds: int = 0) -> datetime:
    return A_MONDAY + timedelta(minutes=minutes, seconds=seconds)


@pytest.mark.parametrize(
    ("officers", "enough"),
    [
        (["wang", "li"], True),
        (["wang", "li", "zhao"], True),
        (["wang"], False),
        (["wang", "wang"], False),
        (["wang", " wang "], False),
        ([], False),
    ],
)
def test_two_different_officers_make_a_team(officers: list[str], *, enough: bool) -> None:
    assert rules.are_enough(officers) is enough


@pytest.mark.parametrize(
    ("at", "kept"),
    [(after(0), True), (after(14, 59), True), (after(15), False), (None, None)],
)
def test_the_first_instant_after_the_time_is_too_late(
    at: datetime | None, kept: bool | None
) -> None:
    [contacted] = rules.measured(COUNTY, A_MONDAY, {"contacted": at}, TIMES)

    assert contacted.kept is kept


def test_a_stage_without_a_set_time_is_neither_kept_nor_missed() -> None:
    [secured] = rules.measured(COUNTY, A_MONDAY, {"secured": after(600)}, TIMES)

    assert (secured.took, secured.allowed, secured.kept) == (timedelta(hours=10), None, None)


def test_whoever_arrives_first_has_made_contact() -> None:
    reached = rules.stages_reached(
        contacted_at=None,
        on_site_at=after(10),
        secured_at=None,
        handed_over_at=None,
        stood_down_at=None,
    )

    assert (reached["contacted"], reached["on_site"]) == (after(10), after(10))


@pytest.mark.parametrize(
    ("sent", "first", "written"),
    [
        ([], None, None),
        ([("first", after(5))], after(5), None),
        ([("written", after(40))], after(40), after(40)),
        ([("first", after(5)), ("written", after(40))], after(5), after(40)),
        ([("written", after(40)), ("first", after(5))], after(5), after(40)),
    ],
)
def test_a_written_report_is_a_first_report_too(
    sent: list[tuple[str, datetime]], first: datetime | None, written: datetime | None
) -> None:
    assert rules.reports_reached(sent) == {"first_report": first, "written_report": written}


@pytest.mark.parametrize(
    ("role", "agency", "may"),
    [(Role.HEAD, COUNTY, True), (Role.CHIEF, COUNTY, False), (Role.HEAD, CITY, False)],
)
def test_a_rung_is_answered_by_whom_it_calls(role: Role, agency: str, *, may: bool) -> None:
    assert rules.may_answer(person(role, agency), COUNTY, "head") is may


@pytest.mark.parametrize(
    ("line", "reports"),
    [("main", (COUNTY, CITY)), ("report/1", (COUNTY, CITY)), ("report/2", (CITY, PROVINCE))],
)
def test_each_line_reports_to_the_agency_next_up(line: str, reports: tuple[str, str]) -> None:
    assert rules.superior(Response().state, line) == reports


def test_nobody_is_above_the_top() -> None:
    top = Response(agency=NATION, reports_by=[])

    assert rules.superior(top.state, "main") == (NATION, None)
    assert rules.leader(top.state) == NATION
