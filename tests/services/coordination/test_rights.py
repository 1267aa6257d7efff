"""Who is shown what of a case shared by many, by every route there is."""

from typing import Any

import pytest

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
