"""An agency is abolished while it has something open: its lines go to its successor."""

from datetime import date
from typing import Any

from contracts.agencies import SYSTEM, Directory, Role
from tests.support.directories import CITY, CITY_POLICE, COUNTY, POLICE, directory, person
from tests.support.play import A_MONDAY, Play, moment
from workflows.joint_enforcement import JOINT_ENFORCEMENT
from workflows.procedure.reckon import Reckoner

FACTS: dict[str, Any] = {
    "invited": [POLICE, CITY],
    "reply_by": "2026-03-04",
    "due_on": "2026-03-20",
}
OFFICE: dict[str, Any] = {"office": "治安大队"}


def without(code: str, successor: str | None, since: date) -> Directory:
    """The directory once an agency is abolished."""
    whole = directory()
    gone = whole.agency(code, date(2026, 1, 1))
    assert gone is not None
    abolished = gone.model_copy(update={"valid_to": since, "successor": successor})
    agencies = tuple(abolished if a.code == code else a for a in whole.agencies)
    return Directory.model_validate(dict(whole) | {"agencies": agencies})


def abolish(play: Play, code: str, successor: str | None) -> None:
    """The decree is loaded, and all is reckoned again."""
    where = without(code, successor, play.now.date())
    play.reckoner = Reckoner(play.reckoner.calendar, where)
    play.take("reckon_again", SYSTEM)


def operation() -> Play:
    return Play(JOINT_ENFORCEMENT, at=A_MONDAY, agency=COUNTY, **FACTS)


def test_its_open_lines_go_to_the_successor_and_its_clocks_run_on() -> None:
    play = operation()
    due = play.clock("reply", "task/1").due_at

    abolish(play, POLICE, CITY_POLICE)

    assert play.line("task/1").agencies == (CITY_POLICE,)
    assert play.clock("reply", "task/1").due_at == due
    assert play.clock("reply", "task/1").ladder[0].agency == CITY_POLICE
    play.take("accept", person(Role.LIAISON, CITY_POLICE), line="task/1", **OFFICE)


def test_the_lead_goes_with_it() -> None:
    play = operation()

    abolish(play, COUNTY, CITY)

    assert play.line().agencies == (CITY,)
    assert play.state.chains[CITY]


def test_what_it_had_ended_stays_its_own() -> None:
    play = operation()
    play.take("refuse", person(Role.LIAISON, POLICE), line="task/1", reason="无管辖权")

    abolish(play, POLICE, CITY_POLICE)

    assert play.line("task/1").agencies == (POLICE,)


def test_a_call_it_has_not_answered_goes_to_the_successor() -> None:
    play = operation()
    play.until(moment("2026-03-05", "01:00"))
    [escalation] = [e for e in play.state.escalations if e.line == "task/1"]
    assert escalation.agency == POLICE
    told = len(play.told)

    abolish(play, POLICE, CITY_POLICE)

    [after] = [e for e in play.state.escalations if e.line == "task/1"]
    assert (after.agency, after.answer_by) == (CITY_POLICE, escalation.answer_by)
    assert [t.kind for t in play.told[told:]] == ["escalation_raised"]
    head = person(Role.HEAD, CITY_POLICE)
    play.take("acknowledge", head, line=after.key, measures="立即派员")


def test_without_a_successor_everything_stays_and_the_superiors_are_called() -> None:
    play = operation()

    abolish(play, POLICE, None)

    assert play.line("task/1").agencies == (POLICE,)


def test_nothing_moves_while_every_agency_stands() -> None:
    play = operation()
    before = play.state

    play.take("reckon_again", SYSTEM)

    assert play.state.lines == before.lines
