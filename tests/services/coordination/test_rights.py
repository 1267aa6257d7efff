"""Who is shown what of a case shared by many, by every route there is."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.coordination.app import ROUTERS
from services.coordination.queries import matters
from tests.services.coordination import shared
from tests.services.coordination.api import Api, api
from tests.services.coordination.record import Record
from tests.services.coordination.shared import BY_ROLE, MARKS, MATRIX, VIEWERS
from tests.support.directories import COUNTY
from tests.support.rights import HIDDEN, Door, across, routes

NOWHERE = "127.0.0.1:1"


@pytest.fixture(params=["both walls", "queries alone"])
async def asking(
    record: Record, tmp_path: Path, request: pytest.FixtureRequest
) -> AsyncIterator[Api]:
    """As the unit is, and as a role for which the database hides nothing: each wall holds alone."""
    await shared.put_on_record(record)
    sessions = record.app if request.param == "both walls" else record.worker
    async with api(sessions, tmp_path, NOWHERE, shared.directory) as found:
        yield found


def asks(asking: Api) -> Any:
    async def ask(viewer: str, door: Door) -> httpx.Response:
        headers = asking._as(VIEWERS[viewer])
        return await asking.http.request(
            door.method, door.path, params=dict(door.params), json=door.body, headers=headers
        )

    return ask


async def test_every_route_is_in_the_matrix(asking: Api) -> None:
    assert ROUTERS
    app = asking.http._transport.app  # type: ignore[attr-defined]

    assert {door.route for door in (*MATRIX, *BY_ROLE)} == routes(app)


async def test_each_route_shows_each_agency_its_part_and_no_more(asking: Api) -> None:
    wrong = await across(asks(asking), MATRIX, VIEWERS, MARKS)

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("viewer", ["uninvolved", "without a role"])
async def test_who_has_no_part_in_it_can_do_nothing_to_it(asking: Api, viewer: str) -> None:
    ask = asks(asking)
    for door in BY_ROLE:
        if door.route in {"POST /events", "POST /matters"}:
            continue  # a signature opens the one, a role the other; neither shows anything
        answer = await ask(viewer, door)
        assert answer.status_code in HIDDEN, str(door)
        assert not any(mark in answer.text for mark in MARKS)


async def test_the_lead_alone_reads_its_notes_whatever_list_is_asked(asking: Api) -> None:
    """Page by page, and by each filter there is."""
    ask = asks(asking)
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
        answer = await ask("uninvolved", Door(f"GET {path}", path, params=params))
        assert answer.status_code == 200, answer.text
        assert not any(mark in answer.text for mark in MARKS), (path, params)


@pytest.mark.parametrize("viewer", ["lead", "joined", "invited", "refused", "evaluator"])
async def test_a_timeline_read_part_by_part_is_the_one_read_at_once(
    asking: Api, viewer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What may not be seen takes no place in a part, however long the log is between."""
    monkeypatch.setattr(matters, "STRETCH", 2)
    door = Door(f"GET {shared.M}/timeline", f"{shared.M}/timeline")
    ask = asks(asking)
    whole = (await ask(viewer, door)).json()

    parts: list[dict[str, Any]] = []
    for _ in whole:
        after = parts[-1]["seq"] if parts else 0
        answer = await ask(viewer, replace(door, params={"after": after, "limit": 1}))
        parts += answer.json()

    assert whole
    assert parts == whole


async def test_no_part_of_a_timeline_is_longer_than_its_limit(asking: Api) -> None:
    ask = asks(asking)
    for path in (f"{shared.M}/timeline", f"{shared.R}/timeline"):
        for limit, status in ((-1, 422), (0, 422), (501, 422), (1, 200)):
            answer = await ask("lead", Door(f"GET {path}", path, params={"limit": limit}))
            assert answer.status_code == status
            assert status == 422 or len(answer.json()) == 1
