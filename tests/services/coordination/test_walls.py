"""What the database itself shows of a case shared by many, whatever a query forgot to ask."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.coordination.rules import sharing
from services.kit.rights.visibility import EVERYTHING, Visibility, seeing
from tests.services.coordination import shared
from tests.services.coordination.house import CUSTOMS, TRANSPORT
from tests.support.directories import CITY_POLICE, COUNTY, NEIGHBOUR, POLICE
from tests.support.owner.record import Record


@pytest.fixture
async def record(record: Record) -> Record:
    await shared.put_on_record(record)
    return record


WALLED = (
    *("matter", "matter_access", "paper", "response", "report_up", "secured_item"),
    *("escalation", "escalation_entry", "missed_clock"),
    *("procedure", "step_log", "outbox", "held", "set_aside", "inbox", "held_action"),
)


async def rows(record: Record, visible: Visibility, table: str) -> list[dict[str, Any]]:
    async with seeing(record.app, visible) as session:
        found = await session.execute(text(f"SELECT * FROM {table}"))
        return [dict(row) for row in found.mappings()]


def of(*agencies: str) -> Visibility:
    return Visibility(frozenset(agencies))


async def test_every_table_is_under_row_level_security(record: Record) -> None:
    async with record.worker() as session:
        found = await session.execute(
            text(
                "SELECT relname FROM pg_class WHERE relnamespace = 'coordination'::regnamespace"
                " AND relkind = 'r' AND relrowsecurity AND relforcerowsecurity"
            )
        )
        bare = await session.execute(text("SELECT tablename FROM pg_tables WHERE NOT rowsecurity"
                                          " AND schemaname = 'coordination'"))  # fmt: skip

    assert {name for (name,) in found} == set(WALLED)
    assert {name for (name,) in bare} == {"alembic_version"}


@pytest.mark.parametrize("visible", [of(NEIGHBOUR), of("nowhere"), of()], ids=str)
async def test_the_database_itself_shows_a_stranger_no_row_of_any_table(
    record: Record, visible: Visibility
) -> None:
    for table in WALLED:
        assert await rows(record, visible, table) == [], table


async def test_where_nothing_was_said_the_database_shows_nothing(record: Record) -> None:
    async with record.app() as session:
        for table in WALLED:
            assert (await session.execute(text(f"SELECT 1 FROM {table}"))).all() == [], table


async def test_the_database_itself_keeps_the_leads_notes_from_who_takes_part(
    record: Record,
) -> None:
    everything = {
        agency: str([await rows(record, of(agency), table) for table in WALLED])
        for agency in (COUNTY, POLICE, CITY_POLICE, CUSTOMS, TRANSPORT)
    }

    tasks = shared.TASKS
    assert shared.NOTE in everything[COUNTY]
    for agency in (POLICE, CUSTOMS, TRANSPORT):
        held = everything[agency]
        others = [task for of_agency, task in tasks.items() if of_agency != agency]
        assert shared.NOTE not in held
        assert shared.FOUND not in held
        assert not any(task in held for task in others)
        assert tasks[agency] in held
    assert shared.SCALE in everything[POLICE]
    assert shared.SCALE not in everything[CUSTOMS]
    assert shared.REASON not in everything[POLICE]
    assert shared.TITLE not in everything[CITY_POLICE], "a superior sees by its wider sight alone"


async def test_the_api_changes_nothing_and_adds_what_it_may_alone(record: Record) -> None:
    async with seeing(record.app, EVERYTHING) as session:
        for table in ("paper", "matter_access", "escalation_entry", "outbox"):
            removed = await session.execute(text(f"DELETE FROM {table} RETURNING 1"))
            assert removed.all() == [], table
        with pytest.raises(DBAPIError, match="row-level security"):
            await session.execute(text("INSERT INTO paper SELECT * FROM paper"))


async def test_the_wall_knows_every_step_that_is_shared(record: Record) -> None:
    """A step added to the rule needs a migration that puts the wall up anew."""
    async with record.worker() as session:
        asked = "SELECT qual FROM pg_policies WHERE tablename = 'step_log' AND policyname = 'seen'"
        wall = (await session.execute(text(asked))).scalar_one()

    assert {step for step in sharing.SHARED_STEPS if f"'{step}'" not in wall} == set()
