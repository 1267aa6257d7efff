"""Who is shown what of a case: by every route there is, and by the database itself."""

from typing import Any, NamedTuple
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.kit.clock import WallClock
from services.kit.rights.visibility import EVERYTHING, Visibility, seeing
from tests.services.enforcement.house import House
from tests.services.enforcement.ways import INVESTIGATING, ITEM, go
from tests.support.directories import CITY, COUNTY, NEIGHBOUR, PROVINCE
from tests.support.enforcement import CHEATING, Played, report
from tests.support.enforcement_steps import INSPECTOR
from tests.support.owner.matrix import Door, EveryRoute, Matrix
from tests.support.owner.record import Record

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
EVENT = "event-1"
MARKS = (REPORTER, SUMMARY, SCALE, FINDINGS, FILE.decode(), SUBJECT, VERSION, CASE)


class World(NamedTuple):
    """A case and what belongs to it."""

    case: UUID
    request: UUID
    reference: str
    sha256: str


def _sees(*marks: str) -> dict[str, frozenset[str]]:
    return {who: frozenset(marks) for who in SEES}


@pytest.fixture
async def world(house: House, record: Record) -> World:
    """A case with everything in it."""
    async with house.asked_by(INSPECTOR.roles[0]) as client:
        told = await client.post("/reporters", json={"name": REPORTER})
        stored = await client.post("/files", content=FILE)
    reference, sha256 = told.json()["reference"], stored.json()["sha256"]
    case = await house.case_of(
        report(
            occurred_at=WallClock().now(), reporter=reference, summary=SUMMARY, subject_name=SUBJECT
        ),
        event_id=EVENT,
    )
    play = Played(case_id=case)
    go(play, *INVESTIGATING)
    item = ITEM | {"name": SCALE, "sha256": sha256}
    said: dict[str, Any] = {"officers": ["wang", "li"], "act": "inspection", "evidence": [item]}
    play.take("investigate", INSPECTOR, findings=FINDINGS, **said)
    await record.take_all(play.records)
    return World(case, play.last.request_id, reference, sha256)


@pytest.fixture
def matrix(world: World) -> Matrix:
    of = f"/cases/{world.case}"
    return Matrix(
        VIEWERS,
        MARKS,
        shows=(
            *(
                Door("GET /cases", "/cases", _sees(SUBJECT), filters, lists=True)
                for filters in (
                    {},
                    {"agency": COUNTY},
                    {"violation": CHEATING, "open": True},
                    {"stage": "investigating", "limit": 1},
                    {"after": f"2099-01-01T00:00:00+08:00/{world.case}"},
                )
            ),
            Door("GET /cases/{case}", of, _sees(SUBJECT, SUMMARY, SCALE, VERSION, CASE)),
            Door("GET /cases/{case}/timeline", f"{of}/timeline", _sees(SCALE, FINDINGS, CASE)),
            Door(
                "GET /cases/{case}/requests/{request_id}",
                f"{of}/requests/{world.request}",
                _sees(VERSION),
            ),
            Door("GET /receipts/{agency}/{event_id}", f"/receipts/{COUNTY}/{EVENT}", _sees(CASE)),
            Door("GET /files/{sha256}", f"/files/{world.sha256}", _sees(FILE.decode())),
            Door(
                "GET /reporters/{reference}",
                f"/reporters/{world.reference}",
                {"own": frozenset({REPORTER})},
                {"purpose": "protection"},
            ),
        ),
        acts=(
            Door(
                "POST /cases/{case}/steps/{step}",
                f"{of}/steps/seize",
                body={"request_id": str(UUID(int=5))},
            ),
        ),
        shows_nothing=frozenset({"POST /reporters", "POST /files", "POST /events"}),
    )


class TestEveryRoute(EveryRoute):
    """Shows each agency its part of a case."""


# ── the second wall ──────────────────────────────────────────────────────────────────────────────

WALLED = (
    *("enforcement_case", "report", "evidence", "custody", "document", "decision", "serial"),
    *("reporter", "file", "procedure", "step_log", "outbox", "held", "set_aside", "inbox"),
    "held_action",
)


async def rows(record: Record, visible: Visibility, table: str) -> list[Any]:
    async with seeing(record.app, visible) as session:
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
        assert await rows(record, Visibility(frozenset(agencies)), table) == [], table


@pytest.mark.usefixtures("world")
async def test_where_nothing_was_said_the_database_shows_nothing(record: Record) -> None:
    async with record.app() as session:
        for table in WALLED:
            assert (await session.execute(text(f"SELECT 1 FROM {table}"))).all() == [], table


@pytest.mark.usefixtures("world")
async def test_a_reporters_row_is_for_the_cases_own_agency_and_for_nobody_who_sees_all(
    record: Record,
) -> None:
    assert len(await rows(record, Visibility(frozenset({COUNTY})), "reporter")) == 1
    for visible in (EVERYTHING, Visibility(frozenset({CITY})), Visibility(frozenset({PROVINCE}))):
        assert await rows(record, visible, "reporter") == []


@pytest.mark.usefixtures("world")
async def test_who_is_named_sees_its_own_rows(record: Record) -> None:
    own = Visibility(frozenset({COUNTY}))
    for table in ("enforcement_case", "report", "evidence", "custody", "file", "step_log"):
        assert await rows(record, own, table), table


@pytest.mark.usefixtures("world")
async def test_a_row_is_added_for_ones_own_agency_alone(record: Record) -> None:
    with pytest.raises(DBAPIError, match="row-level security"):
        async with seeing(record.app, Visibility(frozenset({NEIGHBOUR}))) as session:
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
