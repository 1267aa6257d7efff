"""A joint operation, from the chairs of its lead and of the agencies it invites."""

from typing import Any

import pytest

from contracts.agencies import SYSTEM, Role
from tests.support.directories import CITY, CITY_POLICE, COUNTY, POLICE, PROCURATORATE, person
from tests.support.play import Play, moment
from workflows.joint_enforcement import JOINT_ENFORCEMENT
from workflows.procedure.refusal import StepRefused

BEGUN = moment("2026-03-02")
DAYS: dict[str, Any] = {"reply_by": "2026-03-04", "due_on": "2026-03-20"}
LEAD, LEAD_HEAD = person(Role.LIAISON), person(Role.HEAD)
POLICE_LIAISON, POLICE_HEAD = person(Role.LIAISON, POLICE), person(Role.HEAD, POLICE)
WHY: dict[str, Any] = {"reason": "不属于本机关职权"}
OFFICE: dict[str, Any] = {"office": "治安大队"}


def operation(*invited: str, agency: str | tuple[str, ...] = COUNTY) -> Play:
    facts: dict[str, Any] = {"invited": list(invited), "level": "II"} | DAYS
    return Play(JOINT_ENFORCEMENT, at=BEGUN, agency=agency, **facts)


def refusal(play: Play, *asked: Any, **payload: Any) -> StepRefused:
    with pytest.raises(StepRefused) as refused:
        play.take(*asked, **payload)
    return refused.value


def accepted(*invited: str, agency: str | tuple[str, ...] = COUNTY) -> Play:
    play = operation(*invited, agency=agency)
    for number, code in enumerate(invited, start=1):
        play.take("accept", person(Role.LIAISON, code), line=f"task/{number}", **OFFICE)
    return play


def test_each_agency_invited_from_the_start_answers_on_a_line_of_its_own() -> None:
    play = operation(POLICE, CITY)

    assert [x.agencies for x in play.state.lines[1:]] == [(POLICE,), (CITY,)]
    assert play.open()["task/1:accept"].agencies == (POLICE,)
    assert play.clock("reply", "task/1").due_at == moment("2026-03-05", "00:00")


def test_accepting_starts_the_task_s_own_clock() -> None:
    play = operation(POLICE)

    play.take("accept", POLICE_LIAISON, line="task/1", **OFFICE)

    assert play.clock("reply", "task/1").status == "met"
    assert play.clock("task_due", "task/1").due_at == moment("2026-03-21", "00:00")


def test_only_the_invited_agency_answers() -> None:
    play = operation(POLICE)

    for other in (LEAD, person(Role.LIAISON, CITY), POLICE_HEAD):
        assert refusal(play, "accept", other, line="task/1", **OFFICE).code == "wrong_role"


def test_a_forwarded_invitation_goes_to_the_competent_agency_with_its_dates() -> None:
    play = operation(POLICE)

    play.take("forward", POLICE_LIAISON, line="task/1", to_agency=CITY_POLICE, **WHY)

    assert play.line("task/1").stage == "forwarded"
    assert (play.line("task/2").agencies, play.line("task/2").stage) == ((CITY_POLICE,), "invited")
    assert play.clock("reply", "task/2").due_at == moment("2026-03-05", "00:00")


def test_nothing_is_forwarded_to_oneself() -> None:
    play = operation(POLICE)

    assert refusal(
        play, "forward", POLICE_LIAISON, line="task/1", to_agency=POLICE, **WHY
    ).code == ("guard")


def test_a_split_task_invites_each_of_its_agencies() -> None:
    play = operation(CITY)

    liaison = person(Role.LIAISON, CITY)
    play.take("split", liaison, line="task/1", agencies=[CITY_POLICE, CITY], **WHY)

    assert [x.stage for x in play.state.lines[1:]] == ["split", "invited", "invited"]
    assert [x.agencies for x in play.state.lines[2:]] == [(CITY_POLICE,), (CITY,)]


def test_a_refusal_needs_a_reason() -> None:
    play = operation(POLICE)

    assert refusal(play, "refuse", POLICE_LIAISON, line="task/1").fields["field"] == "reason"
    play.take("refuse", POLICE_LIAISON, line="task/1", **WHY)
    assert play.line("task/1").ended


def test_other_dates_are_asked_for_by_the_agency_and_agreed_by_the_lead() -> None:
    play = accepted(POLICE)
    later: dict[str, Any] = {"reply_by": "2026-03-04", "due_on": "2026-04-10"}

    play.take("propose_date", POLICE_LIAISON, line="task/1", **later, **WHY)
    assert play.clock("task_due", "task/1").due_at == moment("2026-03-21", "00:00")
    assert refusal(play, "agree_date", POLICE_LIAISON, line="task/1", **later).code == "wrong_role"
    play.take("agree_date", LEAD, line="task/1", **later)

    assert play.clock("task_due", "task/1").due_at == moment("2026-04-11", "00:00")


@pytest.mark.parametrize("day", ["2026-13-01", "morgen", None, []])
def test_a_day_that_is_none_is_refused(day: Any) -> None:
    play = accepted(POLICE)

    refused = refusal(play, "agree_date", LEAD, line="task/1", reply_by="2026-03-04", due_on=day)

    assert refused.fields["field"] == "due_on"


def test_a_day_written_otherwise_reaches_the_clock_as_a_day() -> None:
    play = accepted(POLICE)

    later = "2026-03-25T00:00:00"
    play.take("agree_date", LEAD, line="task/1", reply_by="2026-03-04", due_on=later)

    assert play.line("task/1").facts["due_on"] == "2026-03-25"


def test_a_silent_agency_escalates_to_its_superior() -> None:
    play = operation(POLICE)

    play.wait(days=6)

    assert play.clock("reply", "task/1").status == "breached"
    [escalation] = play.state.escalations
    assert (escalation.line, escalation.agency) == ("task/1", CITY_POLICE)
    play.take(
        "take_over",
        person(Role.DUTY_OFFICER, CITY_POLICE),
        line=escalation.key,
        measures="市局派员参加",
    )
    assert play.line("task/1").agencies == (CITY_POLICE,)


def test_the_conclusion_waits_until_all_have_answered() -> None:
    play = accepted(POLICE)

    assert refusal(play, "propose_outcome", LEAD, outcome="没收").code == "guard"
    play.take("complete_task", POLICE_LIAISON, line="task/1", result="已查明身份")
    play.take("propose_outcome", LEAD, outcome="没收")

    assert play.line().stage == "concluding"


def concluding(agency: str | tuple[str, ...]) -> Play:
    play = accepted(POLICE, agency=agency)
    play.take("complete_task", POLICE_LIAISON, line="task/1", result="已查明身份")
    play.take("propose_outcome", LEAD, outcome="没收")
    return play


def test_a_step_of_two_leads_is_taken_by_either_and_the_conclusion_by_both() -> None:
    play = concluding((COUNTY, CITY))

    other = person(Role.LIAISON, CITY)
    play.take("agree_outcome", LEAD_HEAD, line="consent/1")
    assert refusal(play, "conclude", other, outcome="没收").code == "guard"
    play.take("agree_outcome", person(Role.HEAD, CITY), line="consent/2")
    play.take("conclude", other, outcome="没收")

    assert play.state.ended
    assert play.line().stage == "concluded"


def test_a_lead_that_objects_sends_the_draft_back() -> None:
    play = concluding((COUNTY, CITY))
    play.take("agree_outcome", LEAD_HEAD, line="consent/1")

    assert refusal(play, "resume_operation", LEAD, **WHY).code == "guard"
    play.take("object_to_outcome", person(Role.HEAD, CITY), line="consent/2", **WHY)
    play.take("resume_operation", LEAD, **WHY)
    play.take("propose_outcome", LEAD, outcome="没收并罚款")

    assert refusal(play, "conclude", LEAD, outcome="没收").code == "guard"


def test_the_lead_is_handed_over_and_taken_back() -> None:
    play = accepted(POLICE)
    given: dict[str, Any] = {"to_agency": POLICE, "return_on": "2026-03-15"} | WHY

    play.take("hand_over_lead", LEAD_HEAD, **given)
    assert play.line().agencies == (POLICE,)
    assert play.line("mandate/1").agencies == (COUNTY,)
    assert refusal(play, "write_note", LEAD, text="x").code == "wrong_role"
    play.take("invite", POLICE_LIAISON, agencies=[PROCURATORATE], task="提前介入", **DAYS)

    play.take("take_back_lead", LEAD_HEAD, line="mandate/1", **WHY)
    assert play.line().agencies == (COUNTY,)
    play.take("write_note", LEAD, text="收回")


def test_one_of_two_leads_gives_only_its_own_seat() -> None:
    play = accepted(POLICE, agency=(COUNTY, CITY))

    play.take("hand_over_lead", LEAD_HEAD, to_agency=POLICE, return_on="2026-03-15", **WHY)

    assert play.line().agencies == (POLICE, CITY)


def test_the_lead_goes_only_to_who_takes_part() -> None:
    play = operation(POLICE)
    given: dict[str, Any] = {"to_agency": POLICE, "return_on": "2026-03-15"} | WHY

    assert refusal(play, "hand_over_lead", LEAD_HEAD, **given).code == "guard"


def test_a_lead_that_does_not_come_back_in_time_escalates() -> None:
    play = accepted(POLICE)
    play.take("hand_over_lead", LEAD_HEAD, to_agency=POLICE, return_on="2026-03-10", **WHY)

    play.until(moment("2026-03-12"))

    assert play.clock("lead_return", "mandate/1").status == "breached"


def test_two_agencies_answering_in_the_same_second_both_succeed() -> None:
    play = operation(POLICE, CITY)

    play.take("accept", POLICE_LIAISON, line="task/1", version=0, **OFFICE)
    play.take("accept", person(Role.LIAISON, CITY), line="task/2", version=0, office="执法科")

    assert [x.stage for x in play.state.lines[1:]] == ["accepted", "accepted"]


def test_a_case_handed_over_is_noted() -> None:
    play = operation(POLICE)

    play.take("note_hand_over", SYSTEM, to="公安机关")

    assert play.line().facts["to"] == "公安机关"


def test_cancelled_it_ends_with_all_its_lines() -> None:
    play = operation(POLICE)

    play.take("cancel", LEAD_HEAD, reason="举报不实")

    assert play.state.ended
    assert not play.open()
