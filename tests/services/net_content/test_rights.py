"""Who is shown what of a campaign and its checks, by every route there is."""

from typing import Any

import httpx
import pytest

from services.kit.issuer import dev_token
from tests.services.net_content.house import House, Walk
from tests.support.directories import CITY, COUNTY, NEIGHBOUR
from tests.support.net_content import CODES
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


BY_ROLE = {
    "POST /campaigns",
    "POST /campaigns/{campaign_id}/draw",
    "POST /checks/{case}/steps/{step}",
    "POST /checks/{check_id}/measurements",
    "POST /subjects",
    "PUT /laboratories/{code}",
}
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

    assert known | BY_ROLE | SHOWS_NOTHING == routes(house.unit.app)


@pytest.mark.timeout(120)
async def test_each_route_shows_each_agency_its_part_and_no_more(house: House, walk: Walk) -> None:
    wrong = await across(asks(house), await doors(house, walk), VIEWERS, MARKS)

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("viewer", ["uninvolved", "without a role"])
async def test_who_has_no_part_in_it_can_do_nothing_to_it(
    house: House, walk: Walk, viewer: str
) -> None:
    [campaign] = await house.rows("campaign")
    ask = asks(house)
    step = {"request_id": str(walk.id)}
    for path, body in (
        (f"/checks/{walk.id}/steps/sample", step),
        (f"/campaigns/{campaign['id']}/draw", {"public_word": "开奖号 07"}),
    ):
        answer = await ask(viewer, Door(f"POST {path}", path, body=body))
        assert answer.status_code in HIDDEN, answer.text
        assert not any(mark in answer.text for mark in MARKS)
