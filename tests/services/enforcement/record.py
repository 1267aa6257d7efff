"""Writes the steps of a played case into enforcement's record, and reads what they left."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import text

from contracts.procedure import RecordStep, StepOutcome
from services.enforcement.effects import effects
from services.kit.database import Sessions
from services.kit.steps import record_step
from services.kit.transaction import transaction
from tests.services.enforcement.conftest import Record
from tests.services.enforcement.ways import records_to
from tests.support.enforcement import case, directory

EFFECTS = effects(directory)


async def open_case(record: Record, **changes: Any) -> None:
    async with transaction(record.worker) as tx:
        tx.add(case(**changes))


async def write(record: Record, steps: Sequence[RecordStep]) -> list[StepOutcome]:
    return [await record_step(record.worker, EFFECTS, step) for step in steps]


async def written(record: Record, step: str) -> StepOutcome:
    """The record after a way to this step; what the step answered."""
    await open_case(record)
    return (await write(record, records_to(step)))[-1]


async def rows(of: Sessions, statement: str) -> list[dict[str, Any]]:
    async with of() as session:
        return [dict(row._mapping) for row in await session.execute(text(statement))]


async def told(record: Record) -> list[str]:
    found = await rows(record.worker, "SELECT type FROM outbox ORDER BY id")
    return [row["type"].split(".")[3] for row in found if ".procedure." not in row["type"]]
