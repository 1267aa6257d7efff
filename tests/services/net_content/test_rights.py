"""Who is shown what of a campaign and its checks, by every route there is."""

from uuid import UUID

import pytest

from contracts.agencies import Role
from tests.services.net_content.house import House, Walk
from tests.support.directories import CITY, COUNTY, NEIGHBOUR
from tests.support.net_content import CODES, laboratory_entry, measurements
from tests.support.owner.matrix import Door, EveryRoute, Matrix

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


def shown(campaign: UUID, walk: Walk) -> tuple[Door, ...]:
    """Papers and pictures: whether they are shown at all; a paper bears its name in the open."""
    check, of = f"/checks/{walk.id}", f"/campaigns/{campaign}"
    request = walk.play.records[1].request_id
    registered = dict.fromkeys((*SEES, "uninvolved"), frozenset[str]())
    lot = Door("GET /checks", "/checks", _sees(), {"campaign": str(campaign)}, lists=True)
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


def changing(campaign: UUID, walk: Walk) -> tuple[Door, ...]:
    """Every route that changes something; who takes which step is the table's to say
    (`tests/workflows/test_who_takes_what.py`).
    """
    heads, keepers = (Role.HEAD, Role.UNIT_HEAD), (Role.HEAD, Role.UNIT_HEAD, Role.INSPECTOR)
    check = f"/checks/{walk.id}"
    opening = {"name": "抽查", "wanted": 1, "region": "990000"}
    tried = {"dry_run": True}
    return (
        Door("POST /campaigns", "/campaigns", body=opening, roles=heads, anywhere=True),
        Door(
            "POST /campaigns/{campaign_id}/draw",
            f"/campaigns/{campaign}/draw",
            body={"public_word": "另一口令"},
            roles=(*heads, Role.LIAISON),
        ),
        Door(
            "POST /checks/{check_id}/measurements",
            f"{check}/measurements",
            params=tried,
            body=measurements(),
            roles=(*keepers, Role.LIAISON),
        ),
        Door("POST /subjects", "/subjects", params=tried, body={}, roles=keepers, anywhere=True),
        Door(
            "PUT /laboratories/{code}",
            "/laboratories/LAB-1",
            body=laboratory_entry(),
            roles=keepers,
            anywhere=True,
        ),
        Door(
            "POST /checks/{case}/steps/{step}",
            f"{check}/steps/record_sampling",
            body={"request_id": str(walk.id)},
        ),
    )


SHOWS_NOTHING = frozenset(
    {
        "GET /measurements/template.{kind}",
        # reckoned from what the asker states; no record is read
        "GET /regimes",
        "GET /regimes/{regime}/{edition}/operating-characteristic",
        "GET /regimes/{regime}/{edition}/target-fill",
        "POST /regimes/comparison",
        "POST /regimes/label",
        "POST /regimes/verdict",
    }
)


@pytest.fixture
async def matrix(house: House, walk: Walk) -> Matrix:
    [row] = await house.record.rows("campaign")
    campaign = row["id"]
    return Matrix(VIEWERS, MARKS, shown(campaign, walk), changing(campaign, walk), SHOWS_NOTHING)


class TestEveryRoute(EveryRoute):
    """Shows each agency its part of a campaign and its checks."""


@pytest.mark.parametrize("limit", [-1, 0, "many"])
async def test_a_limit_that_is_none_is_said_to_be(house: House, walk: Walk, limit: object) -> None:
    for path in ("/campaigns", "/checks", f"/checks/{walk.id}/timeline"):
        async with house.asked_as(VIEWERS["own"]) as client:
            answer = await client.get(path, params={"limit": str(limit)})
        assert answer.status_code == 422, f"{path}: {answer.text}"
