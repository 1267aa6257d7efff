"""The record of net content in a database of its own, and the unit's application on it."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from deploy.embedded.postgres import Postgres
from services.kit.database import engine, provision, sessions
from services.kit.migrate import migrate
from services.kit.settings import DatabaseSettings
from tests.services.net_content.house import House, build
from tests.support.servers import ROLE_KEY, create_database, drop_database

UNIT = "net_content"


def _settings(url: str) -> DatabaseSettings:
    return DatabaseSettings(url=SecretStr(url), role_key=SecretStr(ROLE_KEY))


@pytest.fixture(scope="session")
def migrated(postgres: Postgres) -> Iterator[str]:
    """URL of a database with the tables of net content; each test leaves it empty."""
    url = asyncio.run(_migrated(postgres))
    yield url
    asyncio.run(drop_database(postgres, url))


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keys of the agencies and of the development issuer, made once."""
    return tmp_path_factory.mktemp("net_content")


@pytest.fixture
async def house(migrated: str, data_dir: Path) -> AsyncIterator[House]:
    """The unit's application on its record; Kafka and Temporal are not there."""
    settings = _settings(migrated)
    working, owning = engine(settings, UNIT, "worker"), engine(settings, UNIT, "owner")
    found = build(settings, data_dir, sessions(working, UNIT))
    yield found
    async with sessions(owning, UNIT)() as session, session.begin():
        tables = await session.execute(
            text(
                "SELECT tablename FROM pg_tables"
                " WHERE schemaname = current_schema() AND tablename <> 'alembic_version'"
            )
        )
        await session.execute(text(f"TRUNCATE {', '.join(name for (name,) in tables)}"))
    await found.close()
    for each in (working, owning):
        await each.dispose()


async def _migrated(postgres: Postgres) -> str:
    url = await create_database(postgres)
    await provision(url, [UNIT], ROLE_KEY)
    await migrate(_settings(url), UNIT)
    return url
