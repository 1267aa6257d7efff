"""The fast response, from the duty officer's chair."""

from datetime import timedelta
from typing import Any

import pytest

from contracts.agencies import SYSTEM, Role
from tests.support.directories import CITY, COUNTY, PROVINCE, person
from tests.support.play import A_MONDAY, Play
from workflows.fast_response import FAST_RESPONSE
from workflows.procedure.refusal import StepRefused

DUTY = person(Role.DUTY_OFFICER)
INSPECTOR = person(Role.INSPECTOR)
HEAD = person(Role.HEAD)
CONTACT: dict[str, Any] = {"whom": "premises", "found": "加油机铅封被破坏"}
ON_SITE: dict[str, Any] = {"officers": ["wang", "li"]}
PHONE: dict[str, Any] = {"by": "phone", "content": "首报"}
WRITTEN: dict[str, Any] = {"by": "written", "content": "书面报告"}


def response(level: str = "I") -> Play:
    return Play(FAST_RESPONSE, level=level, reports_by=[COUNTY, CITY])


def test_the_level_sets_the_pace() -> None:
    fast, slow = response("I"), response("III")

    assert fast.clock("first_contact").due_at == A_MONDAY + timedelta(minutes=15)
    assert slow.clock("first_contact").due_at == A_MONDAY + timedelta(minutes=60)


def test_a_response_is_fought_through_to_its_record() -> None:
    play = response()
    play.take("make_first_contact", DUTY, **CONTACT)
    for line, agency, above in (("report/1", COUNTY, CITY), ("report/2", CITY, PROVINCE)):
        play.take("report_by_phone", person(Role.DUTY_OFFICER, agency), line=line, **PHONE)
        play.take("report_in_writing", person(Role.DUTY_OFFICER, agency), line=line, **WRITTEN)
        play.take("receive_report", person(Role.DUTY_OFFICER, above), line=line)
    play.take("arrive_on_site", INSPECTOR, **ON_SITE)
    play.take("secure_site", INSPECTOR, measures="封存加油机")
    play.take("stand_down", HEAD, outcome="控制到位")

    play.take("record_after_action", HEAD, what_went_well="快", to_improve="无")

    assert play.line().stage == "closed"
    assert {c.status for c in play.state.clocks} == {"met"}
    assert play.kinds() == ["procedure_ended"]


def test_each_rung_of_the_line_of_command_owes_its_own_report() -> None:
    play = response()

    assert [x.agencies for x in play.state.lines if x.table == "report"] == [(COUNTY,), (CITY,)]
    with pytest.raises(StepRefused) as refused:
        play.take("report_by_phone", DUTY, line="report/2", **PHONE)
    assert refused.value.code == "wrong_role"


def test_silence_after_the_alarm_escalates_within_the_hour() -> None:
    play = response()

    play.wait(minutes=76)

    calls = [(t.clock, t.agency, t.role) for t in play.told if t.kind == "escalation_raised"]
    assert ("first_contact", COUNTY, Role.HEAD) in calls
    assert ("first_contact", COUNTY, Role.CHIEF) in calls


def test_a_follow_up_report_starts_its_clock_anew() -> None:
    play = response()
    play.take("arrive_on_site", INSPECTOR, **ON_SITE)
    play.wait(hours=3)

    play.take("follow_up", DUTY, content="续报一")

    assert play.clock("follow_up").status == "running"
    assert play.clock("follow_up").due_at == A_MONDAY + timedelta(hours=7)


def test_a_team_on_the_spot_is_contact_enough() -> None:
    play = response()

    play.take("arrive_on_site", INSPECTOR, **ON_SITE)

    assert play.clock("first_contact").status == "met"


def test_a_response_is_not_stood_down_while_a_report_is_owed() -> None:
    play = response()
    play.take("arrive_on_site", INSPECTOR, **ON_SITE)
    play.take("secure_site", INSPECTOR, measures="封存")

    with pytest.raises(StepRefused, match="上报"):
        play.take("stand_down", HEAD, outcome="完")


def test_a_raised_level_quickens_the_clocks_that_run() -> None:
    play = response("II")
    assert play.clock("on_site").due_at == A_MONDAY + timedelta(minutes=120)

    play.take("raise_level", SYSTEM, level="I")

    assert play.clock("on_site").due_at == A_MONDAY + timedelta(minutes=60)
    assert play.clock("first_report", "report/1").due_at == A_MONDAY + timedelta(minutes=30)
