"""The kit's tables in a database of a test's own."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from sqlalchemy import text

from deploy.embedded.postgres import Postgres
from services.kit.settings import DatabaseSettings
from services.kit.storage.database import Sessions, engine, sessions
from tests.delivery.toy.stand import UNIT, database_settings, template
from tests.services.kit.gauges import TABLE
from tests.support.servers import create_database, drop_database


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def toy_template(postgres: Postgres) -> str:
    """A database with the toy's schema, to be copied."""
    return await template(postgres)


@pytest.fixture
async def toy_database(postgres: Postgres, toy_template: str) -> AsyncIterator[DatabaseSettings]:
    url = await create_database(postgres, toy_template)
    yield database_settings(url)
    await drop_database(postgres, url)


@pytest.fixture
async def toy_sessions(toy_database: DatabaseSettings) -> AsyncIterator[Sessions]:
    on = engine(toy_database, UNIT, "worker")
    yield sessions(on, UNIT)
    await on.dispose()


@pytest.fixture
async def gauges(toy_database: DatabaseSettings, toy_sessions: Sessions) -> Sessions:
    """The same sessions, with a table of gauges beside the kit's."""
    owner = engine(toy_database, UNIT, "owner")
    async with owner.begin() as connection:
        await connection.execute(text(TABLE))
    await owner.dispose()
    return toy_sessions
