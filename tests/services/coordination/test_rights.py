"""Who is shown what of a case shared by many, by every route there is."""

from typing import Any

import pytest

from services.coordination.queries import matters
from tests.services.coordination import shared
from tests.services.coordination.shared import MARKS, MATRIX, VIEWERS
from tests.support.directories import COUNTY
from tests.support.owner.house import House
from tests.support.owner.matrix import EveryRoute, Matrix, each_wall_alone
from tests.support.owner.record import Record


@pytest.fixture
async def matrix(record: Record) -> Matrix:
    await shared.put_on_record(record)
    return MATRIX


class TestEveryRoute(EveryRoute):
    """Shows each agency its part of an operation and of a response."""


@pytest.mark.usefixtures("matrix")
@each_wall_alone
async def test_the_lead_alone_reads_its_notes_whatever_list_is_asked(
    house: House, walls: str
) -> None:
    """Page by page, and by each filter there is."""
    house.stand_behind(walls)
    asked: tuple[tuple[str, dict[str, Any]], ...] = (
        ("/matters", {"of_case": str(shared.MATTER)}),
        ("/matters", {"procedure": "joint_enforcement", "open": False}),
        ("/matters", {"after": f"2030-01-01T00:00:00+08:00|{shared.MATTER}"}),
        ("/responses", {"agency": COUNTY, "open": True, "level": "I"}),
        ("/responses", {"after": f"2030-01-01T00:00:00+08:00|{shared.CASE}"}),
        ("/escalations", {"show": "all", "case_id": str(shared.CASE)}),
        ("/escalations", {"mine": True, "show": "all"}),
        ("/stream", {"after": "1999-01-01T00:00:00+00:00|0", "limit": 200}),
    )
    for path, params in asked:
        async with house.asked_as(VIEWERS["uninvolved"]) as client:
            answer = await client.get(path, params=params)
        assert answer.status_code == 200, answer.text
        assert not any(mark in answer.text for mark in MARKS), (path, params)


@pytest.mark.usefixtures("matrix")
@pytest.mark.parametrize("viewer", ["lead", "joined", "invited", "refused", "evaluator"])
async def test_a_timeline_read_part_by_part_is_the_one_read_at_once(
    house: House, viewer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What may not be seen takes no place in a part, however long the log is between."""
    monkeypatch.setattr(matters, "STRETCH", 2)
    path = f"{shared.M}/timeline"
    async with house.asked_as(VIEWERS[viewer]) as client:
        whole = (await client.get(path)).json()

        parts: list[dict[str, Any]] = []
        for _ in whole:
            after = parts[-1]["seq"] if parts else 0
            answer = await client.get(path, params={"after": after, "limit": 1})
            parts += answer.json()

    assert whole
    assert parts == whole


@pytest.mark.usefixtures("matrix")
async def test_no_part_of_a_timeline_is_longer_than_its_limit(house: House) -> None:
    async with house.asked_as(VIEWERS["lead"]) as client:
        for path in (f"{shared.M}/timeline", f"{shared.R}/timeline"):
            for limit, status in ((-1, 422), (0, 422), (501, 422), (1, 200)):
                answer = await client.get(path, params={"limit": limit})
                assert answer.status_code == status
                assert status == 422 or len(answer.json()) == 1
