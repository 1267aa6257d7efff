"""The ordinary procedure, from the chairs of those who take its steps."""

from typing import Any

import pytest

from contracts.agencies import Role
from tests.support.directories import CITY, COUNTY, person
from tests.support.enforcement_steps import (
    BY,
    HEAD,
    INSPECTOR,
    MAIN_LINE,
    PAYLOADS,
    REVIEWER,
    UNIT_HEAD,
    until_step,
)
from tests.support.play import Play, moment
from workflows.enforcement_case import ENFORCEMENT_CASE_V2
from workflows.procedure.refusal import StepRefused

PAPER: dict[str, Any] = {"items": ["电子秤一台"], "place": "仓库"}
TEST: dict[str, Any] = {
    "kind": "testing",
    "laboratory": "市计量院",
    "items": ["电子秤"],
    "told_party_document": "期间告知书1号",
}


def case(at: str = "2026-03-02") -> Play:
    return Play(ENFORCEMENT_CASE_V2, at=moment(at))


def walk(play: Play, *steps: str, **changed: Any) -> Play:
    for step in steps:
        play.take(step, BY[step], **(PAYLOADS[step] | changed.get(step, {})))
    return play


def investigating(at: str = "2026-03-02") -> Play:
    return walk(case(at), *until_step("name_investigators"))


def test_a_case_walks_from_lead_to_closing() -> None:
    play = walk(case(), *MAIN_LINE)

    assert play.state.ended
    assert play.line().stage == "closed"
    assert {c.status for c in play.state.clocks} == {"met"}
    assert play.kinds() == ["procedure_ended"]


def test_verification_has_fifteen_working_days() -> None:
    assert str(case("2026-03-02").clock("lead_verification_15wd").due_on) == "2026-03-23"


def test_a_case_is_decided_in_ninety_days_from_filing() -> None:
    play = investigating("2026-03-02")

    assert str(play.clock("decision_90d").due_on) == "2026-05-31"


def test_the_head_gives_thirty_days_more_and_then_the_heads_together_what_they_state() -> None:
    play = investigating("2026-03-02")

    play.take("extend_decision_90d", HEAD, reason="案情复杂")
    assert str(play.clock("decision_90d").due_on) == "2026-06-30"
    play.take("extend_decision_90d", HEAD, reason="集体讨论决定", number=60)

    assert str(play.clock("decision_90d").due_on) == "2026-08-29"
    with pytest.raises(StepRefused, match="不得再延长"):
        play.take("extend_decision_90d", HEAD, reason="再延", number=1)


def test_an_extension_comes_before_expiry() -> None:
    play = case("2026-03-02")
    play.until(moment("2026-03-24", "00:00"))

    with pytest.raises(StepRefused) as refused:
        play.take("extend_lead_verification_15wd", HEAD, reason="情况特殊")

    assert refused.value.code == "not_open"


def test_days_of_testing_are_not_counted() -> None:
    play = investigating("2026-03-02")
    play.take("commission_test", INSPECTOR, **TEST)
    assert play.clock("decision_90d").status == "paused"
    assert play.clock("decision_90d").due_at is None

    play.until(moment("2026-03-12"))
    play.take("receive_test_result", INSPECTOR, line="testing/1", result="不合格")

    assert play.clock("decision_90d").status == "running"
    # eleven days, the 2nd to the 12th, of which the 2nd was not counted anyway
    assert str(play.clock("decision_90d").due_on) == "2026-06-10"


def test_two_tests_at_once_stop_the_clock_once() -> None:
    play = investigating("2026-03-02")
    play.take("commission_test", INSPECTOR, **TEST)
    play.take("commission_test", INSPECTOR, **TEST)
    play.until(moment("2026-03-12"))
    play.take("receive_test_result", INSPECTOR, line="testing/1", result="不合格")
    assert play.clock("decision_90d").status == "paused"

    play.take("receive_test_result", INSPECTOR, line="testing/2", result="不合格")

    assert str(play.clock("decision_90d").due_on) == "2026-06-10"


def test_preserved_evidence_lifts_by_itself_after_seven_working_days() -> None:
    play = investigating("2026-04-29")
    play.take("preserve_evidence", INSPECTOR, **PAPER)
    assert str(play.clock("disposal_7wd", "preservation/1").due_on) == "2026-05-12"

    play.until(moment("2026-05-13", "00:00"))

    assert play.line("preservation/1").stage == "lifted"
    assert play.log[-1] == "lift_by_law"
    assert "clock_breached" not in play.kinds()


def test_disposing_in_time_keeps_the_evidence() -> None:
    play = investigating("2026-04-29")
    play.take("preserve_evidence", INSPECTOR, **PAPER)

    play.take("dispose_preserved", HEAD, line="preservation/1", disposal="sent_for_testing")

    assert play.line("preservation/1").stage == "disposed"
    play.until(moment("2026-06-01"))
    assert "lift_by_law" not in play.log


def test_a_seizure_at_once_needs_its_paper_in_a_day() -> None:
    play = investigating("2026-04-10")
    play.take("seize_at_once", INSPECTOR, **PAPER)
    assert play.clock("approval_24h", "seizure/1").due_at == moment("2026-04-11", "09:00")

    play.until(moment("2026-04-11", "09:00"))

    assert play.kinds() == ["clock_breached", "escalation_raised"]
    assert play.state.escalations[0].role is Role.HEAD


def test_a_seizure_lasts_thirty_days_and_does_not_roll() -> None:
    play = investigating("2026-04-10")
    play.take("seize", INSPECTOR, **PAPER)
    assert str(play.clock("seizure_30d", "seizure/1").due_on) == "2026-05-10"

    play.take("extend_seizure_30d", HEAD, line="seizure/1", reason="案情复杂")

    assert str(play.clock("seizure_30d", "seizure/1").due_on) == "2026-06-09"


def test_silence_waives_the_statement_after_five_working_days() -> None:
    play = walk(case(), *until_step("serve_notice"))

    play.until(play.clock("statement_5wd").due_at or play.now)

    assert play.line().stage == "heard"
    assert play.log[-1] == "waive_statement"


def test_a_statement_entered_late_still_counts() -> None:
    play = walk(case(), *until_step("serve_notice"))
    in_time = play.now
    play.wait(days=10)

    play.take("hear_statement", INSPECTOR, **PAYLOADS["hear_statement"])

    assert play.line().stage == "heard"
    assert play.now > in_time


def test_a_suspended_case_does_not_run_out_of_time() -> None:
    play = investigating("2026-03-02")
    play.take("suspend", HEAD, ground="party_missing", reasons="当事人失联")
    play.until(moment("2026-03-31"))
    assert play.clock("decision_90d").status == "paused"

    play.take("resume", HEAD, reasons="当事人到案")

    assert str(play.clock("decision_90d").due_on) == "2026-06-29"


def test_a_suspended_case_is_looked_at_again() -> None:
    play = investigating("2026-03-02")
    play.take("suspend", HEAD, ground="party_missing", reasons="当事人失联")

    play.wait(days=32)

    assert "clock_breached" in play.kinds()


def test_a_case_handed_over_is_closed() -> None:
    play = investigating()
    play.take("hand_over", HEAD, to="市公安局", reason="涉嫌犯罪")

    play.take("close_case", HEAD, summary="移送公安机关")

    assert play.state.ended
    assert play.line().facts["to"] == "市公安局"


def test_declining_to_file_ends_the_procedure() -> None:
    play = walk(case(), "verify_lead", "decline_to_file")

    assert play.state.ended
    assert play.line().stage == "not_filed"


# ── refusals ─────────────────────────────────────────────────────────────────────────────────────


def test_a_step_out_of_order_says_what_is_open_instead() -> None:
    with pytest.raises(StepRefused) as refused:
        case().take("decide_penalty", HEAD, **PAYLOADS["decide_penalty"])

    assert refused.value.code == "not_open"
    assert "main: verify_lead (inspector)" in refused.value.fields["open"]


def test_a_step_of_another_role_is_refused() -> None:
    with pytest.raises(StepRefused) as refused:
        case().take("verify_lead", HEAD, **PAYLOADS["verify_lead"])

    assert refused.value.code == "wrong_role"
    assert refused.value.fields["role"] == "inspector"


def test_the_same_role_at_another_agency_is_refused() -> None:
    with pytest.raises(StepRefused, match="county"):
        case().take("verify_lead", person(Role.INSPECTOR, CITY), **PAYLOADS["verify_lead"])


def test_a_stale_version_is_refused() -> None:
    play = walk(case(), "verify_lead")

    with pytest.raises(StepRefused) as refused:
        play.take("file_case", HEAD, version=0, **PAYLOADS["file_case"])

    assert refused.value.code == "stale_version"
    assert refused.value.fields["version"] == 1


def test_a_step_taken_twice_is_refused_the_second_time() -> None:
    play = walk(case(), "verify_lead")

    with pytest.raises(StepRefused, match="核查案源"):
        walk(play, "verify_lead")


def test_a_missing_field_is_named() -> None:
    with pytest.raises(StepRefused) as refused:
        case().take("verify_lead", INSPECTOR, initial_evidence=True)

    assert (refused.value.code, refused.value.fields["field"]) == ("invalid", "findings")


@pytest.mark.parametrize(
    ("day", "code"), [("2026-03-09", "in_the_future"), ("2026-02-27", "before_what_it_follows")]
)
def test_a_fact_is_neither_in_the_future_nor_before_what_it_follows(day: str, code: str) -> None:
    payload = PAYLOADS["verify_lead"] | {"happened_at": moment(day).isoformat()}

    with pytest.raises(StepRefused) as refused:
        case().take("verify_lead", INSPECTOR, **payload)

    assert refused.value.code == code


def test_a_naive_time_is_refused() -> None:
    payload = PAYLOADS["verify_lead"] | {"happened_at": "2026-03-02T09:00:00"}

    with pytest.raises(StepRefused, match="happened_at"):
        case().take("verify_lead", INSPECTOR, **payload)


@pytest.mark.parametrize(
    "missing", ["initial_evidence", "penalty_due", "own_jurisdiction", "within_limitation"]
)
def test_filing_needs_all_four_conditions(missing: str) -> None:
    play = walk(case(), "verify_lead")

    with pytest.raises(StepRefused, match=r"PROC art\. 19"):
        walk(play, "file_case", file_case={missing: False})


def test_one_investigator_is_not_enough() -> None:
    play = walk(case(), "verify_lead", "file_case")

    with pytest.raises(StepRefused, match="不得少于两人"):
        play.take("name_investigators", UNIT_HEAD, investigators=["wang", "wang"])


def test_nobody_reviews_what_they_investigated() -> None:
    play = walk(case(), *until_step("conclude_investigation"))
    both = person(Role.LEGAL_REVIEWER, COUNTY, "wang")

    with pytest.raises(StepRefused, match=r"PROC art\. 52"):
        play.take("agree_in_review", both, opinion="同意")


def test_a_stranger_to_the_case_does_not_investigate_it() -> None:
    stranger = person(Role.INSPECTOR, COUNTY, "zhao")

    with pytest.raises(StepRefused, match="办案人员"):
        investigating().take("preserve_evidence", stranger, **PAPER)


@pytest.mark.parametrize(
    ("party", "fine", "refused"),
    [
        ("organisation", "99999.99", False),
        ("organisation", "100000", True),
        ("person", "9999.99", False),
        ("person", "10000", True),
    ],
)
def test_at_hearing_sums_the_right_to_a_hearing_is_told(
    party: str, fine: str, refused: bool
) -> None:
    play = walk(case(), *until_step("approve_proposal"))
    change = {"party": party, "proposed_fine_yuan": fine}

    if refused:
        with pytest.raises(StepRefused, match=r"HEAR art\. 5"):
            walk(play, "serve_notice", serve_notice=change)
    else:
        assert walk(play, "serve_notice", serve_notice=change).line().stage == "notified"


@pytest.mark.parametrize("more", [{"fine_yuan": "2000.01"}, {"confiscated_yuan": "0.01"}])
def test_a_penalty_is_never_above_what_was_notified(more: dict[str, str]) -> None:
    play = walk(case(), *until_step("hear_statement"))

    with pytest.raises(StepRefused, match=r"APL art\. 45"):
        walk(play, "decide_penalty", decide_penalty=more)


def test_a_case_under_legal_review_is_discussed_collectively() -> None:
    change = {"legal_review_required": True}
    play = walk(case(), *until_step("hear_statement"), conclude_investigation=change)
    with pytest.raises(StepRefused, match="集体讨论"):
        walk(play, "decide_penalty")

    play.take("discuss_collectively", HEAD, attended=["张", "刘"], conclusion="同意处罚")

    assert walk(play, "decide_penalty").line().stage == "decided"


def test_a_case_is_not_closed_while_goods_are_held() -> None:
    play = walk(case(), *until_step("name_investigators"))
    play.take("seize", INSPECTOR, **PAPER)
    walk(play, *MAIN_LINE[3:-1])

    with pytest.raises(StepRefused, match="强制措施"):
        walk(play, "close_case")


def test_a_case_is_not_closed_before_it_is_published() -> None:
    steps = [s for s in MAIN_LINE if s not in ("publish_decision", "close_case")]
    play = walk(case(), *steps)

    with pytest.raises(StepRefused, match="尚未公示"):
        walk(play, "close_case")


def test_an_investigation_does_not_end_while_a_test_is_out() -> None:
    play = investigating()
    play.take("commission_test", INSPECTOR, **TEST)

    with pytest.raises(StepRefused, match="检测"):
        walk(play, "conclude_investigation")
    assert "检测" in (play.open()["conclude_investigation"].closed_by or "")


def test_the_reviewer_may_send_it_back() -> None:
    play = walk(case(), *until_step("conclude_investigation"))

    play.take("return_for_investigation", REVIEWER, opinion="补充证据")

    assert play.line().stage == "investigating"
    assert play.clock("review_10wd").status == "met"
