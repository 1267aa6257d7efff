"""A case in which a crime is suspected: it waits, and resumes or goes to justice."""

from typing import Any

import pytest

from contracts.agencies import SYSTEM, Role
from tests.support.directories import CITY, COUNTY, PROVINCE, person
from tests.support.enforcement_steps import (
    BY,
    HEAD,
    INSPECTOR,
    MAIN_LINE,
    PAYLOADS,
    UNIT_HEAD,
    until_step,
)
from tests.support.play import Play, moment
from workflows.enforcement_case import ENFORCEMENT_CASE_V1, ENFORCEMENT_CASE_V2
from workflows.procedure.refusal import StepRefused

CRIME: dict[str, Any] = {"offence": "诈骗罪", "facts": "遥控秤", "report_by": "2026-03-20"}
HANDOFF = "00000000-0000-0000-0000-000000000009"
FILED: dict[str, Any] = {"handoff": HANDOFF, "to": "police"}
DECLINED: dict[str, Any] = {"handoff": HANDOFF, "declined_by": "police"}
DESIGNATED: dict[str, Any] = {"to_agency": CITY, "by": PROVINCE, "how": "designated"}


def walked(last: str, at: str = "2026-03-02") -> Play:
    play = Play(ENFORCEMENT_CASE_V2, at=moment(at))
    for step in until_step(last):
        play.take(step, BY[step], **PAYLOADS[step])
    return play


def waiting() -> Play:
    play = walked("name_investigators")
    play.until(moment("2026-03-12"))
    play.take("suspect_crime", HEAD, **CRIME)
    return play


def test_everything_of_the_first_version_is_in_the_second() -> None:
    first, second = ENFORCEMENT_CASE_V1.main, ENFORCEMENT_CASE_V2.main

    assert second.steps[: len(first.steps)] == first.steps
    assert second.clocks[: len(first.clocks)] == first.clocks


@pytest.mark.parametrize("last", ["name_investigators", "agree_in_review", "hear_statement"])
def test_a_suspected_crime_makes_the_case_wait(last: str) -> None:
    play = walked(last)

    play.take("suspect_crime", HEAD, **CRIME)

    assert play.line().stage == "awaiting_police"
    assert play.clock("decision_90d").status == "paused"
    assert "decide_penalty" not in play.open(), "no penalty in place of a transfer"


def test_the_head_decides_that_the_case_waits() -> None:
    with pytest.raises(StepRefused) as refused:
        walked("name_investigators").take("suspect_crime", INSPECTOR, **CRIME)

    assert refused.value.code == "wrong_role"


def test_a_lead_is_filed_before_it_is_handed_off() -> None:
    with pytest.raises(StepRefused) as refused:
        walked("verify_lead").take("suspect_crime", HEAD, **CRIME)

    assert refused.value.code == "not_open"


def test_the_wait_is_asked_after_at_the_jurisdiction_s_interval() -> None:
    play = waiting()
    assert str(play.clock("criminal_pending").due_on) == "2026-04-11"

    play.until(moment("2026-04-01"))
    play.take("ask_after_handoff", HEAD, answer="侦查中")

    assert play.clock("criminal_pending").started_at == moment("2026-04-01")


def test_what_the_police_decline_is_investigated_on_without_the_days_of_waiting() -> None:
    play = waiting()
    play.until(moment("2026-03-21"))

    play.take("resume_from_police", SYSTEM, **DECLINED)

    assert play.line().stage == "investigating"
    # ninety days end on 31 May; the 12th to the 21st are ten days more
    assert str(play.clock("decision_90d").due_on) == "2026-06-10"
    assert play.clock("criminal_pending").status == "met"


def test_a_declined_case_is_played_to_its_penalty() -> None:
    play = waiting()
    play.take("resume_from_police", SYSTEM, **DECLINED)

    for step in MAIN_LINE[MAIN_LINE.index("conclude_investigation") :]:
        play.take(step, BY[step], **PAYLOADS[step])

    assert play.line().stage == "closed"


def test_what_the_police_file_is_closed_as_handed_over() -> None:
    play = waiting()

    play.take("hand_over_to_justice", SYSTEM, **FILED)
    assert play.clock("decision_90d").status == "met"
    play.take("close_case", HEAD, **PAYLOADS["close_case"])

    assert play.state.ended


def test_only_the_hand_off_moves_a_waiting_case() -> None:
    for step, stated in (("hand_over_to_justice", FILED), ("resume_from_police", DECLINED)):
        with pytest.raises(StepRefused):
            waiting().take(step, HEAD, **stated)


def test_what_justice_gives_back_has_ninety_days_from_then() -> None:
    play = waiting()
    play.take("hand_over_to_justice", SYSTEM, **FILED)
    play.until(moment("2026-03-23"))

    play.take("take_case_back", SYSTEM, handoff=HANDOFF, returned_by="procuratorate")

    assert play.line().stage == "investigating"
    assert play.clock("closing_15wd").status == "met"
    # the ninetieth day, 21 June, is a holiday
    assert str(play.clock("decision_90d").due_on) == "2026-06-22"


def test_seized_things_go_along_with_the_case_once_it_is_justice_s() -> None:
    play = walked("name_investigators")
    play.take("seize", INSPECTOR, items=["遥控秤"], place="库房")
    paper: dict[str, Any] = {"to": "市公安局", "told_party_document": "移送告知书1号"}
    with pytest.raises(StepRefused, match="尚未移送司法机关"):
        play.take("hand_over_seized", HEAD, line="seizure/1", **paper)
    play.take("suspect_crime", HEAD, **CRIME)
    play.take("hand_over_to_justice", SYSTEM, **FILED)

    play.take("hand_over_seized", HEAD, line="seizure/1", **paper)

    assert play.line("seizure/1").stage == "handed_over"
    play.take("close_case", HEAD, **PAYLOADS["close_case"])


def test_a_crime_found_after_the_decision_leaves_the_decision_in_force() -> None:
    play = walked("serve_decision")

    play.take("suspect_crime_after_decision", HEAD, **CRIME)

    assert play.line().stage == "served"
    assert "record_payment" in play.open()


@pytest.mark.parametrize("last", ["verify_lead", "name_investigators", "serve_notice"])
def test_a_case_moves_with_its_clocks_running_on(last: str) -> None:
    play = walked(last)
    stage, running = play.line().stage, {c.name: c.due_at for c in play.state.clocks}

    play.take("change_jurisdiction", SYSTEM, **DESIGNATED)

    assert (play.line().agencies, play.line().stage) == ((CITY,), stage)
    assert {c.name: c.due_at for c in play.state.clocks} == running


def test_the_new_agency_takes_the_next_step_and_the_old_one_none() -> None:
    play = walked("file_case")
    play.take("change_jurisdiction", SYSTEM, **DESIGNATED)

    with pytest.raises(StepRefused):
        play.take("name_investigators", UNIT_HEAD, **PAYLOADS["name_investigators"])
    play.take("name_investigators", person(Role.UNIT_HEAD, CITY), **PAYLOADS["name_investigators"])


def test_a_case_is_passed_on_once_and_then_only_by_the_common_superior() -> None:
    play = walked("file_case")
    play.take("change_jurisdiction", SYSTEM, to_agency=CITY, by=COUNTY, how="transferred")

    for how in ("transferred", "agreed"):
        with pytest.raises(StepRefused, match="共同的上级机关"):
            play.take("change_jurisdiction", SYSTEM, to_agency=COUNTY, by=CITY, how=how)
    play.take("change_jurisdiction", SYSTEM, to_agency=COUNTY, by=PROVINCE, how="designated")
    with pytest.raises(StepRefused, match="共同的上级机关"):
        play.take("change_jurisdiction", SYSTEM, to_agency=CITY, by=COUNTY, how="transferred")


def test_nobody_moves_a_case_by_hand() -> None:
    with pytest.raises(StepRefused):
        walked("file_case").take("change_jurisdiction", HEAD, **DESIGNATED)
