"""The procedures on record, whichever service keeps them."""

from uuid import UUID

import asyncpg

from contracts.catalogue import OWNERS
from contracts.procedure import ProcedureState
from services.kit.settings import Settings
from services.kit.storage.database import dsn


async def of_case(settings: Settings, case_id: UUID) -> list[ProcedureState]:
    """All of one case, ended ones too."""
    return await _states(settings, "case_id = $1", case_id)


async def running(settings: Settings) -> list[ProcedureState]:
    """All that have not ended."""
    return await _states(settings, "NOT ended")


async def _states(settings: Settings, which: str, *bound: object) -> list[ProcedureState]:
    found: list[ProcedureState] = []
    for owner in OWNERS:
        connection = await asyncpg.connect(dsn(settings.database, owner.name))
        try:
            rows = await connection.fetch(
                f"SELECT state FROM procedure WHERE {which} ORDER BY id", *bound
            )
        finally:
            await connection.close()
        found += [ProcedureState.model_validate_json(row["state"]) for row in rows]
    return found
