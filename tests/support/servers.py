"""The real servers of a test session, each started when the first test asks for it."""

import asyncio
import itertools
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TypeVar

import asyncpg
from pydantic import SecretStr

from contracts.catalogue import UNITS
from deploy.embedded.postgres import Postgres
from deploy.embedded.server import Server
from services.kit.settings import DatabaseSettings
from services.kit.storage.database import provision
from services.kit.storage.migrate import migrate

ROLE_KEY = "a key for the roles of tests"
"""One for all: roles belong to the server, so another key would lock out whoever came before."""


@contextmanager
def server_home() -> Iterator[Path]:
    """A folder the database's own user can pass through, unlike pytest's temporary ones."""
    home = Path(tempfile.mkdtemp(prefix="steelyard-test-"))
    try:
        yield home
    finally:
        shutil.rmtree(home, ignore_errors=True)


Kind = TypeVar("Kind", bound=Server)


@contextmanager
def running(server: Kind) -> Iterator[Kind]:
    server.start()
    try:
        yield server
    finally:
        server.stop()


@asynccontextmanager
async def down(*servers: Server) -> AsyncIterator[None]:
    """Killed at once, and running again after the block, however it ends."""
    try:
        for server in servers:
            await asyncio.to_thread(server.kill)
        yield
    finally:
        for server in servers:
            await asyncio.to_thread(server.start)


_numbers = itertools.count(1)


async def create_database(postgres: Postgres, template: str = "template1") -> str:
    """A database of a test's own, copied from the template; returns its superuser URL."""
    name = f"test_{next(_numbers)}"
    # copied as files: the other way, through the log, takes twice as long
    await execute(postgres, f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
    return postgres.url(name)


class Templates:
    """Databases with the tables of units, each migrated once and then copied for every test."""

    def __init__(self, postgres: Postgres) -> None:
        self._postgres = postgres
        self._made: dict[tuple[str, ...], str] = {}

    async def copy(self, *units: str) -> str:
        """The superuser's URL of a database of a test's own with these units' tables."""
        if units not in self._made:
            self._made[units] = await self._migrated(units)
        return await create_database(self._postgres, self._made[units])

    async def _migrated(self, units: Sequence[str]) -> str:
        url = await create_database(self._postgres)
        await provision(url, units, ROLE_KEY)
        settings = DatabaseSettings(url=SecretStr(url), role_key=SecretStr(ROLE_KEY))
        for unit in UNITS:
            if unit.name in units:
                await migrate(settings, unit.name, unit.home)
        return url.rpartition("/")[2]


async def drop_database(postgres: Postgres, url: str) -> None:
    """Remove it, with whoever is still connected."""
    name = url.rpartition("/")[2]
    await execute(postgres, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


async def hurry(postgres: Postgres) -> None:
    """Wait for no disk. Killed, it still finds all it wrote: the kernel has it, and lives on."""
    await execute(postgres, "ALTER SYSTEM SET fsync = off")
    await execute(postgres, "SELECT pg_reload_conf()")


async def execute(postgres: Postgres, statement: str) -> None:
    connection = await asyncpg.connect(postgres.url("postgres"))
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
