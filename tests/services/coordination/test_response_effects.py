"""What each step of a fast response leaves on record."""

from datetime import timedelta

import pytest

from contracts.agencies import SYSTEM, Role
from contracts.coordination import ResponseStoodDown
from services.kit.errors import Invalid
from tests.services.coordination.house import OWNER
from tests.services.coordination.responses import (
    INSPECTOR,
    SECURED,
    Response,
    escalated,
    fought_through,
)
from tests.support.directories import CITY, COUNTY, NATION, PROVINCE, person
from tests.support.owner.record import Record
from tests.support.play import A_MONDAY
from workflows.fast_response import FAST_RESPONSE


def test_every_step_has_an_effect() -> None:
    tables = (FAST_RESPONSE.main, *FAST_RESPONSE.parts)
    steps = {("fast_response", step.name) for table in tables for step in table.steps}

    assert steps <= OWNER.effects.steps


async def test_a_response_measures_itself(record: Record) -> None:
    await record.take_all(fought_through().records)

    [kept] = await record.rows("response")
    passed = [
        (kept[stage] - A_MONDAY) // timedelta(minutes=1)
        for stage in (
            "contacted_at",
            "on_site_at",
            "secured_at",
            "handed_over_at",
            "stood_down_at",
            "closed_at",
        )
    ]
    assert passed == [8, 32, 64, 80, 96, 104]
    assert (kept["agency"], kept["level"], kept["drill"]) == (COUNTY, "I", False)
    assert kept["officers"] == ["wang", "li"]


async def test_everyone_hears_how_far_it_is_and_no_free_text(record: Record) -> None:
    await record.take_all(fought_through().records)

    told = [kind for kind in await record.told() if kind.startswith("coordination.")]
    assert told == [
        "coordination.response_mobilised.v1",
        "coordination.reported_up.v1",
        "coordination.reported_up.v1",
        "coordination.team_on_site.v1",
        "coordination.reported_up.v1",
        "coordination.site_secured.v1",
        "coordination.reported_up.v1",
        "coordination.response_stood_down.v1",
    ]
    stated = b"".join(e.data for e in await record.envelopes() if ".coordination." in e.type)
    assert ResponseStoodDown.type in {e.type for e in await record.envelopes()}
    assert "现场" not in stated.decode()


async def test_reports_climb_rung_by_rung_and_are_signed_for(record: Record) -> None:
    await record.take_all(fought_through().records)

    reports = await record.rows("report_up")
    assert [(r["kind"], r["agency"], r["to_agency"], r["received_by"]) for r in reports] == [
        ("first", COUNTY, CITY, None),
        ("written", COUNTY, CITY, "city.duty_officer"),
        ("written", CITY, PROVINCE, "province.duty_officer"),
        ("follow_up", COUNTY, CITY, None),
    ]
    assert reports[1]["instructions"] == "每两小时续报"


async def test_the_top_of_the_line_of_command_reports_to_nobody(record: Record) -> None:
    play = Response(agency=NATION)
    play.take("arrive_on_site", person(Role.INSPECTOR, NATION), officers=["wang", "li"])
    play.take("follow_up", person(Role.DUTY_OFFICER, NATION), content="平稳")

    await record.take_all(play.records)

    [report] = await record.rows("report_up")
    assert (report["agency"], report["to_agency"]) == (NATION, None)
    assert "coordination.reported_up.v1" not in await record.told()


async def test_what_was_secured_is_listed_with_its_keeper(record: Record) -> None:
    await record.take_all(fought_through().records)

    items = await record.rows("secured_item")
    assert [(i["number"], i["name"], i["custodian"]) for i in items] == [
        (1, "作弊电子秤", "wang"),
        (2, "主板", "wang"),
    ]
    assert len(items) == len(SECURED["evidence"])


async def test_a_case_handed_over_twice_was_handed_over_the_first_time(record: Record) -> None:
    play = Response()
    play.take("note_hand_over", SYSTEM, to="市公安局")
    play.wait(minutes=10)
    play.take("note_hand_over", SYSTEM, to="省公安厅")

    await record.take_all(play.records)

    [kept] = await record.rows("response")
    assert (kept["handed_over_at"], kept["handed_over_to"]) == (A_MONDAY, "市公安局")


async def test_a_raised_level_is_the_one_it_is_measured_by(record: Record) -> None:
    play = Response("II")
    play.take("raise_level", SYSTEM, level="I")

    await record.take_all(play.records)

    [kept] = await record.rows("response")
    assert kept["level"] == "I"


async def test_a_drill_is_marked_as_one(record: Record) -> None:
    [opened] = Response().records
    shifted = opened.state.model_copy(update={"shift_s": 3600})

    await record.take(opened.model_copy(update={"state": shifted}))

    [kept] = await record.rows("response")
    assert kept["drill"] is True


async def test_one_officer_named_twice_is_no_team(record: Record) -> None:
    play = Response()
    play.take("arrive_on_site", INSPECTOR, officers=["wang", "wang "])
    await record.take(play.records[0])

    with pytest.raises(Invalid) as refused:
        await record.take(play.last)

    assert refused.value.fields == {"field": "officers", "rule": "two_officers"}
    [kept] = await record.rows("response")
    assert kept["on_site_at"] is None


async def test_who_leads_follows_the_ladder(record: Record) -> None:
    leaders: list[str] = []

    for asked in escalated().records:
        await record.take(asked)
        [kept] = await record.rows("response")
        if kept["agency"] not in leaders[-1:]:
            leaders.append(kept["agency"])

    assert leaders == [COUNTY, CITY, PROVINCE]
