"""The record of one unit in a database of its own: provisioned and migrated once a session."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, NoReturn

import asyncpg
from pydantic import SecretStr
from sqlalchemy import event, text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.procedure import RecordStep, StepOutcome
from deploy.embedded.postgres import Postgres
from services.kit.events.envelope import Envelope
from services.kit.settings import DatabaseSettings
from services.kit.steps.effects import Effects
from services.kit.steps.recording import record_step
from services.kit.storage.database import DatabaseRole, Sessions, engine, provision, sessions
from services.kit.storage.migrate import migrate
from tests.support.servers import ROLE_KEY, create_database, execute

PARTS: tuple[DatabaseRole, ...] = ("worker", "app", "owner")


def database_settings(url: str) -> DatabaseSettings:
    return DatabaseSettings(url=SecretStr(url), role_key=SecretStr(ROLE_KEY))


async def migrated_database(postgres: Postgres, unit: str) -> str:
    """URL of a new database with the unit's tables, to work in or to copy from."""
    url = await create_database(postgres)
    name = url.rpartition("/")[2]
    # no test of a record crashes its server
    await execute(postgres, f'ALTER DATABASE "{name}" SET synchronous_commit = off')
    await provision(url, [unit], ROLE_KEY)
    await migrate(database_settings(url), unit)
    return url


@asynccontextmanager
async def three_parts(settings: DatabaseSettings, unit: str) -> AsyncIterator[tuple[Sessions, ...]]:
    """Sessions as worker, API and owner, in this order."""
    engines = [engine(settings, unit, part) for part in PARTS]
    yield tuple(sessions(each, unit) for each in engines)
    for each in engines:
        await each.dispose()


@dataclass(frozen=True)
class Record:
    """One database, as its three roles see it, and the effects that write to it."""

    unit: str
    settings: DatabaseSettings
    effects: Effects
    worker: Sessions
    app: Sessions
    owner: Sessions

    async def take(self, step: RecordStep) -> StepOutcome:
        return await record_step(self.worker, self.effects, step)

    async def fail(self, step: RecordStep) -> None:
        """Take it, and lose the database when all is written and nothing is committed yet."""

        def failing() -> AsyncSession:
            session = self.worker()
            event.listen(session.sync_session, "before_commit", _gone)
            return session

        await record_step(failing, self.effects, step)  # type: ignore[arg-type]

    async def take_all(self, steps: Iterable[RecordStep]) -> list[StepOutcome]:
        return [await self.take(step) for step in steps]

    async def select(self, statement: str, **bound: Any) -> list[dict[str, Any]]:
        async with self.owner() as session:
            found = await session.execute(text(statement), bound)
            return [dict(row) for row in found.mappings()]

    async def rows(self, table: str) -> list[dict[str, Any]]:
        return await self.select(f"SELECT * FROM {table} ORDER BY 1, 2")

    async def tables(self) -> list[str]:
        found = await self.select(
            "SELECT tablename FROM pg_tables WHERE tablename <> 'alembic_version'"
            " AND schemaname = current_schema() ORDER BY tablename"
        )
        return [row["tablename"] for row in found]

    async def everything(self) -> dict[str, list[str]]:
        """Every row of every table there is, as JSON."""
        tables = await self.tables()
        asked = (
            f"SELECT '{name}' AS name, array_agg(said ORDER BY said) AS rows"
            f" FROM (SELECT to_jsonb(r)::text AS said FROM {name} r) AS found"
            for name in tables
        )
        found = await self.select(" UNION ALL ".join(asked))
        return {row["name"]: row["rows"] or [] for row in found}

    async def told(self, by: str = "") -> list[str]:
        """Types of the events owed, in order, without the prefix they share; of one service."""
        found = await self.select("SELECT type FROM outbox ORDER BY id")
        types = [row["type"].removeprefix("cn.metrology.") for row in found]
        return [name for name in types if name.startswith(f"{by}." if by else "")]

    async def envelopes(self, source: str = "") -> list[Envelope]:
        """What the relay would publish, as the unit itself or whoever else says it."""
        return [
            Envelope(
                id=str(row["event_id"]),
                source=source or f"/services/{self.unit}",
                type=row["type"],
                subject=row["subject"],
                time=row["time"],
                data=row["data"],
            )
            for row in await self.rows("outbox")
        ]

    async def empty(self) -> None:
        """No row is left, whatever refers to it. TRUNCATE of many small tables takes far longer."""
        deleted = (f"DELETE FROM {self.unit}.{name}" for name in await self.tables())
        unchecked = "SET session_replication_role = replica"
        connection = await asyncpg.connect(self.settings.url.get_secret_value())
        try:
            await connection.execute("; ".join([unchecked, *deleted]))
        finally:
            await connection.close()


def _gone(_session: object) -> NoReturn:
    raise ConnectionError("the database went away")
