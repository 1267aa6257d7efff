"""A dispute over jurisdiction, from the chairs of the agencies and of their common superior."""

from typing import Any

import pytest

from contracts.agencies import Role
from tests.support.directories import CITY, COUNTY, NEIGHBOUR, PROVINCE, person
from tests.support.play import Play, moment
from workflows.jurisdiction_dispute import JURISDICTION_DISPUTE
from workflows.procedure.refusal import StepRefused

HEAD, OTHER, SUPERIOR = person(Role.HEAD), person(Role.HEAD, NEIGHBOUR), person(Role.HEAD, CITY)
WHY: dict[str, Any] = {"grounds": "违法行为发生地在本县"}
REFERRED: dict[str, Any] = {"papers": ["案件来源登记表", "协商记录"], "grounds": "协商不成"}
DESIGNATED: dict[str, Any] = {
    "to_agency": NEIGHBOUR,
    "document_no": "指定管辖通知书1号",
    "reason": "违法行为发生地",
}


def dispute(*agencies: str, **facts: Any) -> Play:
    begun: dict[str, Any] = {"cause": "两县交界处流动摊点", "opened_by": COUNTY} | facts
    return Play(
        JURISDICTION_DISPUTE,
        at=moment("2026-03-02"),
        agency=agencies or (COUNTY, NEIGHBOUR),
        **begun,
    )


def refusal(play: Play, *asked: Any, **payload: Any) -> StepRefused:
    with pytest.raises(StepRefused) as refused:
        play.take(*asked, **payload)
    return refused.value


def test_agencies_that_name_the_same_one_have_agreed() -> None:
    play = dispute()

    play.take("name_competent", HEAD, to_agency=COUNTY, **WHY)
    play.take("name_competent", OTHER, to_agency=COUNTY, **WHY)
    play.take("agree", OTHER, to_agency=COUNTY, **WHY)

    assert play.line().stage == "agreed"
    assert play.line().facts["to_agency"] == COUNTY
    assert play.clock("negotiation_7wd").status == "met"


def test_one_agency_alone_agrees_on_nothing() -> None:
    play = dispute()

    play.take("name_competent", HEAD, to_agency=COUNTY, **WHY)

    assert refusal(play, "agree", HEAD, to_agency=COUNTY, **WHY).code == "guard"


def test_the_last_word_of_each_agency_counts() -> None:
    play = dispute()
    for by, to in ((HEAD, COUNTY), (OTHER, COUNTY), (OTHER, NEIGHBOUR)):
        play.take("name_competent", by, to_agency=to, **WHY)

    assert "第十三条" in refusal(play, "agree", HEAD, to_agency=COUNTY, **WHY).says.zh
    play.take("name_competent", HEAD, to_agency=NEIGHBOUR, **WHY)
    play.take("agree", HEAD, to_agency=NEIGHBOUR, **WHY)

    assert play.state.ended


def test_what_was_agreed_is_what_they_named() -> None:
    play = dispute()
    for by in (HEAD, OTHER):
        play.take("name_competent", by, to_agency=COUNTY, **WHY)

    assert refusal(play, "agree", HEAD, to_agency=NEIGHBOUR, **WHY).code == "guard"


def test_a_dispute_is_settled_by_the_common_superior() -> None:
    play = dispute()
    play.until(moment("2026-03-10"))
    play.take("refer", OTHER, **REFERRED)
    assert play.open()["designate"].agencies == (CITY,)
    assert play.clock("designation_7wd").due_at == moment("2026-03-20", "00:00")

    play.take("designate", SUPERIOR, **DESIGNATED)

    assert (play.line().stage, play.line().facts["to_agency"]) == ("designated", NEIGHBOUR)
    assert {c.status for c in play.state.clocks} == {"met"}
    assert play.kinds() == ["procedure_ended"]


def test_it_may_go_to_the_common_superior_at_once() -> None:
    play = dispute()

    play.take("refer", HEAD, **REFERRED)

    assert play.line().stage == "referred"


def test_the_superior_of_both_decides_and_no_other() -> None:
    play = dispute()
    assert refusal(play, "designate", SUPERIOR, **DESIGNATED).code == "not_open"
    play.take("refer", HEAD, **REFERRED)

    for by in (HEAD, OTHER, person(Role.HEAD, PROVINCE), person(Role.LIAISON, CITY)):
        assert refusal(play, "designate", by, **DESIGNATED).code == "wrong_role"


def test_a_bureau_and_its_own_superior_are_settled_by_whoever_is_above_both() -> None:
    play = dispute(COUNTY, CITY)

    play.take("refer", HEAD, **REFERRED)

    assert play.open()["designate"].agencies == (PROVINCE,)


def test_seven_working_days_of_silence_escalate_and_refer_nothing() -> None:
    play = dispute()

    play.until(moment("2026-03-14"))

    assert play.clock("negotiation_7wd").breached_at == moment("2026-03-12", "00:00")
    assert play.line().stage == "negotiating"
    calls = [(t.agency, t.role) for t in play.told if t.kind == "escalation_raised"]
    assert calls == [(COUNTY, Role.HEAD), (COUNTY, Role.CHIEF), (CITY, Role.DUTY_OFFICER)]


def test_a_silent_superior_is_called_and_then_its_own() -> None:
    play = dispute()
    play.take("refer", HEAD, **REFERRED)

    play.until(moment("2026-03-14", "08:00"))

    calls = [(t.agency, t.role) for t in play.told if t.kind == "escalation_raised"]
    assert calls == [(CITY, Role.HEAD), (CITY, Role.CHIEF), (PROVINCE, Role.HEAD)]


def test_who_received_a_case_agrees_on_nothing_more_and_asks_the_common_superior() -> None:
    play = dispute(moved_before=True)
    for by in (HEAD, OTHER):
        play.take("name_competent", by, to_agency=COUNTY, **WHY)

    refused = refusal(play, "agree", HEAD, to_agency=COUNTY, **WHY)
    assert refused.fields["basis"].startswith("市场监督管理行政处罚程序规定第十四条")
    assert "不得再自行移送" in str(play.open()["agree"].closed_by)
    play.take("refer", HEAD, **REFERRED)


def test_only_whoever_raised_it_takes_it_back() -> None:
    play = dispute()

    assert refusal(play, "withdraw", OTHER, reason="撤回").code == "wrong_role"
    play.take("withdraw", HEAD, reason="查明属邻县")

    assert play.line().stage == "withdrawn"
    assert play.clock("negotiation_7wd").status == "met"
