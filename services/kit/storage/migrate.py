"""Bring a unit's schema up to date: Alembic, as its owner, one process at a time.

A unit's `migrations/env.py` is two lines: it imports `run` and calls it.
"""

from importlib.util import find_spec
from pathlib import Path
from typing import cast

from alembic import command, context
from alembic.config import Config
from sqlalchemy import Connection, text

from services.kit.settings import DatabaseSettings
from services.kit.storage.database import engine


async def migrate(settings: DatabaseSettings, unit: str, package: str | None = None) -> None:
    """Upgrade to the newest revision; `package` has the `migrations` folder."""
    owner = engine(settings, unit, "owner")
    try:
        async with owner.begin() as connection:
            # held to the end of the transaction: a second process waits, then finds nothing to do
            await connection.execute(
                text("SELECT pg_advisory_xact_lock(hashtext('migrate'), hashtext(:unit))"),
                {"unit": unit},
            )
            await connection.run_sync(_upgrade, package or f"services.{unit}")
    finally:
        await owner.dispose()


def run() -> None:
    """What `env.py` calls: run revisions on the connection `migrate` opened."""
    context.configure(connection=cast(Connection, context.config.attributes["connection"]))
    context.run_migrations()


def _upgrade(connection: Connection, package: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(_folder(package)))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ValueError(f"{package} is no package")
    return Path(spec.submodule_search_locations[0]) / "migrations"
