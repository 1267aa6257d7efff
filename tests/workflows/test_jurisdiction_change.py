"""A case called up, assigned, asked for or moved: from the chairs of bureau and superior."""

from typing import Any

import pytest

from contracts.agencies import Principal, Role
from tests.support.directories import CITY, COUNTY, NATION, NEIGHBOUR, PROVINCE, person
from tests.support.play import Play, moment
from workflows.jurisdiction_change import JURISDICTION_CHANGE
from workflows.procedure.refusal import StepRefused

HEAD, CITY_HEAD, PROVINCE_HEAD = (person(Role.HEAD, a) for a in (COUNTY, CITY, PROVINCE))
PAPER: dict[str, Any] = {"document_no": "指定管辖通知书2号", "reason": "案情重大"}
ASKED: dict[str, Any] = {"asks": "take", "papers": ["调查报告"], "grounds": "跨区域,本局力量不足"}
MOVED: dict[str, Any] = {"to_agency": NEIGHBOUR, "document_no": "移送函3号", "grounds": "行为地"}
ASSIGNED: dict[str, Any] = PAPER | {"to_agency": NEIGHBOUR, "not_reserved": True}


def change(by: str = COUNTY, **facts: Any) -> Play:
    begun: dict[str, Any] = {"cause": "涉案金额大", "opened_by": by} | facts
    return Play(JURISDICTION_CHANGE, at=moment("2026-03-02"), **begun)


def refusal(play: Play, *asked: Any, **payload: Any) -> StepRefused:
    with pytest.raises(StepRefused) as refused:
        play.take(*asked, **payload)
    return refused.value


@pytest.mark.parametrize("superior", [CITY, PROVINCE, NATION])
def test_any_superior_calls_a_case_up(superior: str) -> None:
    play = change(superior)

    play.take("call_up", person(Role.HEAD, superior), **PAPER)

    assert play.line().stage == "called_up"
    assert play.state.ended


def test_a_case_is_not_called_up_by_an_equal_nor_by_the_bureau_itself() -> None:
    play = change(CITY)

    for agency in (COUNTY, NEIGHBOUR):
        assert refusal(play, "call_up", person(Role.HEAD, agency), **PAPER).code == "wrong_role"
    assert refusal(play, "call_up", person(Role.INSPECTOR, CITY), **PAPER).code == "wrong_role"


def test_a_superior_assigns_a_case_to_another_of_its_bureaus() -> None:
    play = change(CITY)

    play.take("assign", CITY_HEAD, **ASSIGNED)

    assert (play.line().stage, play.line().facts["to_agency"]) == ("assigned", NEIGHBOUR)


def test_what_the_law_gives_to_the_superior_is_not_pushed_down() -> None:
    play = change(CITY)

    refused = refusal(play, "assign", CITY_HEAD, **ASSIGNED | {"not_reserved": False})

    assert "第十五条" in refused.fields["basis"]


@pytest.mark.parametrize("to", [COUNTY, CITY])
def test_a_case_is_assigned_neither_to_who_has_it_nor_to_who_assigns(to: str) -> None:
    assert refusal(change(CITY), "assign", CITY_HEAD, **ASSIGNED | {"to_agency": to}).code == (
        "guard"
    )


def test_a_bureau_asks_the_next_above_which_answers_in_seven_working_days() -> None:
    play = change()
    play.take("ask_superior", HEAD, **ASKED)

    assert play.clock("request_7wd").due_at == moment("2026-03-12", "00:00")
    play.take("call_up", CITY_HEAD, **PAPER)

    assert play.clock("request_7wd").status == "met"


def test_a_superior_may_leave_the_case_where_it_is() -> None:
    play = change()
    assert refusal(play, "refuse_request", CITY_HEAD, reason="可自行办理").code == "not_open"
    play.take("ask_superior", HEAD, **ASKED)

    assert refusal(play, "refuse_request", PROVINCE_HEAD, reason="x").code == "wrong_role"
    play.take("refuse_request", CITY_HEAD, reason="可自行办理")

    assert play.line().stage == "refused"


def test_a_request_without_papers_is_none() -> None:
    refused = refusal(change(), "ask_superior", HEAD, **ASKED | {"papers": []})

    assert refused.fields["field"] == "papers"


def test_a_silent_superior_is_called_and_then_its_own() -> None:
    play = change()
    play.take("ask_superior", HEAD, **ASKED)

    play.until(moment("2026-03-14", "08:00"))

    calls = [(t.agency, t.role) for t in play.told if t.kind == "escalation_raised"]
    assert calls == [(CITY, Role.HEAD), (CITY, Role.CHIEF), (PROVINCE, Role.HEAD)]
    play.take("call_up", PROVINCE_HEAD, **PAPER)
    assert play.told[-2].kind == "escalation_ended"


def test_a_question_nobody_puts_escalates() -> None:
    play = change()

    play.wait(days=9)

    assert play.clock("consideration").status == "breached"


def test_a_case_is_moved_to_the_bureau_that_is_competent() -> None:
    play = change()

    play.take("transfer", HEAD, **MOVED)

    assert (play.line().stage, play.line().facts["to_agency"]) == ("transferred", NEIGHBOUR)


def test_who_received_a_case_passes_it_on_no_further() -> None:
    play = change(moved_before=True)

    assert "第十四条" in refusal(play, "transfer", HEAD, **MOVED).fields["basis"]
    assert "不得再自行移送" in str(play.open()["transfer"].closed_by)
    play.take("ask_superior", HEAD, **ASKED)


def test_only_whoever_raised_the_question_takes_it_back() -> None:
    play = change(PROVINCE)

    for by in (HEAD, CITY_HEAD):
        assert refusal(play, "withdraw", by, reason="x").code == "wrong_role"
    play.take("withdraw", PROVINCE_HEAD, reason="由县局继续办理")

    assert play.line().stage == "withdrawn"


@pytest.mark.parametrize(
    ("step", "by", "stated"),
    [
        ("call_up", CITY_HEAD, PAPER),
        ("assign", CITY_HEAD, ASSIGNED),
        ("refuse_request", CITY_HEAD, {"reason": "可自行办理"}),
        ("withdraw", HEAD, {"reason": "已查明"}),
    ],
)
def test_whatever_ends_a_request_ends_it_in_time(
    step: str, by: Principal, stated: dict[str, Any]
) -> None:
    play = change()
    play.take("ask_superior", HEAD, **ASKED)

    play.take(step, by, **stated)

    assert {c.status for c in play.state.clocks} == {"met"}


def test_whatever_needs_no_request_is_done_in_the_jurisdiction_s_time() -> None:
    for step, by, stated in (("transfer", HEAD, MOVED), ("assign", CITY_HEAD, ASSIGNED)):
        play = change()

        play.take(step, by, **stated)

        assert play.clock("consideration").status == "met"
