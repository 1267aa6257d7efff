"""An audit log in a database of its own, with each role's way into it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from sqlalchemy import text

from deploy.embedded.postgres import Postgres
from services.kit.events.handling import handlers_by_type
from services.kit.events.inbox import Inbox, Incoming
from services.kit.storage.database import Sessions
from services.oversight.handlers import keep
from services.oversight.verifying import AuditVerdict, verify
from tests.services.oversight.logs import KEYS
from tests.support.owner.record import database_settings, migrated_database, three_parts
from tests.support.servers import create_database, drop_database


@dataclass
class Log:
    """One audit log, from outside."""

    worker: Sessions
    app: Sessions
    owner: Sessions

    async def take(self, *events: Incoming) -> None:
        """Hear events as one batch."""
        await Inbox("oversight", self.worker, handlers_by_type([keep])).take(events)

    async def verdict(self) -> AuditVerdict:
        return await verify(self.app, KEYS)

    async def tamper(self, *statements: str) -> None:
        """Change what may not be changed: the schema's owner, with the triggers off."""
        async with self.owner() as session, session.begin():
            await session.execute(text("ALTER TABLE entry DISABLE TRIGGER USER"))
            await session.execute(text("ALTER TABLE checkpoint DISABLE TRIGGER USER"))
            for statement in statements:
                await session.execute(text(statement))


@pytest.fixture(scope="session")
def empty_log(postgres: Postgres) -> str:
    """Name of a database with an empty log, to copy from: no row of a log can be removed."""
    return asyncio.run(migrated_database(postgres, "oversight")).rpartition("/")[2]


@pytest.fixture
async def audit_database(postgres: Postgres, empty_log: str) -> AsyncIterator[str]:
    """The superuser's URL of a database with an audit log that is this test's alone."""
    url = await create_database(postgres, template=empty_log)
    yield url
    await drop_database(postgres, url)


@pytest.fixture
async def audit_log(audit_database: str) -> AsyncIterator[Log]:
    async with three_parts(database_settings(audit_database), "oversight") as parts:
        yield Log(*parts)
