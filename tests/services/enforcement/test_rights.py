"""Who is shown what of a case: by every route there is, and by the database itself."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.enforcement.effects import effects
from services.kit.clock import Clock
from services.kit.issuer import dev_token
from services.kit.seeing import EVERYTHING, seeing
from services.kit.sight import Sight
from services.kit.steps import record_step
from tests.services.enforcement.conftest import Record
from tests.services.enforcement.house import House
from tests.services.enforcement.ways import INVESTIGATING, ITEM, go
from tests.support.directories import CITY, COUNTY, NEIGHBOUR, PROVINCE
from tests.support.enforcement import CHEATING, Played, directory, of_case, report
from tests.support.enforcement_steps import INSPECTOR
from tests.support.rights import HIDDEN, Door, across, routes

VIEWERS = {
    "own": f"{COUNTY}.head",
    "above": f"{CITY}.inspector",
    "far above": f"{PROVINCE}.head",
    "uninvolved": f"{NEIGHBOUR}.head",
    "evaluator": f"{NEIGHBOUR}.evaluator",
    "without a role": f"{COUNTY}.nobody",
}
SEES = ("own", "above", "far above", "evaluator")
REPORTER, SUMMARY, SCALE, FINDINGS = "标记甲某某", "标记乙秤不准", "标记丙电子秤", "标记丁遥控器"
FILE = "标记戊报告".encode()
SUBJECT, VERSION, CASE = "标记己店", '"version":', '"case_id":'
MARKS = (REPORTER, SUMMARY, SCALE, FINDINGS, FILE.decode(), SUBJECT, VERSION, CASE)


@dataclass(frozen=True)
class World:
    """A case with everything in it, and how to ask for its parts."""

    case: UUID
    event: str
    request: UUID
    reference: str
    sha256: str

    def doors(self) -> tuple[Door, ...]:
        listed = _sees(SUBJECT)
        step = {"request_id": str(UUID(int=5))}
        return (
            *(
                Door("GET /cases", "/cases", listed, filters, lists=True)
                for filters in (
                    {},
                    {"agency": COUNTY},
                    {"violation": CHEATING, "open": True},
                    {"stage": "investigating", "limit": 1},
                    {"after": f"2099-01-01T00:00:00+08:00/{self.case}"},
                )
            ),
            Door("GET /cases/{case}", f"/cases/{self.case}", _WHOLE),
            Door("GET /cases/{case}/timeline", f"/cases/{self.case}/timeline", _LOG),
            Door(
                "GET /cases/{case}/requests/{request_id}",
                f"/cases/{self.case}/requests/{self.request}",
                _sees(VERSION),
            ),
            Door(
                "GET /receipts/{agency}/{event_id}",
                f"/receipts/{COUNTY}/{self.event}",
                _sees(CASE),
            ),
            Door("GET /files/{sha256}", f"/files/{self.sha256}", _sees(FILE.decode())),
            Door(
                "GET /reporters/{reference}",
                f"/reporters/{self.reference}",
                {"own": frozenset({REPORTER})},
                {"purpose": "protection"},
            ),
            Door("POST /cases/{case}/steps/{step}", f"/cases/{self.case}/steps/seize", body=step),
            Door("POST /reporters", "/reporters", body={"name": "某某"}),
            Door("POST /files", "/files", body={}),
            Door("POST /events", "/events", body={}),
        )


def _sees(*marks: str) -> dict[str, frozenset[str]]:
    return {who: frozenset(marks) for who in SEES}


_WHOLE = _sees(SUBJECT, SUMMARY, SCALE, VERSION, CASE)
_LOG = _sees(SCALE, FINDINGS, CASE)


@pytest.fixture
async def world(house: House, record: Record) -> World:
    async with house.asked_by(INSPECTOR.roles[0]) as client:
        told = await client.post("/reporters", json={"name": REPORTER})
        stored = await client.post("/files", content=FILE)
    reference, sha256 = told.json()["reference"], stored.json()["sha256"]
    event = house.signed(
        report(
            occurred_at=Clock().now(), reporter=reference, summary=SUMMARY, subject_name=SUBJECT
        ),
        event_id="event-1",
    )
    await house.hear(event)
    async with record.owner() as session:
        [(case,)] = await session.execute(text("SELECT id FROM enforcement_case"))
    play = Played()
    go(play, *INVESTIGATING)
    item = ITEM | {"name": SCALE, "sha256": sha256}
    said: dict[str, Any] = {"officers": ["wang", "li"], "act": "inspection", "evidence": [item]}
    play.take("investigate", INSPECTOR, findings=FINDINGS, **said)
    for step in of_case(case, play.records):
        await record_step(record.worker, effects(directory), step)
    return World(case, "event-1", play.records[-1].request_id, reference, sha256)


def asks(house: House) -> Any:
    async def ask(viewer: str, door: Door) -> httpx.Response:
        who = VIEWERS[viewer]
        token = dev_token(house.settings, who, who.partition(".")[0])
        async with house.anyone(authorization=f"Bearer {token}") as client:
            return await client.request(
                door.method, door.path, params=dict(door.params), json=door.body
            )

    return ask


async def test_every_route_is_in_the_matrix(house: House, world: World) -> None:
    assert {door.route for door in world.doors()} == routes(house.unit.app)


@pytest.mark.parametrize("walls", ["both walls", "queries alone"])
async def test_each_route_shows_each_agency_its_part_and_no_more(
    house: House, record: Record, world: World, walls: str
) -> None:
    """As the unit is, and as a role for which the database hides nothing: each wall holds alone."""
    if walls == "queries alone":
        state = house.unit.app.state
        state.sessions = state.taker.sessions = record.owner
    doors = [door for door in world.doors() if door.method == "GET"]

    wrong = await across(asks(house), doors, VIEWERS, MARKS)

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("viewer", ["uninvolved", "without a role"])
async def test_who_has_no_part_in_it_can_do_nothing_to_it(
    house: House, world: World, viewer: str
) -> None:
    ask = asks(house)
    [step] = [door for door in world.doors() if "steps" in door.route]

    answer = await ask(viewer, step)

    assert answer.status_code in HIDDEN
    assert not any(mark in answer.text for mark in MARKS)


# ── the second wall ──────────────────────────────────────────────────────────────────────────────

WALLED = (
    *("enforcement_case", "report", "evidence", "custody", "document", "decision", "serial"),
    *("reporter", "file", "procedure", "step_log", "outbox", "held", "set_aside", "inbox"),
    "held_action",
)


async def rows(record: Record, sight: Sight, table: str) -> list[Any]:
    async with seeing(record.app, sight) as session:
        return list(await session.execute(text(f"SELECT * FROM {table}")))


async def test_every_table_is_under_row_level_security(record: Record) -> None:
    async with record.worker() as session:
        found = await session.execute(
            text(
                "SELECT relname, relrowsecurity AND relforcerowsecurity FROM pg_class"
                " WHERE relnamespace = 'enforcement'::regnamespace AND relkind = 'r'"
            )
        )
        walled = dict(tuple(row) for row in found)

    assert walled.pop("alembic_version") is False
    assert walled == dict.fromkeys(WALLED, True)


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("agencies", [{NEIGHBOUR}, {"nowhere"}, set()], ids=str)
async def test_the_database_itself_shows_a_stranger_no_row_of_any_table(
    record: Record, agencies: set[str]
) -> None:
    for table in WALLED:
        assert await rows(record, Sight(frozenset(agencies)), table) == [], table


@pytest.mark.usefixtures("world")
async def test_where_nothing_was_said_the_database_shows_nothing(record: Record) -> None:
    async with record.app() as session:
        for table in WALLED:
            assert (await session.execute(text(f"SELECT 1 FROM {table}"))).all() == [], table


@pytest.mark.usefixtures("world")
async def test_a_reporters_row_is_for_the_cases_own_agency_and_for_nobody_who_sees_all(
    record: Record,
) -> None:
    assert len(await rows(record, Sight(frozenset({COUNTY})), "reporter")) == 1
    for sight in (EVERYTHING, Sight(frozenset({CITY})), Sight(frozenset({PROVINCE}))):
        assert await rows(record, sight, "reporter") == []


@pytest.mark.usefixtures("world")
async def test_who_is_named_sees_its_own_rows(record: Record) -> None:
    own = Sight(frozenset({COUNTY}))
    for table in ("enforcement_case", "report", "evidence", "custody", "file", "step_log"):
        assert await rows(record, own, table), table


@pytest.mark.usefixtures("world")
async def test_a_row_is_added_for_ones_own_agency_alone(record: Record) -> None:
    with pytest.raises(DBAPIError, match="row-level security"):
        async with seeing(record.app, Sight(frozenset({NEIGHBOUR}))) as session:
            await session.execute(
                text(
                    "INSERT INTO file (sha256, size, media_type, agency, stored_at)"
                    " VALUES (repeat('a', 64), 1, 'x', 'county', now())"
                )
            )


@pytest.mark.usefixtures("world")
async def test_a_sight_ends_with_its_transaction(record: Record) -> None:
    async with seeing(record.app, EVERYTHING) as session:
        assert (await session.execute(text("SELECT id FROM enforcement_case"))).all()
    async with record.app() as session:  # the same connection of the pool
        assert (await session.execute(text("SELECT id FROM enforcement_case"))).all() == []
