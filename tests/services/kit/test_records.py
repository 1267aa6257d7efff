"""The one router of records: what it shows, how far it goes, and as whom it asks."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from pydantic import SecretStr

from services.kit.clock import WallClock
from services.kit.http.application import create_app
from services.kit.http.pages import cursor
from services.kit.http.steps import Taker
from services.kit.rights.development_issuer import dev_token
from services.kit.rights.identity import Identity
from services.kit.settings import TemporalSettings
from services.kit.steps.record_effects import effects_of
from services.kit.steps.recording import record_step
from services.kit.storage.database import Sessions
from services.kit.storage.transaction import transaction
from tests.services.kit.gauges import A_MONDAY, Gauge, a_step, effects, router
from tests.services.kit.test_security import settings
from tests.support.directories import COUNTY, NEIGHBOUR, directory

CASE = UUID(int=9)
NOWHERE = TemporalSettings(address="127.0.0.1:1", codec_keys=SecretStr("one:" + "A" * 43 + "="))
Ask = Callable[[str], AbstractAsyncContextManager[httpx.AsyncClient]]


@pytest.fixture
def asked_by(gauges: Sessions, tmp_path: Path) -> Ask:
    """A client of the head of an agency."""
    ours = settings(tmp_path)
    app = create_app(
        "toy",
        ours,
        routers=[router],
        identity=Identity(ours, directory),
        sessions=gauges,
        directory=directory,
        clock=WallClock(),
        taker=Taker(gauges, NOWHERE),
    )

    def client(agency: str) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        token = dev_token(ours, f"{agency}.head", agency)
        headers = {"authorization": f"Bearer {token}"}
        return httpx.AsyncClient(transport=transport, base_url="http://toy", headers=headers)

    return client


@pytest.fixture
async def county(asked_by: Ask) -> AsyncIterator[httpx.AsyncClient]:
    async with asked_by(COUNTY) as client:
        yield client


async def made(gauges: Sessions, number: int, *, at_once: bool = False) -> None:
    async with transaction(gauges) as tx:
        for n in range(number):
            at = A_MONDAY if at_once else A_MONDAY + timedelta(hours=n)
            tx.add(Gauge(case_id=UUID(int=n), agency=COUNTY, made_at=at, reading=n))


async def in_use(gauges: Sessions, readings: int) -> None:
    """A gauge with a step for its opening and one for each reading."""
    known = effects_of(directory, effects)
    await record_step(gauges, known, a_step(1, "open", CASE))
    for n in range(readings):
        await record_step(gauges, known, a_step(n + 2, "read", CASE, reading=n))


@pytest.mark.parametrize("at_once", [True, False])
async def test_page_by_page_every_record_is_shown_once(
    gauges: Sessions, county: httpx.AsyncClient, at_once: bool
) -> None:
    await made(gauges, 7, at_once=at_once)

    shown, after = [], None
    for _ in range(4):
        params = {"limit": 2} | ({"after": after} if after else {})
        page = (await county.get("/gauges", params=params)).json()
        shown += [one["reading"] for one in page["gauges"]]
        after = page["next"]

    assert shown == [6, 5, 4, 3, 2, 1, 0]
    assert after is None


async def test_a_list_is_narrowed_and_goes_on_from_an_old_cursor(
    gauges: Sessions, county: httpx.AsyncClient
) -> None:
    await made(gauges, 4)

    narrowed = (await county.get("/gauges", params={"reading": 2})).json()
    old = f"{(A_MONDAY + timedelta(hours=2)).isoformat()}/{UUID(int=2)}"
    rest = (await county.get("/gauges", params={"after": old})).json()

    staged = (await county.get("/gauges", params={"stage": "in_use"})).json()

    assert [one["reading"] for one in narrowed["gauges"]] == [2]
    assert staged["gauges"] == []
    assert [one["reading"] for one in rest["gauges"]] == [1, 0]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("/gauges?limit=-1", "query.limit"),
        ("/gauges?limit=0", "query.limit"),
        ("/gauges?limit=201", "query.limit"),
        ("/gauges?after=rubbish", "after"),
        (f"/gauges?after={cursor(A_MONDAY, 7)}", "after"),
        ("/gauges?reading=many", "query.reading"),
        ("/gauges/seven", "path.case"),
        (f"/gauges/{CASE}/timeline?limit=-1", "query.limit"),
        (f"/gauges/{CASE}/timeline?limit=0", "query.limit"),
        (f"/gauges/{CASE}/timeline?limit=501", "query.limit"),
        (f"/gauges/{CASE}/timeline?after=-1", "query.after"),
        (f"/gauges/{CASE}/timeline?after={2**31}", "query.after"),
    ],
)
async def test_what_is_asked_for_wrongly_is_refused_by_the_name_of_its_field(
    county: httpx.AsyncClient, asked: str, field: str
) -> None:
    answer = await county.get(asked)

    assert (answer.status_code, answer.json()["field"]) == (422, field)


async def test_a_timeline_is_shown_part_by_part(
    gauges: Sessions, county: httpx.AsyncClient
) -> None:
    await in_use(gauges, 3)

    whole = (await county.get(f"/gauges/{CASE}/timeline")).json()
    part = (await county.get(f"/gauges/{CASE}/timeline?after=1&limit=2")).json()

    assert [step["step"] for step in whole] == ["open", "read", "read", "read"]
    assert whole[1]["reply"] == {"before": 0, "seq": 2, "on": "2026-03-02"}
    assert whole[0]["happened_at"] == A_MONDAY.isoformat()
    assert part == whole[1:3]


async def test_the_database_is_asked_as_whoever_asks(
    gauges: Sessions, county: httpx.AsyncClient
) -> None:
    await in_use(gauges, 1)

    shown = (await county.get(f"/gauges/{CASE}")).json()

    assert (shown["seen_as"], shown["stage"], shown["reading"]) == (COUNTY, "in_use", 0)


async def test_what_an_agency_may_not_see_is_not_there_by_any_route(
    gauges: Sessions, asked_by: Ask
) -> None:
    await in_use(gauges, 1)
    step = {"request_id": str(CASE)}

    async with asked_by(NEIGHBOUR) as neighbour:
        assert (await neighbour.get("/gauges")).json() == {"gauges": [], "next": None}
        answers = [
            await neighbour.get(f"/gauges/{CASE}"),
            await neighbour.get(f"/gauges/{CASE}/timeline"),
            await neighbour.get(f"/gauges/{CASE}/requests/{CASE}"),
            await neighbour.post(f"/gauges/{CASE}/steps/read", json=step),
            await neighbour.post("/gauges/seven/steps/read", json=step),
        ]

    assert {answer.status_code for answer in answers} == {404}
