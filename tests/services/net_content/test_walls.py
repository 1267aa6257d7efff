"""What the database itself shows of campaigns and checks, whatever a query forgot to ask."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.agencies import Role
from services.kit.rights.visibility import EVERYTHING, Visibility, seeing
from services.kit.storage.database import Sessions
from services.net_content.queries import campaigns, checks
from tests.services.net_content.house import House, Walk
from tests.support.directories import CITY, COUNTY, NEIGHBOUR, person
from tests.support.net_content import GOOD, LABORATORY, measurements

REGISTERS = {"subject", "product", "laboratory", "instrument", "verification"}
"""Open to whoever holds a role anywhere."""
OF_A_CHECK = {"lot_check", "sampling", "finding", "procedure", "step_log"}
SHOWN_TO_NOBODY = {"inbox", "held_action", "outbox"}


@pytest.fixture
async def walk(house: House) -> Walk:
    """A check that passed, with a row in every table."""
    await house.furnish()
    [found] = await house.checks(1)
    await found.sample()
    await found.found(GOOD)
    await found.take("tell_pass", served_by="mail")
    async with house.record.worker() as session, session.begin():
        for statement in _HAPPENED:
            await session.execute(text(statement))
    return found


_HAPPENED = (
    "INSERT INTO inbox (source, id, digest) VALUES ('/agencies/county', '1', 'd')",
    """
    INSERT INTO held (topic, source, id, key, type, headers, value, received_at, attempts, says)
    VALUES ('t', '/agencies/county', '1', 'k', 't', '{}', 'v', now(), 1, 's')
    """,
    """
    INSERT INTO set_aside (digest, reason, says, topic, source, headers, received_at)
    VALUES ('d', 'r', 's', 't', '/agencies/county', '{}', now())
    """,
    """
    INSERT INTO held_action (source, event_id, key, action, by_id, reason)
    VALUES ('/agencies/county', '1', 'k', 'replay', 'b', 'r')
    """,
)


def asked(house: House) -> Sessions:
    """The record as the API's role has it."""
    sessions: Sessions = house.unit.app.state.sessions
    return sessions


def of(*agencies: str) -> Visibility:
    return Visibility(frozenset(agencies))


async def tables(house: House) -> dict[str, bool]:
    """Every table of the schema, and whether row-level security is forced on it."""
    async with house.record.worker() as session:
        found = await session.execute(
            text(
                "SELECT relname, relrowsecurity AND relforcerowsecurity FROM pg_class"
                " WHERE relnamespace = 'net_content'::regnamespace AND relkind IN ('r', 'p')"
            )
        )
        return {name: forced for name, forced in found if name != "alembic_version"}


async def filled(session: AsyncSession, names: set[str]) -> set[str]:
    """Those of these tables that show a row."""
    shown = set()
    for name in names:
        if (await session.execute(text(f"SELECT 1 FROM {name} LIMIT 1"))).first():
            shown.add(name)
    return shown


async def shown(house: House, visible: Visibility) -> set[str]:
    async with seeing(asked(house), visible) as session:
        return await filled(session, set(await tables(house)))


async def test_every_table_is_under_row_level_security(house: House) -> None:
    assert {name for name, forced in (await tables(house)).items() if not forced} == set()


@pytest.mark.usefixtures("walk")
async def test_the_world_of_these_tests_has_a_row_in_every_table(house: House) -> None:
    every = set(await tables(house))
    async with house.record.worker() as session:
        assert await filled(session, every) == every

    for visible in (of(COUNTY), of(CITY, COUNTY), EVERYTHING):
        assert await shown(house, visible) == every - SHOWN_TO_NOBODY


@pytest.mark.usefixtures("walk")
@pytest.mark.parametrize("agency", [NEIGHBOUR, CITY, "nowhere"])
async def test_the_database_itself_shows_a_stranger_the_registers_alone(
    house: House, agency: str
) -> None:
    assert await shown(house, of(agency)) == REGISTERS


@pytest.mark.usefixtures("walk")
async def test_for_nobody_and_where_nothing_was_said_the_database_shows_nothing(
    house: House,
) -> None:
    assert await shown(house, of()) == set()
    async with asked(house)() as session:
        assert await filled(session, set(await tables(house))) == set()


async def test_of_a_check_moved_away_its_campaign_shows_that_it_was_drawn_and_no_more(
    house: House,
) -> None:
    await house.furnish()
    [walk] = await house.checks(1)
    await walk.wait(days=40)  # nobody came
    [rung] = [e for e in walk.play.state.escalations if e.ended is None]
    by = person(rung.role, rung.agency)
    await walk.take("reassign", by, line=rung.key, measures="市局承办", to_agency=CITY)
    async with house.record.worker() as session, session.begin():
        await session.execute(text("UPDATE procedure SET agencies = ARRAY['city']"))
        await session.execute(text("UPDATE step_log SET agency = 'city'"))
        for statement in _OF_THE_CITY:
            await session.execute(text(statement))

    async with seeing(asked(house), of(COUNTY)) as session:
        assert await filled(session, OF_A_CHECK) == {"lot_check"}
        drawn = await campaigns.drawn(session, (await house.record.rows("campaign"))[0]["id"])
        assert len(drawn) == 1
    async with seeing(asked(house), of(CITY)) as session:
        assert await filled(session, OF_A_CHECK | {"campaign", "candidate"}) == OF_A_CHECK


_OF_THE_CITY = (
    """
    INSERT INTO sampling SELECT id, 1, 'first', 'l', 9, 1, 'p', 'm', 'LAB-1', 'a', NULL, now()
    FROM lot_check
    """,
    """
    INSERT INTO finding
    SELECT id, 1, 'first', 'LAB-1', now(), 'pass', 's', 's', 'e', 'b', 's', 0, 's', now()
    FROM lot_check
    """,
)


async def test_who_is_on_a_line_of_a_check_sees_it_whole(house: House, walk: Walk) -> None:
    async with house.record.worker() as session, session.begin():
        await session.execute(text("UPDATE procedure SET agencies = agencies || '{neighbour}'"))

    assert await shown(house, of(NEIGHBOUR)) == REGISTERS | OF_A_CHECK
    async with seeing(asked(house), of(NEIGHBOUR)) as session:
        assert (await checks.check(session, of(NEIGHBOUR), walk.id)).check.id == walk.id


@pytest.mark.usefixtures("walk")
async def test_the_day_a_product_passed_is_known_whichever_agency_found_it(
    house: House,
) -> None:
    async with seeing(asked(house), of(NEIGHBOUR)) as session:
        listed = await campaigns.candidates(session, ["370202"], None)

    [row] = await house.record.rows("lot_check")
    assert row["passed_on"] is not None
    passed = {one.product_id: one.passed_on for one in listed if one.passed_on}
    assert passed == {row["product_id"]: row["passed_on"]}


async def test_a_laboratory_hands_in_for_a_check_it_sees_nothing_of(house: House) -> None:
    await house.furnish()
    [walk] = await house.checks(1)
    await walk.sample()
    path = f"/checks/{walk.id}/measurements"

    async with house.asked_by(Role.INSPECTOR, NEIGHBOUR) as stranger:
        refused = await stranger.post(path, json=measurements())
    async with house.asked_by(Role.LIAISON, LABORATORY) as laboratory:
        taken = await laboratory.post(path, json=measurements())
        hidden = await laboratory.get(f"/checks/{walk.id}")

    assert (refused.status_code, taken.status_code, hidden.status_code) == (404, 200, 404)
    assert (await house.record.rows("finding"))[0]["source"] == f"/agencies/{LABORATORY}"


@pytest.mark.usefixtures("walk")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE campaign SET name = 'x' RETURNING 1",
        "UPDATE lot_check SET awaiting = 'first' RETURNING 1",
        "UPDATE sampling SET lot = 'x' RETURNING 1",
        "UPDATE outbox SET published_at = now() RETURNING 1",
        "DELETE FROM product RETURNING 1",
        "DELETE FROM verification RETURNING 1",
        "DELETE FROM outbox RETURNING 1",
    ],
)
async def test_the_api_changes_nothing_of_anothers_and_removes_nothing(
    house: House, statement: str
) -> None:
    async with seeing(asked(house), of(NEIGHBOUR)) as session:
        assert (await session.execute(text(statement))).all() == []


@pytest.mark.usefixtures("walk")
@pytest.mark.parametrize(
    ("agency", "statement"),
    [
        (NEIGHBOUR, "INSERT INTO subject VALUES ('x', 'n', '370202', NULL, 'county')"),
        (NEIGHBOUR, "INSERT INTO candidate VALUES (gen_random_uuid(), 1, 'c', 'B', 1, '{}')"),
        (COUNTY, "UPDATE campaign SET agency = 'neighbour'"),
        (COUNTY, "UPDATE lot_check SET agency = 'neighbour'"),
        (COUNTY, "INSERT INTO sampling SELECT * FROM sampling"),
        (COUNTY, "INSERT INTO inbox (source, id, digest) VALUES ('s', 'i', 'd')"),
    ],
)
async def test_no_row_is_added_to_anothers_nor_given_away(
    house: House, agency: str, statement: str
) -> None:
    with pytest.raises(DBAPIError, match=r"row-level security|permission denied"):
        async with seeing(asked(house), of(agency)) as session:
            await session.execute(text(statement))
