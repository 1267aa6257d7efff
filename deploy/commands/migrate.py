"""`steelyard migrate`: schemas, roles and tables of every unit, as they should be today."""

import asyncio

from rich.console import Console

from contracts.catalogue import UNITS
from services.kit.settings import DatabaseSettings
from services.kit.storage.database import provision
from services.kit.storage.migrate import migrate as upgrade


def migrate() -> None:
    """迁移数据库。 Create schemas and roles, and bring every unit's tables up to date."""
    asyncio.run(_migrate(DatabaseSettings()))


async def _migrate(settings: DatabaseSettings) -> None:
    out = Console()
    url, key = settings.url.get_secret_value(), settings.role_key.get_secret_value()
    await provision(url, [unit.name for unit in UNITS], key)
    for unit in UNITS:
        await upgrade(settings, unit.name, unit.home)
        out.print(f"✔ {unit.name}", highlight=False)
