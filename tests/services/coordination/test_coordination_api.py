"""Fast responses and escalations, as those who command them read them."""

from uuid import UUID

import pytest

from tests.services.coordination.record import hear
from tests.services.coordination.responses import Response, escalated, fought_through
from tests.support.directories import CITY, COUNTY, PROVINCE
from tests.support.owner.house import House
from tests.support.owner.record import Record

CASE = Response().state.case_id
RESPONSE = f"/responses/{CASE}"


async def test_a_response_is_shown_beside_what_its_level_allows(
    record: Record, house: House
) -> None:
    await record.take_all(fought_through().records)

    shown = await house.get("county.head", RESPONSE)

    assert (shown["stage"], shown["ended"], shown["level"]) == ("closed", True, "I")
    times = [
        (t["stage"], t["agency"], t["took_s"], t["allowed_s"], t["kept"]) for t in shown["times"]
    ]
    assert times == [
        ("contacted", COUNTY, 8 * 60, 15 * 60, True),
        ("on_site", COUNTY, 32 * 60, 60 * 60, True),
        ("secured", COUNTY, 64 * 60, None, None),
        ("handed_over", COUNTY, 80 * 60, None, None),
        ("stood_down", COUNTY, 96 * 60, None, None),
        ("first_report", COUNTY, 16 * 60, 30 * 60, True),
        ("written_report", COUNTY, 24 * 60, 60 * 60, True),
        ("first_report", CITY, 40 * 60, 30 * 60, False),
        ("written_report", CITY, 40 * 60, 60 * 60, True),
    ]
    assert shown["mobilised_at"] == "2026-03-02T09:00:00+08:00"
    assert [item["name"] for item in shown["secured"]] == ["作弊电子秤", "主板"]


async def test_a_running_response_shows_what_is_open_and_what_is_late(
    record: Record, house: House
) -> None:
    await record.take_all(escalated().records)
    await hear(record, *await record.envelopes())

    shown = await house.get("county.head", RESPONSE)

    assert "arrive_on_site" in {step["step"] for step in shown["open_steps"]}
    breached = {c["name"] for c in shown["clocks"] if c["breached_at"]}
    assert {e["clock"] for e in shown["escalations"]} == breached
    assert {t["stage"] for t in shown["times"] if t["took_s"] is None} >= {"contacted", "on_site"}


@pytest.mark.parametrize("who", ["county.head", "city.inspector", "nation.duty_officer"])
async def test_a_superior_sees_what_happens_below_it(
    record: Record, house: House, who: str
) -> None:
    await record.take_all(fought_through().records)

    listed = await house.get(who, "/responses")

    assert [r["case_id"] for r in listed["responses"]] == [str(CASE)]
    assert await house.status(who, RESPONSE) == 200


@pytest.mark.parametrize(
    ("who", "may"), [("county.head", False), ("city.stranger", False), ("county.evaluator", True)]
)
async def test_an_agency_sees_nothing_of_its_superiors_but_an_evaluator_sees_all(
    record: Record, house: House, who: str, *, may: bool
) -> None:
    await record.take_all(Response(agency=PROVINCE, reports_by=[PROVINCE]).records)

    listed = await house.get(who, "/responses")

    assert bool(listed["responses"]) is may
    assert await house.status(who, RESPONSE) == (200 if may else 404)


async def test_without_a_token_nothing_is_shown(record: Record, house: House) -> None:
    await record.take_all(fought_through().records)

    async with house.anyone() as client:
        for path in ("/responses", RESPONSE, "/escalations", f"{RESPONSE}/timeline"):
            assert (await client.get(path)).status_code == 401


async def test_a_token_that_names_no_agency_is_refused(house: House) -> None:
    assert await house.status("no one@nowhere", "/responses") == 401


async def test_the_timeline_tells_every_step_in_order(record: Record, house: House) -> None:
    play = fought_through()
    await record.take_all(play.records)

    told = await house.get("city.head", f"{RESPONSE}/timeline")

    assert [step["step"] for step in told] == play.log
    assert [step["seq"] for step in told] == list(range(1, len(play.log) + 1))


async def test_lists_are_filtered_and_read_page_by_page(record: Record, house: House) -> None:
    for number in range(5):
        level = "II" if number % 2 else "I"
        await record.take(Response(level, case_id=UUID(int=100 + number)).last)

    whole = await house.get("county.head", "/responses")
    pages = []
    page = {"next": "2027-01-01T00:00:00Z|00000000-0000-0000-0000-000000000000"}
    while page["next"]:
        page = await house.get("county.head", "/responses", limit=2, after=page["next"])
        pages.append([r["case_id"] for r in page["responses"]])
    graver = await house.get("county.head", "/responses", level="II")

    assert [len(page) for page in pages] == [2, 2, 1]
    assert [case for page in pages for case in page] == [r["case_id"] for r in whole["responses"]]
    assert {r["level"] for r in graver["responses"]} == {"II"}
    assert (await house.get("county.head", "/responses", open=False))["responses"] == []


@pytest.mark.parametrize(
    "path",
    [
        "/responses?after=yesterday",
        "/responses?after=2026-03-02T09:00:00Z",
        "/responses?after=2026-03-02T09:00:00Z|7",
        "/escalations?after=|fast_response",
        "/escalations?limit=201",
        "/escalations?show=mine",
    ],
)
async def test_a_page_nobody_offered_is_refused(house: House, path: str) -> None:
    assert await house.status("county.head", path) == 422


async def test_who_is_called_finds_it_on_their_list(record: Record, house: House) -> None:
    play = Response()
    play.wait(minutes=20)
    await record.take_all(play.records)
    await hear(record, *await record.envelopes())

    of_head = await house.get("county.head", "/escalations", mine=True)
    of_chief = await house.get("county.chief", "/escalations", mine=True)
    below = await house.get("province.chief", "/escalations")

    [called] = of_head["escalations"]
    assert (called["key"], called["clock"], called["yours"]) == (
        "escalation/1",
        "first_contact",
        True,
    )
    assert called["steps_at"] == f"{RESPONSE}/steps"
    assert called["answer_by"] == "2026-03-02T10:15:00+08:00"
    assert of_chief["escalations"] == []
    assert [(e["key"], e["yours"]) for e in below["escalations"]] == [("escalation/1", False)]


async def test_the_list_ends_where_the_line_of_command_does(record: Record, house: House) -> None:
    below = Response()
    above = Response(agency=PROVINCE, reports_by=[], case_id=UUID(int=8))
    for play in (below, above):
        play.wait(minutes=20)
    await record.take_all(below.records)
    await record.take_all(above.records)
    await hear(record, *await record.envelopes())
    of_province = f"/escalations/fast_response/{UUID(int=8)}/escalation/1"

    of_county = await house.get("county.head", "/escalations")
    of_both = await house.get("province.head", "/escalations")

    assert {e["case_id"] for e in of_county["escalations"]} == {str(CASE)}
    assert {e["case_id"] for e in of_both["escalations"]} == {str(CASE), str(UUID(int=8))}
    assert await house.status("county.head", of_province) == 404
    assert await house.status("province.inspector", of_province) == 200
    mine = await house.get("province.head", "/escalations", mine=True)
    assert {e["agency"] for e in mine["escalations"]} == {PROVINCE}


async def test_an_ended_escalation_leaves_the_list_and_keeps_its_story(
    record: Record, house: House
) -> None:
    await record.take_all(escalated().records)
    await hear(record, *await record.envelopes("/services/enforcement"))

    open_ = await house.get("county.head", "/escalations", case_id=str(CASE))
    every = await house.get("county.head", "/escalations", show="all")
    story = await house.get(
        "province.duty_officer", f"/escalations/fast_response/{CASE}/escalation/1"
    )

    assert "first_contact" not in {e["clock"] for e in open_["escalations"]}
    assert "first_contact" in {e["clock"] for e in every["escalations"]}
    assert story["escalation"]["outcome"] == "taken_over"
    assert story["escalation"]["yours"] is False
    assert story["escalation"]["steps_at"] == f"{RESPONSE}/steps"
    assert [e["what"] for e in story["entries"]][-2:] == ["take_over", "ended"]
    [missed] = story["missed"]
    assert missed["due_at"] == "2026-03-02T09:15:00+08:00"


async def test_those_once_called_go_on_seeing_what_became_of_it(
    record: Record, house: House
) -> None:
    await record.take_all(escalated().records)
    await hear(record, *await record.envelopes())
    path = f"/escalations/fast_response/{CASE}/escalation/1"

    assert await house.status("county.inspector", path) == 200
    assert await house.status("city.inspector", path) == 200
    assert await house.status("county.stranger", path) == 404
