"""The real servers of a test session, each started when the first test asks for it."""

import asyncio
import itertools
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TypeVar

import asyncpg

from deploy.embedded.postgres import Postgres
from deploy.embedded.server import Server

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
    await execute(postgres, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return postgres.url(name)


async def drop_database(postgres: Postgres, url: str) -> None:
    """Remove it, with whoever is still connected."""
    name = url.rpartition("/")[2]
    await execute(postgres, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


async def execute(postgres: Postgres, statement: str) -> None:
    connection = await asyncpg.connect(postgres.url("postgres"))
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
