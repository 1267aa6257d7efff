"""Who is shown what of a review, by every route there is."""

import pytest

from tests.services.gauges.house import reviewed
from tests.support.directories import CITY, COUNTY, NEIGHBOUR
from tests.support.owner.house import House
from tests.support.owner.matrix import Door, EveryRoute, Matrix

VIEWERS = {
    "own": f"{COUNTY}.head",
    "above": f"{CITY}.inspector",
    "uninvolved": f"{NEIGHBOUR}.head",
    "without a role": f"{COUNTY}.nobody",
}
READING, OUTCOME = "4711", "beyond"


def sees(*marks: str) -> dict[str, frozenset[str]]:
    return {who: frozenset(marks) for who in ("own", "above")}


@pytest.fixture
async def matrix(house: House) -> Matrix:
    play = reviewed()
    await house.record.take_all(play.records)
    one = f"/gauges/{play.state.case_id}"
    request = play.last.request_id
    shows = (
        Door("GET /gauges", "/gauges", sees(OUTCOME), {"outcome": "beyond"}, lists=True),
        Door("GET /gauges/{case}", one, sees(READING, OUTCOME)),
        Door("GET /gauges/{case}/timeline", f"{one}/timeline", sees(READING, OUTCOME)),
        Door("GET /gauges/{case}/requests/{request_id}", f"{one}/requests/{request}", sees()),
    )
    step = Door(
        "POST /gauges/{case}/steps/{step}",
        f"{one}/steps/close_review",
        body={"request_id": str(request)},
    )
    return Matrix(VIEWERS, (READING, OUTCOME), shows, (step,))


class TestEveryRoute(EveryRoute):
    """Shows each agency its own reviews, and those below it."""


async def test_a_list_is_narrowed_and_goes_on_where_it_stopped(
    house: House, matrix: Matrix
) -> None:
    assert matrix.marks
    for params, found in (({}, 1), ({"stage": "closed"}, 1), ({"outcome": "within"}, 0)):
        shown = await house.get(VIEWERS["own"], "/gauges", **params)
        assert (len(shown["gauges"]), shown["next"]) == (found, None)
    [line] = (await house.get(VIEWERS["own"], "/gauges"))["gauges"]
    detail = await house.get(VIEWERS["own"], f"/gauges/{line['case_id']}")
    assert (line["stage"], detail["open_steps"]) == ("closed", [])
