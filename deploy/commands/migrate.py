"""`steelyard migrate`: schemas, roles and tables of every unit, as they should be today."""

import asyncio

from rich.console import Console

from deploy.supervise import UNITS, module_of
from services.kit.database import provision
from services.kit.migrate import migrate as upgrade
from services.kit.settings import DatabaseSettings

PACKAGES = {"workflows": "workflows"}
"""Units that are no service."""


def migrate() -> None:
    """迁移数据库。 Create schemas and roles, and bring every unit's tables up to date."""
    asyncio.run(_migrate(DatabaseSettings()))


async def _migrate(settings: DatabaseSettings) -> None:
    out = Console()
    url, key = settings.url.get_secret_value(), settings.role_key.get_secret_value()
    units = [module_of(unit) for unit in UNITS]
    await provision(url, units, key)
    for unit in units:
        package = PACKAGES.get(unit, f"services.{unit}")
        await upgrade(settings, unit, package)
        out.print(f"✔ {unit}", highlight=False)
