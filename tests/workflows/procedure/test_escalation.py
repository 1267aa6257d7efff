"""What is missed climbs the ladder until someone acts; nothing is silently dropped."""

from datetime import timedelta
from typing import Any

import pytest

from contracts.agencies import Role
from tests.support.directories import CITY, COUNTY, PROVINCE, person
from tests.support.enforcement_steps import BY, HEAD, INSPECTOR, PAYLOADS
from tests.support.play import Play, moment
from workflows.enforcement_case import ENFORCEMENT_CASE_V2
from workflows.procedure.refusal import StepRefused

CHIEF = person(Role.CHIEF)
MISSED = moment("2026-03-24", "00:00")
"""15 working days from Monday 2 March 2026 end with the 23rd."""
ANSWER: dict[str, Any] = {"measures": "今日内办结"}


def missed() -> Play:
    play = Play(ENFORCEMENT_CASE_V2, at=moment("2026-03-02"))
    play.until(MISSED)
    return play


def test_a_clock_warns_before_it_is_missed() -> None:
    play = Play(ENFORCEMENT_CASE_V2, at=moment("2026-03-02"))

    play.until(MISSED - timedelta(seconds=1))

    assert play.log == ["open", "warn"]
    assert play.told == []


def test_a_missed_clock_calls_the_first_rung() -> None:
    play = missed()

    assert play.kinds() == ["clock_breached", "escalation_raised"]
    [escalation] = play.state.escalations
    assert (escalation.agency, escalation.role, escalation.rung) == (COUNTY, Role.HEAD, 0)
    assert escalation.answer_by == MISSED + timedelta(hours=24)


def test_a_silent_rung_calls_the_next_up_to_the_province() -> None:
    play = missed()

    play.wait(days=10)

    rungs = [t for t in play.told if t.kind == "escalation_raised"]
    assert [(t.agency, t.role) for t in rungs] == [
        (COUNTY, Role.HEAD),
        (COUNTY, Role.CHIEF),
        (CITY, Role.DUTY_OFFICER),
        (PROVINCE, Role.HEAD),
    ]
    assert play.state.escalations[0].ended is None, "a silent top keeps it open"


def test_a_late_step_ends_the_escalation_and_leaves_the_miss_on_record() -> None:
    play = missed()
    play.take("verify_lead", INSPECTOR, **PAYLOADS["verify_lead"])

    play.take("file_case", HEAD, **PAYLOADS["file_case"])

    clock = play.clock("lead_verification_15wd")
    assert (clock.status, clock.breached_at) == ("met", MISSED)
    assert play.state.escalations[0].ended == "met"
    assert play.kinds()[-1] == "escalation_ended"


def test_acknowledging_gives_as_long_again() -> None:
    play = missed()
    play.wait(hours=20)

    play.take("acknowledge", HEAD, line="escalation/1", **ANSWER)
    play.wait(hours=23)

    assert play.state.escalations[0].rung == 0
    play.wait(hours=1)
    assert play.state.escalations[0].rung == 1


def test_taking_over_moves_the_line_to_the_rung_s_agency() -> None:
    play = missed()
    play.wait(hours=48)
    duty = person(Role.DUTY_OFFICER, CITY)

    play.take("take_over", duty, line="escalation/1", **ANSWER)

    assert play.line().agencies == (CITY,)
    assert play.state.escalations[0].ended == "taken_over"
    play.take("verify_lead", person(Role.INSPECTOR, CITY), **PAYLOADS["verify_lead"])


def test_reassigning_gives_the_line_to_another_agency() -> None:
    play = missed()

    play.take("reassign", HEAD, line="escalation/1", to_agency=CITY, **ANSWER)

    assert play.line().agencies == (CITY,)
    assert play.state.escalations[0].ended is None


def test_the_last_rung_s_answer_ends_it() -> None:
    play = missed()
    play.wait(days=4)

    play.take("acknowledge", person(Role.HEAD, PROVINCE), line="escalation/1", **ANSWER)

    assert play.state.escalations[0].ended == "acted"


def test_a_rung_not_called_may_not_answer() -> None:
    with pytest.raises(StepRefused) as refused:
        missed().take("acknowledge", CHIEF, line="escalation/1", **ANSWER)

    assert refused.value.code == "wrong_role"


def test_an_answer_names_its_measures() -> None:
    with pytest.raises(StepRefused) as refused:
        missed().take("acknowledge", HEAD, line="escalation/1")

    assert refused.value.fields["field"] == "measures"


def test_two_answers_to_one_call_are_one() -> None:
    play = missed()
    play.take("acknowledge", HEAD, line="escalation/1", version=0, **ANSWER)

    with pytest.raises(StepRefused, match="第1版"):
        play.take("acknowledge", HEAD, line="escalation/1", version=0, **ANSWER)


def test_nobody_but_the_system_declares_a_breach() -> None:
    play = Play(ENFORCEMENT_CASE_V2)

    with pytest.raises(StepRefused) as refused:
        play.take("breach", HEAD, clock="lead_verification_15wd")

    assert refused.value.code == "wrong_role"


def test_a_test_entered_late_corrects_the_breach() -> None:
    play = Play(ENFORCEMENT_CASE_V2, at=moment("2026-03-02"))
    play.until(MISSED)

    play.take(
        "commission_test",
        INSPECTOR,
        kind="testing",
        laboratory="市计量院",
        items=["秤"],
        told_party_document="1号",
        happened_at=moment("2026-03-10").isoformat(),
    )

    clock = play.clock("lead_verification_15wd")
    assert (clock.status, clock.breached_at) == ("paused", MISSED)
    assert play.state.escalations[0].ended == "corrected"
    play.take("receive_test_result", INSPECTOR, line="testing/1", result="合格")
    assert str(play.clock("lead_verification_15wd").due_on) == "2026-04-08"


def test_a_step_that_happened_in_time_but_was_entered_late_meets_its_clock() -> None:
    play = Play(ENFORCEMENT_CASE_V2, at=moment("2026-03-02"))
    play.take("verify_lead", BY["verify_lead"], **PAYLOADS["verify_lead"])
    play.until(MISSED + timedelta(days=3))

    on_time = {"happened_at": moment("2026-03-20").isoformat()}
    play.take("file_case", HEAD, **(PAYLOADS["file_case"] | on_time))

    clock = play.clock("lead_verification_15wd")
    assert clock.met_at == moment("2026-03-20")
    assert clock.breached_at == MISSED
    assert str(play.clock("decision_90d").due_on) == "2026-06-18"
