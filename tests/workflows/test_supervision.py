"""Supervision down the line of command, from both chairs."""

from typing import Any

import pytest

from contracts.agencies import Role
from tests.support.directories import CITY, COUNTY, NATION, PROVINCE, person
from tests.support.play import Play, moment
from workflows.procedure.refusal import StepRefused
from workflows.supervision import SUPERVISION

HEAD, LIAISON, ABOVE = person(Role.HEAD), person(Role.LIAISON), person(Role.HEAD, CITY)
PAPER: dict[str, Any] = {"document_no": "监督1号", "demands": ["限期纠正"]}
FOUND: dict[str, Any] = PAPER | {"findings": "超期未决"}
DECISION: dict[str, Any] = FOUND | {"correct_by": "2026-03-20"}
ANSWER: dict[str, Any] = {"answer": "已纠正"}
REPLY: dict[str, Any] = {"document_no": "复查1号", "reasons": "事实清楚"}
OF_CASE = "00000000-0000-0000-0000-000000000009"


def supervised(step: str = "", /, by: str = CITY, **payload: Any) -> Play:
    facts: dict[str, Any] = {"subject": "案件超期", "issued_by": by, "of_case": OF_CASE}
    play = Play(SUPERVISION, at=moment("2026-03-02"), **facts)
    if step:
        play.take(step, person(Role.HEAD, by), **payload)
    return play


def refusal(play: Play, *asked: Any, **payload: Any) -> StepRefused:
    with pytest.raises(StepRefused) as refused:
        play.take(*asked, **payload)
    return refused.value


def test_a_notice_is_answered_within_ten_working_days_and_the_answer_accepted() -> None:
    play = supervised("issue_notice", **FOUND)
    assert play.clock("notice_answer_10wd").due_at == moment("2026-03-17", "00:00")

    play.take("answer", HEAD, **ANSWER)
    play.take("accept_answer", ABOVE, opinion="属实")

    assert play.line().stage == "closed"
    assert {c.status for c in play.state.clocks} == {"met"}


def test_only_whoever_issued_it_says_whether_the_answer_is_good() -> None:
    play = supervised("issue_notice", **FOUND, by=PROVINCE)
    play.take("answer", HEAD, **ANSWER)

    for by in (HEAD, ABOVE, person(Role.HEAD, NATION), person(Role.LIAISON, PROVINCE)):
        assert refusal(play, "accept_answer", by, opinion="好").code == "wrong_role"
    play.take("accept_answer", person(Role.HEAD, PROVINCE), opinion="好")


def test_the_supervised_agency_issues_nothing_and_answers_what_was_issued() -> None:
    play = supervised()

    assert refusal(play, "issue_notice", HEAD, **FOUND).code == "wrong_role"
    assert refusal(play, "answer", HEAD, **ANSWER).code == "not_open"


def test_an_answer_that_is_not_good_is_given_again_by_the_day_set() -> None:
    play = supervised("issue_notice", **FOUND)
    play.take("answer", HEAD, **ANSWER)

    play.take("return_answer", ABOVE, reason="未附证据", answer_by="2026-03-11")
    assert play.clock("second_answer").due_at == moment("2026-03-12", "00:00")
    assert play.clock("review").status == "met"
    play.take("answer", HEAD, **ANSWER)

    assert play.line().stage == "answered"


def test_a_silent_agency_is_called_up_to_its_superior() -> None:
    play = supervised("issue_notice", **FOUND)

    play.until(moment("2026-03-19", "08:00"))

    calls = [(t.agency, t.role) for t in play.told if t.kind == "escalation_raised"]
    assert calls == [(COUNTY, Role.HEAD), (COUNTY, Role.CHIEF), (CITY, Role.DUTY_OFFICER)]


def test_a_notice_left_lying_is_followed_by_a_decision() -> None:
    play = supervised("issue_notice", **FOUND)
    play.until(moment("2026-03-18"))

    play.take("issue_decision", ABOVE, **DECISION)

    assert play.line().stage == "decided"
    assert play.clock("notice_answer_10wd").breached_at is not None
    assert play.told[-1].kind == "escalation_ended"


def test_a_decision_is_corrected_in_its_time_and_reported_ten_working_days_after() -> None:
    play = supervised("issue_decision", **DECISION)
    assert play.clock("correction").due_at == moment("2026-03-21", "00:00")
    play.until(moment("2026-03-18"))

    play.take("complete_correction", HEAD, measures="已撤销原决定")
    assert play.clock("correction_report_10wd").due_at == moment("2026-04-02", "00:00")
    play.until(moment("2026-03-30"))
    play.take("report_correction", HEAD, **ANSWER)
    assert play.clock("review").due_at == moment("2026-04-15", "00:00")
    play.take("accept_answer", ABOVE, opinion="改正到位")

    assert play.line().stage == "closed"
    assert {c.status for c in play.state.clocks} == {"met"}
    assert not [t for t in play.told if t.kind == "clock_breached"]


def test_an_objection_in_five_working_days_is_replied_to_in_ten() -> None:
    play = supervised("issue_decision", **DECISION)
    play.until(moment("2026-03-09"))

    play.take("object_to_decision", HEAD, grounds="适用依据有误")
    assert play.clock("objection_reply_10wd", "objection/1").due_at == moment("2026-03-24", "00:00")
    play.take("uphold_decision", ABOVE, line="objection/1", **REPLY)

    assert play.line("objection/1").stage == "upheld"
    assert play.clock("objection_reply_10wd", "objection/1").status == "met"
    assert play.clock("correction").status == "running", "an objection stops no clock"
    assert refusal(play, "object_to_decision", HEAD, grounds="再次").code == "guard"


def test_the_right_to_object_lapses_after_five_working_days() -> None:
    play = supervised("issue_decision", **DECISION)

    play.until(moment("2026-03-10", "00:00"))

    assert "lapse_objection" in play.log
    assert "第二十条" in refusal(play, "object_to_decision", HEAD, grounds="迟").fields["basis"]
    assert not [t for t in play.told if t.kind == "clock_breached"]


def test_the_right_to_object_lapses_also_once_everything_was_reported() -> None:
    play = supervised("issue_decision", **DECISION)
    play.take("complete_correction", HEAD, measures="已改正")
    play.take("report_correction", HEAD, **ANSWER)

    play.wait(days=10)

    assert "lapse_objection" in play.log


def test_nothing_is_decided_or_closed_over_an_objection_unreplied() -> None:
    play = supervised("issue_decision", **DECISION)
    play.take("object_to_decision", HEAD, grounds="适用依据有误")

    assert refusal(play, "issue_decision", ABOVE, **DECISION).code == "guard"
    play.take("complete_correction", HEAD, measures="先行改正")
    play.take("report_correction", HEAD, **ANSWER)
    assert refusal(play, "accept_answer", ABOVE, opinion="好").code == "guard"


def test_a_revised_decision_is_issued_anew_and_may_be_objected_to_again() -> None:
    play = supervised("issue_decision", **DECISION)
    play.take("object_to_decision", HEAD, grounds="适用依据有误")
    play.take("revise_decision", ABOVE, line="objection/1", **REPLY)
    assert play.clock("objection_reply_10wd", "objection/1").status == "met"

    play.take("issue_decision", ABOVE, **DECISION | {"correct_by": "2026-04-03"})

    assert play.clock("correction").due_at == moment("2026-04-04", "00:00")
    play.take("object_to_decision", HEAD, grounds="仍有异议")


def test_a_supervised_case_reports_within_the_jurisdiction_s_time() -> None:
    play = supervised("supervise_case", **PAPER)
    assert play.clock("supervised_case_report").due_at == moment("2026-04-15", "00:00")

    play.take("report_progress", LIAISON, progress="已立案")
    play.take("answer", HEAD, **ANSWER)

    assert play.clock("supervised_case_report").status == "met"


def test_supervised_handling_names_its_case() -> None:
    play = Play(SUPERVISION, at=moment("2026-03-02"), subject="某类案件", issued_by=CITY)

    assert refusal(play, "supervise_case", ABOVE, **PAPER).code == "guard"


def test_a_government_s_paper_has_the_local_time() -> None:
    play = supervised("issue_government_opinion", **FOUND)

    assert play.clock("government_report").due_at == moment("2026-04-02", "00:00")


def test_a_paper_nobody_issues_and_an_answer_nobody_reads_call_the_supervisor() -> None:
    play = supervised()
    play.until(moment("2026-03-10", "08:00"))
    play.take("issue_notice", ABOVE, **FOUND)
    play.take("answer", HEAD, **ANSWER)
    play.wait(days=20)

    called = {(t.clock, t.agency) for t in play.told if t.kind == "escalation_raised"}
    assert {("issue", CITY), ("review", CITY), ("review", PROVINCE)} <= called


def test_whoever_issued_it_takes_it_back() -> None:
    play = supervised("issue_decision", **DECISION)

    assert refusal(play, "withdraw", HEAD, reason="x").code == "wrong_role"
    play.take("withdraw", ABOVE, reason="依据有误")

    assert play.line().stage == "withdrawn"


@pytest.mark.parametrize(
    ("step", "stated"),
    [
        ("issue_notice", FOUND),
        ("issue_decision", DECISION),
        ("supervise_case", PAPER),
        ("issue_government_opinion", FOUND),
    ],
)
def test_whichever_paper_is_issued_its_time_is_kept(step: str, stated: dict[str, Any]) -> None:
    assert supervised(step, **stated).clock("issue").status == "met"
