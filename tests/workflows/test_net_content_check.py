"""A net-content check, from the inspector's chair: what may follow what, and when it is due."""

from typing import Any

import pytest

from contracts.agencies import SYSTEM, Role
from contracts.procedure import ProcedureState
from tests.support.directories import COUNTY, person
from tests.support.play import Play, moment
from workflows.net_content_check import NET_CONTENT_CHECK
from workflows.procedure.refusal import StepRefused

WANG = person(Role.INSPECTOR, name="wang")
LI = person(Role.INSPECTOR, name="li")
HEAD = person(Role.HEAD)
OFFICERS: dict[str, Any] = {"officers": ["wang", "zhao"], "served_by": "direct"}
SAMPLED: dict[str, Any] = {
    "lot": "20260215",
    "lot_size": 30,
    "sample_size": 10,
    "place": "shop",
    "method": "simple",
    "laboratory": "LAB-1",
    "attended_by": "seller",
}
TOLD: dict[str, Any] = {"served_by": "direct", "objection_right_told": True}
FACTS: dict[str, Any] = {"drawn_by": COUNTY, "inspectors": ["wang", "zhao"]}


def finding(verdict: str, laboratory: str = "LAB-1") -> dict[str, Any]:
    return {"verdict": verdict, "finding_sha256": "a" * 64, "laboratory": laboratory}


def found(verdict: str = "fail") -> Play:
    play = Play(NET_CONTENT_CHECK, **FACTS)
    play.take("notify_check", WANG, **OFFICERS)
    play.take("record_sampling", WANG, **SAMPLED)
    play.take("note_finding", SYSTEM, **finding(verdict))
    return play


def told() -> Play:
    play = found()
    play.take("tell_shortfall", WANG, **TOLD)
    return play


def refused(play: Play, step: str, by: Any, **payload: Any) -> str:
    with pytest.raises(StepRefused) as says:
        play.take(step, by, **payload)
    return str(says.value)


def stage(state: ProcedureState) -> str:
    return state.lines[0].stage


def test_a_lot_that_passes_needs_no_objection_and_is_public_before_it_is_closed() -> None:
    play = found("pass")
    assert "tell_shortfall" in play.open()
    assert "结论为合格" in refused(play, "tell_shortfall", WANG, **TOLD)
    play.take("tell_pass", WANG, served_by="mail")
    assert "尚未公示" in refused(play, "close_check", HEAD, summary="合格")
    play.take("publish_result", WANG, address="官网")
    assert "已公示" in refused(play, "publish_result", WANG, address="官网")

    state = play.take("close_check", HEAD, summary="合格")

    assert state.ended
    assert {c.status for c in state.clocks} == {"met"}


def test_only_a_drawn_inspector_acts_and_two_attend() -> None:
    play = Play(NET_CONTENT_CHECK, **FACTS)

    assert "随机抽取" in refused(play, "notify_check", LI, **OFFICERS)
    alone = OFFICERS | {"officers": ["wang", "wang"]}
    assert "不得少于两人" in refused(play, "notify_check", WANG, **alone)
    play.take("notify_check", WANG, **OFFICERS)


def test_a_shortfall_is_told_with_the_right_to_object() -> None:
    assert "异议权利" in refused(found(), "tell_shortfall", WANG, served_by="mail")


def test_silence_for_fifteen_working_days_lets_the_finding_stand() -> None:
    play = told()
    due = play.clock("objection").due_on

    play.wait(days=22)

    assert due is not None
    assert stage(play.state) == "stands"
    assert play.log[-1] == "let_finding_stand"
    assert play.clock("publication_20wd").status == "running"
    assert play.clock("objection").breached_at is None


def test_a_retest_is_done_by_another_laboratory_and_is_final() -> None:
    play = told()
    play.take("take_objection", WANG, grounds="样品受潮", received_at=play.now.isoformat())
    assert "另一机构" in refused(play, "commission_retest", WANG, laboratory="LAB-1")
    play.take("commission_retest", WANG, laboratory="LAB-2")
    assert "委托的机构" in refused(play, "note_retest", SYSTEM, **finding("pass"))

    state = play.take("note_retest", SYSTEM, **finding("pass", "LAB-2"))

    assert stage(state) == "stands"
    assert "结论为合格" in refused(
        play, "order_rectification", HEAD, measures="改正", due_on="2026-05-01"
    )


def test_an_objection_without_grounds_leaves_the_finding_as_it_is() -> None:
    play = told()
    play.take("take_objection", WANG, grounds="不服", received_at=play.now.isoformat())

    state = play.take("refuse_objection", HEAD, reasons="未说明理由")

    assert stage(state) == "stands"
    assert state.lines[0].facts["verdict"] == "fail"


def test_a_lot_that_failed_is_not_closed_before_another_one_passed() -> None:
    play = told()
    play.take("accept_finding", WANG)
    play.take("publish_result", WANG, address="官网")
    assert "结论为不合格" in refused(play, "close_check", HEAD, summary="罚过了")
    play.take("order_rectification", HEAD, measures="调整", due_on="2026-04-01")
    play.take("report_rectification", WANG, done="已调整")
    play.take("sample_again", WANG, **SAMPLED)
    play.take("note_recheck", SYSTEM, **finding("fail"))
    play.take("order_rectification", HEAD, measures="再调整", due_on="2026-05-06")
    play.take("report_rectification", WANG, done="已调整")
    play.take("sample_again", WANG, **SAMPLED)
    play.take("note_recheck", SYSTEM, **finding("pass"))

    assert play.take("close_check", HEAD, summary="整改合格").ended


def test_a_day_of_rectification_that_passes_calls_the_superiors() -> None:
    play = told()
    play.take("accept_finding", WANG)
    play.take("order_rectification", HEAD, measures="调整", due_on="2026-03-20")

    play.until(moment("2026-03-23"))

    raised = [t for t in play.told if t.kind == "escalation_raised"]
    assert play.clock("rectification").breached_at == moment("2026-03-21", "00:00")
    assert [(t.clock, t.role) for t in raised][:1] == [("rectification", Role.HEAD)]


def test_results_are_public_within_twenty_working_days() -> None:
    play = found("pass")
    play.take("tell_pass", WANG, served_by="mail")

    play.until(moment("2026-03-31"))

    assert str(play.clock("publication_20wd").due_on) == "2026-03-30"
    assert play.clock("publication_20wd").breached_at is not None


def test_a_check_that_cannot_be_held_is_called_off() -> None:
    play = Play(NET_CONTENT_CHECK, **FACTS)

    state = play.take("call_off", HEAD, grounds="ceased_operation", reasons="已停产")

    assert state.ended
    assert stage(state) == "called_off"


def test_measurements_nobody_hands_in_call_the_superiors() -> None:
    play = Play(NET_CONTENT_CHECK, **FACTS)
    play.take("notify_check", WANG, **OFFICERS)
    play.take("record_sampling", WANG, **SAMPLED)

    play.wait(days=40)

    assert play.clock("measurement").breached_at is not None
    assert "escalation_raised" in play.kinds()
