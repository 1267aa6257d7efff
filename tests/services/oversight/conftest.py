"""An audit log in a database of its own, with each role's way into it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from deploy.embedded.postgres import Postgres
from services.kit.database import Part, Sessions, engine, provision, sessions
from services.kit.decisions import handlers_by_type
from services.kit.inbox import Inbox, Incoming
from services.kit.migrate import migrate
from services.kit.settings import DatabaseSettings
from services.oversight.handlers import keep
from services.oversight.verifying import Verdict, verify
from tests.services.oversight.logs import KEYS
from tests.support.servers import ROLE_KEY, create_database, drop_database


@dataclass
class Log:
    """One audit log, from outside."""

    worker: Sessions
    app: Sessions
    owner: Sessions

    async def take(self, *events: Incoming) -> None:
        """Hear events as one batch."""
        await Inbox("oversight", self.worker, handlers_by_type([keep])).take(events)

    async def verdict(self) -> Verdict:
        return await verify(self.app, KEYS)

    async def tamper(self, *statements: str) -> None:
        """Change what may not be changed: the schema's owner, with the triggers off."""
        async with self.owner() as session, session.begin():
            await session.execute(text("ALTER TABLE entry DISABLE TRIGGER USER"))
            await session.execute(text("ALTER TABLE checkpoint DISABLE TRIGGER USER"))
            for statement in statements:
                await session.execute(text(statement))


def _settings(url: str) -> DatabaseSettings:
    return DatabaseSettings(url=SecretStr(url), role_key=SecretStr(ROLE_KEY))


@pytest.fixture(scope="session")
def empty_log(postgres: Postgres) -> str:
    """Name of a database with an empty log, to copy from: migrating takes half a second."""

    async def make() -> str:
        url = await create_database(postgres)
        await provision(url, ["oversight"], ROLE_KEY)
        await migrate(_settings(url), "oversight")
        return url.rpartition("/")[2]

    return asyncio.run(make())


@pytest.fixture
async def audit_database(postgres: Postgres, empty_log: str) -> AsyncIterator[str]:
    """The superuser's URL of a database with an audit log that is this test's alone."""
    url = await create_database(postgres, template=empty_log)
    yield url
    await drop_database(postgres, url)


@pytest.fixture
async def audit_log(audit_database: str) -> AsyncIterator[Log]:
    settings = _settings(audit_database)
    parts: tuple[Part, ...] = ("worker", "app", "owner")
    engines = [engine(settings, "oversight", part) for part in parts]
    yield Log(*(sessions(each, "oversight") for each in engines))
    for each in engines:
        await each.dispose()
