"""Fixtures every test may ask for: servers, a database of its own, topics, choices by a seed."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from deploy.embedded.kafka import Kafka
from deploy.embedded.postgres import Postgres
from deploy.embedded.temporal import Temporal
from deploy.topics import ensure_topics
from tests.support.chance import Chance, chance_of, new_seed
from tests.support.servers import (
    Templates,
    create_database,
    drop_database,
    hurry,
    running,
    server_home,
)
from tests.support.sharing import Sharing, longest_first

SERVERS = {"postgres", "kafka", "temporal"}
JOURNEY_SECONDS = 300


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--seed", type=int, help="makes the random choices of that run again")


def pytest_configure(config: pytest.Config) -> None:
    if config.option.seed is None:
        config.option.seed = new_seed()


def pytest_report_header(config: pytest.Config) -> str:
    return _seed(config)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    terminalreporter.write_line(_seed(config))


def _seed(config: pytest.Config) -> str:
    return f"seed: {config.option.seed} (make test ARGS='--seed {config.option.seed}')"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if SERVERS & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.servers)
        if item.get_closest_marker("journey") and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(JOURNEY_SECONDS))
    items[:] = longest_first(items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Sharing:
    return Sharing(config, log)


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> Chance:
    """This test's random choices, which the run's seed decides."""
    return chance_of(request.config.option.seed, request.node.nodeid)


@pytest.fixture(scope="session")
def servers_dir() -> Iterator[Path]:
    with server_home() as home:
        yield home


@pytest.fixture(scope="session")
def postgres(servers_dir: Path) -> Iterator[Postgres]:
    """A PostgreSQL of this session. `kill()` and `start()` it as you like; leave it running."""
    with running(Postgres(servers_dir)) as server:
        asyncio.run(hurry(server))
        yield server


@pytest.fixture(scope="session")
def templates(postgres: Postgres) -> Templates:
    """Databases to copy from: `await templates.copy("enforcement")`."""
    return Templates(postgres)


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
