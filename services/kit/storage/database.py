"""One schema a unit, and roles that can use no other: who may connect as what."""

import hashlib
import hmac
import re
from collections.abc import Iterable
from typing import Literal

import asyncpg
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine
from sqlalchemy.ext.asyncio import AsyncSession as PlainSession
from sqlmodel.ext.asyncio.session import AsyncSession

from services.kit.settings import DatabaseSettings

DatabaseRole = Literal["owner", "app", "worker"]
"""Migrations; the HTTP API; consumers, relay and activities."""

Sessions = async_sessionmaker[AsyncSession]


class _Session(AsyncSession):
    """SQLModel's, whose `execute` would warn each time; SQL as text has no other way in."""

    execute = PlainSession.execute


def role(unit: str, as_: DatabaseRole) -> str:
    """The PostgreSQL role of one part of a unit."""
    if not re.fullmatch(r"[a-z][a-z_]{1,40}", unit):
        raise ValueError(f"{unit!r} is no unit's name")
    return f"steelyard_{unit}_{as_}"


def password(role_key: str, role_name: str) -> str:
    """Derived, so that no unit keeps a list of passwords."""
    return hmac.new(role_key.encode(), role_name.encode(), hashlib.sha256).hexdigest()


def address(settings: DatabaseSettings, unit: str, as_: DatabaseRole = "worker") -> URL:
    """The database's address as one role of a unit."""
    name = role(unit, as_)
    secret = password(settings.role_key.get_secret_value(), name)
    return make_url(settings.url.get_secret_value()).set(username=name, password=secret)


def dsn(settings: DatabaseSettings, unit: str, as_: DatabaseRole = "worker") -> str:
    """For a connection without SQLAlchemy; its `search_path` is the unit's schema."""
    url = address(settings, unit, as_).set(drivername="postgresql")
    return url.update_query_dict({"search_path": unit}).render_as_string(hide_password=False)


def engine(settings: DatabaseSettings, unit: str, as_: DatabaseRole = "worker") -> AsyncEngine:
    """A pool of connections that see the unit's schema alone."""
    return create_async_engine(
        address(settings, unit, as_).set(drivername="postgresql+asyncpg"),
        pool_size=settings.pool_size,
        max_overflow=settings.pool_size,
        connect_args={
            "server_settings": {
                "search_path": unit,
                "application_name": role(unit, as_),
                # a process that froze with a lock in hand lets go of it
                "idle_in_transaction_session_timeout": "120000",
                "jit": "off",
            },
        },
    )


def sessions(on: AsyncEngine, unit: str) -> Sessions:
    """Sessions that know whose they are."""
    return async_sessionmaker(on, class_=_Session, expire_on_commit=False, info={"unit": unit})


async def provision(admin_url: str, units: Iterable[str], role_key: str) -> None:
    """Create each unit's schema and roles, as an administrator; again changes nothing."""
    url = make_url(admin_url).set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction():
            await connection.execute("SELECT pg_advisory_xact_lock(hashtext('steelyard'))")
            await connection.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
            for unit in units:
                await _provision(connection, unit, role_key)
    finally:
        await connection.close()


async def _provision(connection: asyncpg.Connection, unit: str, role_key: str) -> None:
    owner, app, worker = (role(unit, part) for part in ("owner", "app", "worker"))
    for name in (owner, app, worker):
        if not await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", name):
            await connection.execute(f"CREATE ROLE {name}")
        secret = password(role_key, name)  # hexadecimal: safe in a literal
        await connection.execute(
            f"ALTER ROLE {name} LOGIN NOINHERIT NOCREATEDB NOCREATEROLE PASSWORD '{secret}'"
        )
    await connection.execute(
        f"""
        GRANT {owner} TO CURRENT_USER;
        CREATE SCHEMA IF NOT EXISTS {unit} AUTHORIZATION {owner};
        REVOKE ALL ON SCHEMA {unit} FROM PUBLIC;
        GRANT USAGE ON SCHEMA {unit} TO {app}, {worker};
        ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA {unit}
            GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}, {worker};
        ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA {unit}
            GRANT USAGE, SELECT ON SEQUENCES TO {app}, {worker};
        """
    )
