"""How fast an operation went: told by its log alone, beside the times of its level."""

from datetime import timedelta
from uuid import UUID

from contracts.levels import Times
from services.coordination.rules.operations import Logged, Reached, joint_team_complete, measured
from tests.services.coordination.operations import Operation, cancelled, three_agencies
from tests.services.coordination.responses import fought_through
from tests.support.owner.house import House
from tests.support.owner.record import Record
from tests.support.recorded import Recorded

TIMES = Times(
    first_contact_min=10,
    on_site_min=60,
    first_report_min=30,
    written_report_min=60,
    follow_up_h=4,
    after_action_h=72,
    joint_team_min=45,
    hand_over_h=1,
)


def log(*plays: Recorded) -> list[Logged]:
    return [
        Logged(r.procedure, r.step, r.happened_at, r.payload)
        for play in plays
        for r in play.records
    ]


def minutes(reached: tuple[Reached, ...]) -> dict[str, int | None]:
    minute = timedelta(minutes=1)
    return {r.milestone: None if r.took is None else r.took // minute for r in reached}


def test_every_milestone_is_measured_from_the_report() -> None:
    found = measured(log(fought_through("I"), three_agencies()), TIMES)

    assert minutes(found) == {
        "reported": 0,
        "contacted": 8,
        "on_site": 32,
        "secured": 64,
        "joint_team_complete": 50,
        "handed_over": 75,
    }
    assert {r.milestone: r.kept for r in found} == {
        "reported": None,
        "contacted": True,
        "on_site": True,
        "secured": None,
        "joint_team_complete": False,
        "handed_over": False,
    }


def test_the_team_is_complete_when_the_last_open_invitation_is_answered() -> None:
    play = three_agencies()
    answered = [r for r in play.records if r.step in ("accept", "split", "refuse", "forward")]

    assert joint_team_complete(log(play)) == answered[-1].happened_at


def test_a_team_nobody_joined_is_never_complete() -> None:
    assert joint_team_complete(log(Operation())) is None


def test_an_operation_without_a_response_knows_only_its_own_milestones() -> None:
    found = minutes(measured(log(cancelled()), None))

    assert found["contacted"] is found["joint_team_complete"] is None


async def test_it_is_shown_to_who_takes_part_each_with_its_own_tasks(
    record: Record, house: House
) -> None:
    play = three_agencies()
    await record.take_all(play.records)
    path = f"/operations/{UUID(int=7)}"

    lead = await house.get("county.head", path)
    police = await house.get("procuratorate.liaison", path)

    assert [task["key"] for task in lead["tasks"]] == [f"task/{n}" for n in range(1, 7)]
    assert [task["key"] for task in police["tasks"]] == ["task/2"]
    assert lead["milestones"] == police["milestones"]
    assert await house.status("nation.nobody", path) == 404
