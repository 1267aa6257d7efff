"""The kit's tables in a database of a test's own."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from deploy.embedded.postgres import Postgres
from services.kit.database import Sessions, engine, sessions
from services.kit.settings import DatabaseSettings
from tests.delivery.toy.stand import UNIT, database_settings, template
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
