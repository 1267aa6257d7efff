"""An audit log in a database of its own, with each role's way into it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from services.kit.database import Part, Sessions, engine, provision, sessions
from services.kit.decisions import handlers_by_type
from services.kit.inbox import Inbox, Incoming
from services.kit.migrate import migrate
from services.kit.settings import DatabaseSettings
from services.oversight.handlers import keep
from services.oversight.verifying import Verdict, verify
from tests.services.oversight.logs import KEYS

ROLE_KEY = "a key for the roles of tests"


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


@pytest.fixture
async def audit_log(database_url: str) -> AsyncIterator[Log]:
    settings = DatabaseSettings(url=SecretStr(database_url), role_key=SecretStr(ROLE_KEY))
    await provision(database_url, ["oversight"], ROLE_KEY)
    await migrate(settings, "oversight")
    parts: tuple[Part, ...] = ("worker", "app", "owner")
    engines = [engine(settings, "oversight", part) for part in parts]
    yield Log(*(sessions(each, "oversight") for each in engines))
    for each in engines:
        await each.dispose()
