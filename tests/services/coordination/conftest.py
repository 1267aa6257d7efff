"""Coordination's schema in a database of the test's own."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr

from deploy.embedded.postgres import Postgres
from services.kit.database import engine, provision, sessions
from services.kit.migrate import migrate
from services.kit.settings import DatabaseSettings
from tests.services.coordination.record import Record
from tests.support.servers import ROLE_KEY, create_database, drop_database


def _settings(url: str) -> DatabaseSettings:
    return DatabaseSettings(url=SecretStr(url), role_key=SecretStr(ROLE_KEY))


@pytest.fixture(scope="session")
def migrated(postgres: Postgres) -> str:
    """Name of a database with the schema in it, to copy from: migrating takes half a second."""

    async def make() -> str:
        url = await create_database(postgres)
        await provision(url, ["coordination"], ROLE_KEY)
        await migrate(_settings(url), "coordination")
        return url.rpartition("/")[2]

    return asyncio.run(make())


@pytest.fixture
async def database(postgres: Postgres, migrated: str) -> AsyncIterator[DatabaseSettings]:
    url = await create_database(postgres, template=migrated)
    yield _settings(url)
    await drop_database(postgres, url)


@pytest.fixture
async def record(database: DatabaseSettings) -> AsyncIterator[Record]:
    engines = [
        engine(database, "coordination", "worker"),
        engine(database, "coordination", "app"),
    ]
    yield Record(*(sessions(each, "coordination") for each in engines))
    for each in engines:
        await each.dispose()
