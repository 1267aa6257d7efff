"""The fixtures of an owner's tests: its `conftest.py` imports them and says which `owner` it is."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from deploy.embedded.postgres import Postgres
from tests.support.owner.house import House, Owner
from tests.support.owner.record import Record, database_settings, migrated_database, three_parts
from tests.support.servers import drop_database

__all__ = ["data_dir", "house", "migrated", "record"]


@pytest.fixture(scope="session")
def migrated(postgres: Postgres, owner: Owner) -> Iterator[str]:
    """URL of a database with the owner's tables; each test leaves it empty."""
    url = asyncio.run(migrated_database(postgres, owner.name))
    yield url
    asyncio.run(drop_database(postgres, url))


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory, owner: Owner) -> Path:
    """Keys of the agencies and of the development issuer, made once."""
    return tmp_path_factory.mktemp(owner.name)


@pytest.fixture
async def record(migrated: str, owner: Owner) -> AsyncIterator[Record]:
    settings = database_settings(migrated)
    async with three_parts(settings, owner.name) as parts:
        found = Record(owner.name, settings, owner.effects, *parts)
        yield found
        await found.empty()


@pytest.fixture
async def house(owner: Owner, record: Record, data_dir: Path) -> AsyncIterator[House]:
    """The unit's application on this record; Kafka and Temporal are not there."""
    found = House(owner, record, data_dir)
    yield found
    await found.close()
