"""A role for each part of a unit, which can use nothing of a neighbour's."""

import asyncpg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection

from services.kit.settings import DatabaseSettings
from services.kit.storage.database import DatabaseRole, Sessions, dsn, provision
from services.kit.storage.migrate import migrate
from services.kit.storage.tables import KIT
from tests.delivery.toy.stand import UNIT, database_settings
from tests.support.servers import ROLE_KEY

NEIGHBOUR = "coordination"


@pytest.fixture
async def neighbours(toy_database: DatabaseSettings) -> DatabaseSettings:
    """The toy's database with a second unit in it."""
    await provision(toy_database.url.get_secret_value(), [UNIT, NEIGHBOUR], ROLE_KEY)
    await migrate(toy_database, NEIGHBOUR, "tests.delivery.toy")
    return toy_database


async def as_(settings: DatabaseSettings, unit: str, part: DatabaseRole, statement: str) -> object:
    connection = await asyncpg.connect(dsn(settings, unit, part))
    try:
        return await connection.fetchval(statement)
    finally:
        await connection.close()


@pytest.mark.parametrize("part", ["app", "worker"])
async def test_a_unit_uses_its_own_tables(neighbours: DatabaseSettings, part: DatabaseRole) -> None:
    insert = "INSERT INTO inbox (source, id, digest) VALUES ('s', 'i', 'd') RETURNING id"

    assert await as_(neighbours, UNIT, part, insert) == "i"
    assert await as_(neighbours, NEIGHBOUR, part, "SELECT count(*) FROM inbox") == 0


OUT_OF_REACH = (
    f"SELECT count(*) FROM {NEIGHBOUR}.inbox",
    f"DELETE FROM {NEIGHBOUR}.outbox",
    f"SET ROLE steelyard_{NEIGHBOUR}_owner",
    f"SET ROLE steelyard_{NEIGHBOUR}_app",
    "CREATE TABLE public.mine (x int)",
    f"CREATE TABLE {NEIGHBOUR}.mine (x int)",
)
OWNERS_ONLY = ("DROP TABLE inbox", "ALTER TABLE seen ADD x int", "CREATE TABLE mine (x int)")


@pytest.mark.parametrize("part", ["app", "worker", "owner"])
async def test_a_unit_reaches_nothing_of_a_neighbours(
    neighbours: DatabaseSettings, part: DatabaseRole
) -> None:
    for statement in OUT_OF_REACH:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await as_(neighbours, UNIT, part, statement)


@pytest.mark.parametrize("part", ["app", "worker"])
async def test_only_the_owner_changes_the_schema(
    neighbours: DatabaseSettings, part: DatabaseRole
) -> None:
    for statement in OWNERS_ONLY:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await as_(neighbours, UNIT, part, statement)


async def test_provisioning_and_migrating_again_changes_nothing(
    toy_database: DatabaseSettings,
) -> None:
    before = await as_(toy_database, UNIT, "worker", "SELECT count(*) FROM pg_tables")

    await provision(toy_database.url.get_secret_value(), [UNIT], ROLE_KEY)
    await migrate(toy_database, UNIT, "tests.delivery.toy")

    assert await as_(toy_database, UNIT, "worker", "SELECT count(*) FROM pg_tables") == before


async def test_a_password_of_another_key_opens_nothing(toy_database: DatabaseSettings) -> None:
    stranger = database_settings(toy_database.url.get_secret_value()).model_copy(
        update={"role_key": type(toy_database.role_key)("another key, long enough")}
    )

    with pytest.raises(asyncpg.InvalidPasswordError):
        await as_(stranger, UNIT, "worker", "SELECT 1")


async def test_the_kits_tables_are_those_its_migration_makes(toy_sessions: Sessions) -> None:
    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"include_name": _is_the_kits})
        return list(compare_metadata(context, KIT))

    async with toy_sessions() as session:
        found = await (await session.connection()).run_sync(differences)

    assert [one for one in found if "comment" not in str(one)] == []


def _is_the_kits(name: str | None, kind: str, _parents: object) -> bool:
    return kind != "table" or name in KIT.tables
