"""A case before its procedure begins, and the record after a way to one of its steps."""

from typing import Any

from contracts.procedure import StepOutcome
from services.kit.storage.transaction import transaction
from tests.services.enforcement.ways import records_to
from tests.support.enforcement import case
from tests.support.owner.record import Record


async def open_case(record: Record, **changes: Any) -> None:
    async with transaction(record.worker) as tx:
        tx.add(case(**changes))


async def written(record: Record, step: str) -> StepOutcome:
    """The record after a way to this step; what the step answered."""
    await open_case(record)
    return (await record.take_all(records_to(step)))[-1]


async def told(record: Record) -> list[str]:
    return [name.split(".")[1] for name in await record.told("enforcement")]
