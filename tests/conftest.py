"""Fixtures every test may ask for: the real servers, a database of its own, topics."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from deploy.embedded.kafka import Kafka
from deploy.embedded.postgres import Postgres
from deploy.embedded.temporal import Temporal
from deploy.topics import ensure_topics
from tests.support.servers import create_database, drop_database, running, server_home

SERVERS = {"postgres", "kafka", "temporal"}
JOURNEY_SECONDS = 300


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if SERVERS & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.servers)
        if item.get_closest_marker("journey") and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(JOURNEY_SECONDS))


@pytest.fixture(scope="session")
def servers_dir() -> Iterator[Path]:
    with server_home() as home:
        yield home


@pytest.fixture(scope="session")
def postgres(servers_dir: Path) -> Iterator[Postgres]:
    """A PostgreSQL of this session. `kill()` and `start()` it as you like; leave it running."""
    with running(Postgres(servers_dir)) as server:
        yield server


@pytest.fixture(scope="session")
def kafka(servers_dir: Path) -> Iterator[Kafka]:
    """A broker of this session, `kafka.address`; without topics."""
    with running(Kafka(servers_dir)) as server:
        yield server


@pytest.fixture(scope="session")
def temporal(servers_dir: Path) -> Iterator[Temporal]:
    """A Temporal server of this session, `temporal.address`, namespace `default`."""
    with running(Temporal(servers_dir)) as server:
        yield server


@pytest.fixture
async def database_url(postgres: Postgres) -> AsyncIterator[str]:
    """The superuser's URL of an empty database that is this test's alone."""
    url = await create_database(postgres)
    yield url
    await drop_database(postgres, url)


@pytest.fixture
async def topics(kafka: Kafka) -> str:
    """The broker's address, with the topics of the contracts on it."""
    await ensure_topics(kafka.address)
    return kafka.address
