"""Whom a missed clock calls is the jurisdiction's to say; where it is silent, the table's."""

from datetime import timedelta

from contracts.agencies import Directory, Role
from contracts.ladders import Ladder, LadderRung
from tests.support.directories import COUNTY, SINCE, directory
from tests.support.play import A_MONDAY, Play
from workflows.enforcement_case import ENFORCEMENT_CASE_V2


def with_ladders(*ladders: Ladder) -> Directory:
    return Directory.model_validate(dict(directory()) | {"ladders": ladders})


def ladder(*rungs: tuple[Role, int, int], clocks: tuple[str, ...] = ()) -> Ladder:
    made = tuple(LadderRung(role=role, up=up, within_h=hours) for role, up, hours in rungs)
    return Ladder(clocks=clocks, rungs=made, valid_from=SINCE, reason="for tests")


def calls(where: Directory) -> list[tuple[str, str]]:
    play = Play(ENFORCEMENT_CASE_V2, at=A_MONDAY, where=where)
    return [(call.agency, call.role) for call in play.clock("lead_verification_15wd").ladder]


def test_the_table_s_ladder_holds_where_the_place_has_none() -> None:
    assert calls(directory())[:2] == [(COUNTY, Role.HEAD), (COUNTY, Role.CHIEF)]


def test_the_place_s_general_ladder_takes_its_stead() -> None:
    where = with_ladders(ladder((Role.DUTY_OFFICER, 1, 6), (Role.HEAD, 2, 12)))

    assert calls(where) == [("city", Role.DUTY_OFFICER), ("province", Role.HEAD)]


def test_a_clock_s_own_ladder_goes_before_the_general_one() -> None:
    own = ladder((Role.CHIEF, 0, 2), clocks=("lead_verification_15wd",))

    assert calls(with_ladders(ladder((Role.HEAD, 2, 12)), own)) == [(COUNTY, Role.CHIEF)]


def test_a_rung_waits_as_long_as_the_place_says() -> None:
    play = Play(ENFORCEMENT_CASE_V2, at=A_MONDAY, where=with_ladders(ladder((Role.HEAD, 0, 3))))

    [call] = play.clock("lead_verification_15wd").ladder

    assert call.answer_by - call.call_at == timedelta(hours=3)


def test_what_the_law_does_by_itself_calls_nobody() -> None:
    where = with_ladders(ladder((Role.HEAD, 0, 3)))
    play = Play(ENFORCEMENT_CASE_V2, at=A_MONDAY, where=where)
    rule = ENFORCEMENT_CASE_V2.main.clock("statement_5wd")

    assert rule is not None
    assert rule.then == "waive_statement"
    assert all(c.ladder or c.name == "statement_5wd" for c in play.state.clocks)
