"""A request for assistance, from the chairs of the requester and of the requested."""

from typing import Any

import pytest

from contracts.agencies import Role
from tests.support.directories import CITY, COUNTY, NEIGHBOUR, POLICE, PROVINCE, person
from tests.support.play import Play, moment
from workflows.assistance import ASSISTANCE
from workflows.enforcement_case import ENFORCEMENT_CASE_V2
from workflows.procedure.refusal import StepRefused

ASKING, ASKED = person(Role.LIAISON), person(Role.LIAISON, NEIGHBOUR)
LINE = "request/1"
OFFICE: dict[str, Any] = {"office": "执法二科"}
ANSWER: dict[str, Any] = {
    "result": "经查,该秤由本县商户售出",
    "document_no": "协查复函1号",
    "evidence": [{"name": "进货单", "kind": "document", "custodian": "执法二科"}],
}
DELAY: dict[str, Any] = {"reason": "须调取银行流水", "answer_by": "2026-04-10"}
WHY: dict[str, Any] = {"reason": "不属于本机关职权"}


def letter(*requested: str, **facts: Any) -> Play:
    begun: dict[str, Any] = {
        "letter_no": "协助调查函1号",
        "matter": "查明销售者",
        "requested": list(requested) or [NEIGHBOUR],
        "needed_by": "2026-04-30",
    } | facts
    return Play(ASSISTANCE, at=moment("2026-03-02"), **begun)


def received() -> Play:
    play = letter()
    play.until(moment("2026-03-03"))
    play.take("receive", ASKED, line=LINE, **OFFICE)
    return play


def refusal(play: Play, *asked: Any, **payload: Any) -> StepRefused:
    with pytest.raises(StepRefused) as refused:
        play.take(*asked, **payload)
    return refused.value


def test_fifteen_working_days_run_from_the_receipt_of_the_letter() -> None:
    play = received()

    assert play.clock("receipt", LINE).status == "met"
    assert play.clock("answer_15wd", LINE).due_at == moment("2026-03-25", "00:00")


def test_a_letter_is_answered_and_the_request_closed() -> None:
    play = received()
    assert refusal(play, "close", ASKING, summary="完").code == "guard"

    play.take("answer", ASKED, line=LINE, **ANSWER)
    play.take("close", ASKING, summary="已查明")

    assert play.line(LINE).stage == "answered"
    assert play.line().stage == "closed"
    assert {c.status for c in play.state.clocks} == {"met"}


def test_each_requested_agency_answers_for_itself() -> None:
    play = letter(NEIGHBOUR, POLICE)

    for by in (ASKING, ASKED, person(Role.HEAD, POLICE)):
        assert refusal(play, "receive", by, line="request/2", **OFFICE).code == "wrong_role"
    play.take("receive", person(Role.LIAISON, POLICE), line="request/2", **OFFICE)

    assert play.line("request/1").stage == "sent"


def test_a_letter_is_not_answered_before_it_is_received() -> None:
    assert refusal(letter(), "answer", ASKED, line=LINE, **ANSWER).code == "not_open"


def test_a_delay_told_in_time_gives_until_the_day_told() -> None:
    play = received()
    play.until(moment("2026-03-24"))

    play.take("tell_delay", ASKED, line=LINE, **DELAY)

    assert play.clock("answer_15wd", LINE).breached_at is None
    assert play.clock("delayed_answer", LINE).due_at == moment("2026-04-11", "00:00")
    play.take("tell_delay", ASKED, line=LINE, **DELAY | {"answer_by": "2026-04-20"})
    assert play.clock("delayed_answer", LINE).due_at == moment("2026-04-21", "00:00")
    play.until(moment("2026-04-20"))
    assert "clock_breached" not in play.kinds()


def test_a_delay_told_after_expiry_is_none() -> None:
    play = received()

    play.until(moment("2026-03-25", "00:00"))

    assert "第四十五条" in refusal(play, "tell_delay", ASKED, line=LINE, **DELAY).fields["basis"]
    assert "届满前" in str(play.open()[f"{LINE}:tell_delay"].closed_by)


def test_silence_escalates_at_the_requested_agency() -> None:
    play = received()

    play.until(moment("2026-03-27", "08:00"))

    calls = [(t.agency, t.role) for t in play.told if t.kind == "escalation_raised"]
    assert calls == [
        (NEIGHBOUR, Role.HEAD),
        (NEIGHBOUR, Role.CHIEF),
        (CITY, Role.DUTY_OFFICER),
    ]


def test_a_letter_nobody_signs_for_escalates() -> None:
    play = letter()

    play.wait(days=4)

    assert play.clock("receipt", LINE).status == "breached"


def test_a_letter_goes_on_to_who_can_do_it_and_counts_anew_from_there() -> None:
    play = received()

    play.take("forward", ASKED, line=LINE, to_agency=CITY, **WHY)

    assert play.line(LINE).stage == "forwarded"
    assert (play.line("request/2").agencies, play.line("request/2").stage) == ((CITY,), "sent")


@pytest.mark.parametrize("to", [NEIGHBOUR, COUNTY])
def test_a_letter_goes_on_neither_to_oneself_nor_back(to: str) -> None:
    play = received()

    assert refusal(play, "forward", ASKED, line=LINE, to_agency=to, **WHY).code == "guard"


def test_what_is_not_within_its_powers_an_agency_returns() -> None:
    play = letter()

    play.take("return_request", ASKED, line=LINE, **WHY)
    play.take("close", ASKING, summary="另行查明")

    assert play.line(LINE).stage == "returned"


def test_the_requester_asks_others_and_takes_a_request_back() -> None:
    play = letter()
    more: dict[str, Any] = {"letter_no": "协助调查函2号", "matter": "查明销售者"}

    assert refusal(play, "ask_another", ASKING, agencies=[COUNTY], **more).code == "guard"
    play.take("ask_another", ASKING, agencies=[CITY, PROVINCE], **more)
    assert refusal(play, "withdraw_request", ASKED, line=LINE, **WHY).code == "wrong_role"
    play.take("withdraw_request", ASKING, line=LINE, **WHY)

    assert [x.stage for x in play.state.lines[1:]] == ["withdrawn", "sent", "sent"]


def test_the_requester_is_called_when_it_still_waits_on_its_own_day() -> None:
    play = letter(needed_by="2026-03-10")
    play.take("move_needed_by", ASKING, needed_by="2026-03-12", reason="延后讨论")

    play.until(moment("2026-03-13"))

    assert play.clock("needed_by").breached_at == moment("2026-03-13", "00:00")


def test_a_request_withdrawn_ends_with_all_its_letters() -> None:
    play = letter(NEIGHBOUR, CITY)

    play.take("withdraw", ASKING, **WHY)

    assert play.state.ended
    assert not play.open()


def test_assistance_stops_no_clock_of_the_requester() -> None:
    tables = (ASSISTANCE.main, *ASSISTANCE.parts)
    assert not [s for table in tables for s in table.steps if s.pauses]
    play = received()
    play.take("tell_delay", ASKED, line=LINE, **DELAY)
    assert play.state.windows == ()

    stops = {
        kind
        for table in (ENFORCEMENT_CASE_V2.main, *ENFORCEMENT_CASE_V2.parts)
        for clock in table.clocks
        for kind in clock.stops_for
    }
    assert stops.isdisjoint({"assistance", "request", "协查"})
