"""The record of enforcement in a database of its own, with each role's way into it."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from deploy.embedded.postgres import Postgres
from services.kit.database import Part, Sessions, engine, provision, sessions
from services.kit.migrate import migrate
from services.kit.settings import DatabaseSettings
from tests.services.enforcement.house import House, build
from tests.support.servers import ROLE_KEY, create_database, drop_database

UNIT = "enforcement"


@dataclass(frozen=True)
class Record:
    """One database, as its three roles see it."""

    settings: DatabaseSettings
    worker: Sessions
    app: Sessions
    owner: Sessions


@pytest.fixture(scope="session")
def migrated(postgres: Postgres) -> Iterator[str]:
    """URL of a database with the tables of enforcement; each test leaves it empty."""
    url = asyncio.run(_migrated(postgres))
    yield url
    asyncio.run(drop_database(postgres, url))


@pytest.fixture
async def record(migrated: str) -> AsyncIterator[Record]:
    settings = _settings(migrated)
    parts: tuple[Part, ...] = ("worker", "app", "owner")
    engines = [engine(settings, UNIT, part) for part in parts]
    found = Record(settings, *(sessions(each, UNIT) for each in engines))
    yield found
    await _empty(found.owner)
    for each in engines:
        await each.dispose()


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keys of the agencies and of the development issuer, made once."""
    return tmp_path_factory.mktemp("enforcement")


@pytest.fixture
async def house(record: Record, data_dir: Path) -> AsyncIterator[House]:
    """The unit's application on this record; Kafka and Temporal are not there."""
    found = build(record.settings, data_dir)
    yield found
    await found.close()


async def _migrated(postgres: Postgres) -> str:
    url = await create_database(postgres)
    await provision(url, [UNIT], ROLE_KEY)
    await migrate(_settings(url), UNIT)
    return url


async def _empty(owner: Sessions) -> None:
    async with owner() as session, session.begin():
        tables = await session.execute(
            text(
                "SELECT tablename FROM pg_tables"
                " WHERE schemaname = current_schema() AND tablename <> 'alembic_version'"
            )
        )
        await session.execute(text(f"TRUNCATE {', '.join(name for (name,) in tables)}"))


def _settings(url: str) -> DatabaseSettings:
    return DatabaseSettings(url=SecretStr(url), role_key=SecretStr(ROLE_KEY))
