"""Who is shown what of a campaign and its checks, by every route there is."""

from typing import Any

import httpx
import pytest

from contracts.agencies import Role
from services.kit.issuer import dev_token
from tests.services.net_content.house import House, Walk
from tests.support.directories import CITY, COUNTY, NEIGHBOUR
from tests.support.net_content import CODES, laboratory_entry, measurements
from tests.support.rights import HIDDEN, Door, across, routes

VIEWERS = {
    "own": f"{COUNTY}.head",
    "above": f"{CITY}.inspector",
    "uninvolved": f"{NEIGHBOUR}.head",
    "evaluator": f"{NEIGHBOUR}.evaluator",
    "without a role": f"{COUNTY}.nobody",
}
SEES = ("own", "above", "evaluator")
CAMPAIGN, LOT, NET = "标记甲抽查", "标记乙批", "485.9"
MARKS = (CAMPAIGN, LOT, NET)


def _sees(*marks: str) -> dict[str, frozenset[str]]:
    return {who: frozenset(marks) for who in SEES}


@pytest.fixture
async def walk(house: House) -> Walk:
    await house.furnish()
    [found] = await house.checks(1, name=CAMPAIGN)
    await found.sample(lot=LOT)
    await found.found()
    return found


async def doors(house: House, walk: Walk) -> tuple[Door, ...]:
    """Papers and pictures: whether they are shown at all; a paper bears its name in the open."""
    [campaign] = await house.rows("campaign")
    check, of = f"/checks/{walk.id}", f"/campaigns/{campaign['id']}"
    request = walk.play.records[1].request_id
    registered = dict.fromkeys((*SEES, "uninvolved"), frozenset[str]())
    lot = Door("GET /checks", "/checks", _sees(), {"campaign": str(campaign["id"])}, lists=True)
    return (
        Door("GET /campaigns", "/campaigns", _sees(CAMPAIGN), lists=True),
        Door("GET /campaigns/{campaign_id}", of, _sees(CAMPAIGN)),
        Door("GET /campaigns/{campaign_id}/draw", f"{of}/draw", _sees()),
        Door("GET /campaigns/{campaign_id}/report.html", f"{of}/report.html", _sees(CAMPAIGN)),
        Door("GET /campaigns/{campaign_id}/report.pdf", f"{of}/report.pdf", _sees(CAMPAIGN)),
        Door("GET /campaigns/{campaign_id}/pass-rates.svg", f"{of}/pass-rates.svg", _sees()),
        lot,
        Door("GET /checks/{case}", check, _sees(LOT)),
        Door("GET /checks/{case}/timeline", f"{check}/timeline", _sees(LOT)),
        Door("GET /checks/{check_id}/findings/{number}", f"{check}/findings/1", _sees(LOT, NET)),
        Door(
            "GET /checks/{check_id}/findings/{number}/recomputed",
            f"{check}/findings/1/recomputed",
            _sees(),
        ),
        Door("GET /checks/{check_id}/report.pdf", f"{check}/report.pdf", _sees()),
        Door("GET /checks/{check_id}/histogram.svg", f"{check}/histogram.svg", _sees()),
        Door("GET /checks/{case}/requests/{request_id}", f"{check}/requests/{request}", _sees()),
        # the register is open to whoever holds a role anywhere
        Door("GET /subjects/{code}", f"/subjects/{CODES[0]}", registered),
        Door("GET /laboratories/{code}", "/laboratories/LAB-1", registered),
    )


SHOWS_NOTHING = {
    "GET /measurements/template.{kind}",
    # reckoned from what the asker states; no record is read
    "GET /regimes",
    "GET /regimes/{regime}/{edition}/operating-characteristic",
    "GET /regimes/{regime}/{edition}/target-fill",
    "POST /regimes/comparison",
    "POST /regimes/label",
    "POST /regimes/verdict",
}


async def changing(house: House, walk: Walk) -> tuple[tuple[Door, tuple[Role, ...]], ...]:
    """Every route that changes something, and which roles of the check's agency it is open to.

    Asked so that it changes nothing: tried only, held already, or said as it stands on record.
    """
    [campaign] = await house.rows("campaign")
    heads, keepers = (Role.HEAD, Role.UNIT_HEAD), (Role.HEAD, Role.UNIT_HEAD, Role.INSPECTOR)
    opening = {"name": "抽查", "wanted": 1, "region": "990000"}
    handing = f"/checks/{walk.id}/measurements"
    tried = {"dry_run": True}
    return (
        (Door("POST /campaigns", "/campaigns", body=opening), heads),
        (
            Door(
                "POST /campaigns/{campaign_id}/draw",
                f"/campaigns/{campaign['id']}/draw",
                body={"public_word": "另一口令"},
            ),
            (*heads, Role.LIAISON),
        ),
        (
            Door(
                "POST /checks/{check_id}/measurements", handing, params=tried, body=measurements()
            ),
            (*keepers, Role.LIAISON),
        ),
        (Door("POST /subjects", "/subjects", params=tried, body={}), keepers),
        (
            Door("PUT /laboratories/{code}", "/laboratories/LAB-1", body=laboratory_entry()),
            keepers,
        ),
    )


STEPS = "POST /checks/{case}/steps/{step}"
"""Who takes which step is the table's to say (`tests/workflows/test_who_takes_what.py`)."""
OF_ANY_AGENCY = {"POST /campaigns", "POST /subjects", "PUT /laboratories/{code}"}
"""Where a role at whatever agency opens the door, there is nothing behind it to be hidden."""


def asks(house: House) -> Any:
    async def ask(viewer: str, door: Door) -> httpx.Response:
        who = VIEWERS[viewer]
        token = dev_token(house.settings, who, who.partition(".")[0])
        async with house.anyone(authorization=f"Bearer {token}") as client:
            return await client.request(
                door.method, door.path, params=dict(door.params), json=door.body
            )

    return ask


async def test_every_route_is_in_the_matrix(house: House, walk: Walk) -> None:
    known = {door.route for door in await doors(house, walk)}
    known |= {door.route for door, _ in await changing(house, walk)}

    assert known | {STEPS} | SHOWS_NOTHING == routes(house.unit.app)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("walls", ["both walls", "queries alone"])
async def test_each_route_shows_each_agency_its_part_and_no_more(
    house: House, walk: Walk, walls: str
) -> None:
    """As the unit is, and as a role for which the database hides nothing: each wall holds alone."""
    if walls == "queries alone":
        state = house.unit.app.state
        state.sessions = state.taker.sessions = house.worker

    wrong = await across(asks(house), await doors(house, walk), VIEWERS, MARKS)

    assert not wrong, "\n".join(wrong)


async def test_each_route_that_changes_something_is_open_to_its_roles_and_no_other(
    house: House, walk: Walk
) -> None:
    before = [await house.rows(table) for table in ("campaign", "lot_check", "finding", "subject")]
    for door, may in await changing(house, walk):
        for role in Role:
            if role is Role.SYSTEM:
                continue
            async with house.asked_by(role) as client:
                answer = await client.request(
                    door.method, door.path, params=dict(door.params), json=door.body
                )
            refused = answer.status_code == 403
            assert refused is (role not in may), f"{role}: {door}: {answer.text}"
            assert answer.status_code < 500, f"{role}: {door}: {answer.text}"

    after = [await house.rows(table) for table in ("campaign", "lot_check", "finding", "subject")]
    assert after == before


@pytest.mark.parametrize("viewer", ["uninvolved", "without a role"])
async def test_who_has_no_part_in_it_can_do_nothing_to_it(
    house: House, walk: Walk, viewer: str
) -> None:
    ask = asks(house)
    step = {"request_id": str(walk.id)}
    steps = Door(STEPS, f"/checks/{walk.id}/steps/record_sampling", body=step)
    for door in (steps, *(door for door, _ in await changing(house, walk))):
        if viewer == "uninvolved" and door.route in OF_ANY_AGENCY:
            continue
        answer = await ask(viewer, door)
        assert answer.status_code in HIDDEN, f"{door}: {answer.text}"
        assert not any(mark in answer.text for mark in MARKS)


@pytest.mark.parametrize("limit", [-1, 0, "many"])
async def test_a_limit_that_is_none_is_said_to_be(house: House, walk: Walk, limit: object) -> None:
    ask = asks(house)
    for path in ("/campaigns", "/checks", f"/checks/{walk.id}/timeline"):
        answer = await ask("own", Door(f"GET {path}", path, params={"limit": limit}))
        assert answer.status_code == 422, f"{path}: {answer.text}"
