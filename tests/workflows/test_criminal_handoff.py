"""A criminal hand-off from the chairs of agency, police and procuratorate."""

from typing import Any

import pytest

from contracts.agencies import Role
from contracts.procedure import ProcedureState
from tests.support.directories import CITY, CITY_POLICE, COUNTY, POLICE
from tests.support.handoff_steps import (
    BY,
    CITY_POLICE_DESK,
    FACTS,
    OUTSIDER,
    PAYLOADS,
    TO_THE_POLICE,
)
from tests.support.play import Play, moment
from workflows.criminal_handoff import CRIMINAL_HANDOFF
from workflows.procedure.refusal import StepRefused


def handoff(at: str = "2026-03-02", **facts: Any) -> Play:
    return Play(CRIMINAL_HANDOFF, at=moment(at), **(FACTS | facts))


def take(play: Play, step: str, line: str = "main", **changed: Any) -> ProcedureState:
    return play.take(step, BY[step], line=line, **(PAYLOADS[step] | changed))


def walk(play: Play, *steps: str) -> Play:
    for step in steps:
        name, _, line = step.partition("@")
        take(play, name, line or "main")
    return play


def with_police(at: str = "2026-03-02") -> Play:
    return walk(handoff(at), *TO_THE_POLICE)


def declined(at: str = "2026-03-02") -> Play:
    return walk(
        with_police(at),
        "sign_receipt@police/1",
        "accept_case@police/1",
        "decide_not_to_file@police/1",
        "receive_refusal_notice",
    )


def reasons_demanded() -> Play:
    return walk(declined(), "ask_procuratorate", "demand_reasons@supervision/1")


def due(play: Play, clock: str, line: str = "main") -> str:
    return str(play.clock(clock, line).due_on)


def test_a_case_goes_to_the_police_who_file_it_and_the_goods_follow() -> None:
    play = walk(
        with_police(),
        "sign_receipt@police/1",
        "accept_case@police/1",
        "decide_to_file@police/1",
        "receive_filing_notice",
        "hand_over_goods",
        "record_judgment",
    )

    assert play.line().stage == "judged"
    assert play.state.ended
    assert "clock_breached" not in play.kinds()


def test_a_special_team_has_two_different_officers() -> None:
    with pytest.raises(StepRefused, match="不得少于两名"):
        take(handoff(), "form_team", officers=["wang", "wang"])


def test_only_the_team_reports_to_the_chief() -> None:
    play = walk(handoff(), "form_team")

    with pytest.raises(StepRefused, match="专案组成员"):
        play.take("report_to_chief", OUTSIDER, **PAYLOADS["report_to_chief"])


def test_only_the_chief_in_person_decides_on_the_transfer() -> None:
    play = walk(handoff(), "form_team", "report_to_chief")

    with pytest.raises(StepRefused, match="chief"):
        play.take("approve_transfer", BY["ask_reconsideration"], opinion="同意")


def test_the_report_is_due_on_the_day_set_by_whoever_found_the_crime() -> None:
    assert due(handoff(report_by="2026-03-05"), "team_report") == "2026-03-05"


def test_three_days_run_on_both_readings_and_say_so() -> None:
    # a Thursday: three calendar days end on Sunday, three working days on Tuesday
    play = walk(handoff("2026-03-05", report_by="2026-03-06"), "form_team", "report_to_chief")

    alarm, limit = play.clock("chief_decision_3cd"), play.clock("chief_decision_3wd")
    assert (str(alarm.due_on), str(limit.due_on)) == ("2026-03-08", "2026-03-10")
    assert "未注明工作日" in alarm.basis
    assert "报警" in alarm.basis
    assert "法定期限" in limit.basis


def test_the_calendar_alarm_calls_nobody_outside_the_agency_and_the_limit_goes_up() -> None:
    play = walk(handoff("2026-03-05", report_by="2026-03-06"), "form_team", "report_to_chief")

    alarm, limit = play.clock("chief_decision_3cd"), play.clock("chief_decision_3wd")
    assert {call.agency for call in alarm.ladder} == {COUNTY}
    assert {call.agency for call in limit.ladder} > {COUNTY}


def test_one_decision_meets_both_readings() -> None:
    play = walk(handoff(), "form_team", "report_to_chief", "approve_transfer")

    assert {c.status for c in play.state.clocks if c.name.startswith("chief_decision")} == {"met"}


def test_an_approved_transfer_leaves_within_twenty_four_hours() -> None:
    play = walk(handoff(), "form_team", "report_to_chief", "approve_transfer")
    assert play.clock("hand_over_24h").due_at == moment("2026-03-03")

    play.until(moment("2026-03-03"))

    assert play.kinds() == ["clock_breached", "escalation_raised"]


def test_a_refusing_chief_states_reasons_and_the_hand_off_ends() -> None:
    play = walk(handoff(), "form_team", "report_to_chief")
    with pytest.raises(StepRefused) as refused:
        take(play, "refuse_transfer", reasons="")
    assert refused.value.code == "invalid"

    take(play, "refuse_transfer")

    assert play.line().stage == "not_transferred"
    assert play.state.ended


def test_the_police_answer_on_a_line_of_their_own_under_their_own_clocks() -> None:
    play = walk(with_police(), "sign_receipt@police/1")

    line = play.line("police/1")
    assert (line.agencies, line.facts["of_case"]) == ((POLICE,), FACTS["of_case"])
    assert {call.agency for call in play.clock("police_decision_3wd", "police/1").ladder} == {
        POLICE,
        CITY_POLICE,
    }


def test_missing_papers_are_named_and_completed_while_the_police_s_days_run_on() -> None:
    play = walk(with_police(), "sign_receipt@police/1", "name_missing_papers@police/1")
    assert due(play, "supplement_papers") == "2026-03-05"

    take(play, "supplement_papers")

    assert play.clock("supplement_papers").status == "met"
    assert play.clock("police_decision_3wd", "police/1").status == "running"


def test_papers_nobody_asked_for_are_not_supplemented() -> None:
    play = walk(with_police(), "sign_receipt@police/1", "accept_case@police/1")

    with pytest.raises(StepRefused, match="没有要求补正"):
        take(play, "supplement_papers")


def test_the_police_may_not_refuse_a_case_for_missing_papers() -> None:
    play = walk(with_police(), "sign_receipt@police/1", "name_missing_papers@police/1")

    with pytest.raises(StepRefused, match="不得以材料不全为由"):
        take(play, "decide_not_to_file", "police/1", ground="papers_missing")


def test_a_case_of_other_police_goes_on_to_them_and_takes_its_facts_along() -> None:
    play = walk(with_police(), "sign_receipt@police/1", "forward_case@police/1")

    first, second = play.line("police/1"), play.line("police/2")
    assert (first.stage, first.ended) == ("forwarded", True)
    assert (second.agencies, second.stage) == ((CITY_POLICE,), "sent")
    assert second.facts["document_no"] == PAYLOADS["hand_over_papers"]["document_no"]
    play.take("sign_receipt", CITY_POLICE_DESK, line="police/2")


def test_a_case_is_not_forwarded_to_its_own_police() -> None:
    play = walk(with_police(), "sign_receipt@police/1")

    with pytest.raises(StepRefused, match="转送给自己"):
        take(play, "forward_case", "police/1", to_agency=POLICE)


def test_whose_case_it_is_is_said_within_twenty_four_hours_of_the_receipt() -> None:
    play = walk(with_police(), "sign_receipt@police/1")

    assert play.clock("forwarding_24h", "police/1").due_at == moment("2026-03-03")


def test_no_notice_is_received_before_the_police_decided() -> None:
    play = walk(with_police(), "sign_receipt@police/1", "accept_case@police/1")

    for step in ("receive_filing_notice", "receive_refusal_notice"):
        with pytest.raises(StepRefused) as refused:
            take(play, step)
        assert refused.value.code == "guard"


def test_the_goods_go_over_within_three_days_of_the_filing_notice() -> None:
    play = walk(
        with_police(),
        "sign_receipt@police/1",
        "accept_case@police/1",
        "decide_to_file@police/1",
    )
    play.until(moment("2026-03-04"))

    take(play, "receive_filing_notice")

    assert (due(play, "goods_3cd"), due(play, "goods_3wd")) == ("2026-03-07", "2026-03-09")


def test_only_the_police_that_declined_are_asked_to_reconsider() -> None:
    with pytest.raises(StepRefused, match="作出不予立案决定的公安机关"):
        take(declined(), "ask_reconsideration", police=CITY_POLICE)


def test_a_refusal_upheld_goes_on_to_the_procuratorate_within_three_days() -> None:
    play = walk(
        declined(),
        "ask_reconsideration",
        "uphold_refusal@reconsideration/1",
        "receive_reconsideration",
    )
    assert due(play, "supervision_request_3wd") == "2026-03-05"

    take(play, "ask_procuratorate")

    assert play.line().stage == "under_supervision"
    assert play.line("supervision/1").stage == "asked"


def test_the_police_may_file_after_reconsidering() -> None:
    play = walk(
        declined(),
        "ask_reconsideration",
        "file_on_reconsideration@reconsideration/1",
        "receive_filing_notice",
    )

    assert play.line().stage == "filed"


def test_silence_lets_the_refusal_stand_on_the_working_day_reading() -> None:
    play = declined("2026-03-05")  # a Thursday

    play.until(moment("2026-03-10", "12:00"))
    assert play.line().stage == "refused_by_police"
    assert play.kinds().count("clock_breached") == 1, "the calendar alarm alone"

    play.until(moment("2026-03-11", "00:00"))
    assert play.line().stage == "declined"
    assert play.log[-1] == "let_refusal_stand"


def test_the_agency_may_let_it_be_at_once() -> None:
    assert walk(declined(), "accept_refusal").line().stage == "declined"


def test_reasons_that_do_not_hold_become_an_order_to_file() -> None:
    play = reasons_demanded()
    assert due(play, "reasons_7d", "reasons/1") == "2026-03-09"
    with pytest.raises(StepRefused, match="尚未说明不立案理由"):
        take(play, "order_filing", "supervision/1")

    walk(play, "state_reasons@reasons/1", "order_filing@supervision/1")
    assert due(play, "ordered_filing_15d", "order/1") == "2026-03-17"
    walk(play, "file_as_ordered@order/1", "receive_filing_notice")

    assert play.line().stage == "filed"


def test_police_asked_for_reasons_may_file_after_all() -> None:
    play = walk(
        reasons_demanded(),
        "file_after_all@reasons/1",
        "close_supervision@supervision/1",
        "receive_filing_notice",
    )

    assert play.line().stage == "filed"


def test_a_refusal_found_justified_is_the_end_of_it() -> None:
    play = walk(
        reasons_demanded(),
        "state_reasons@reasons/1",
        "find_refusal_justified@supervision/1",
        "receive_supervision_result",
    )

    assert play.line().stage == "declined"


def test_while_others_have_it_the_agency_is_made_to_ask_after_it() -> None:
    play = with_police()
    assert due(play, "answer_review") == "2026-04-01"
    play.until(moment("2026-03-20"))

    take(play, "ask_after")

    assert due(play, "answer_review") == "2026-04-19"


def test_justice_may_give_the_case_back_for_a_penalty() -> None:
    play = walk(
        with_police(),
        "sign_receipt@police/1",
        "accept_case@police/1",
        "decide_to_file@police/1",
        "receive_filing_notice",
        "hand_over_goods",
        "record_return",
    )

    assert play.line().stage == "returned"


def test_a_superior_is_called_when_the_chief_lets_the_working_days_pass() -> None:
    play = walk(handoff(), "form_team", "report_to_chief")

    play.until(moment("2026-03-08", "12:00"))

    called = {e.clock: (e.agency, e.role) for e in play.state.escalations}
    assert called == {
        "chief_decision_3cd": (COUNTY, Role.CHIEF),
        "chief_decision_3wd": (CITY, Role.DUTY_OFFICER),
    }
