"""Joint operations: how fast one went, from its log, beside the times of its level."""

from uuid import UUID

from fastapi import APIRouter

from contracts.legal_day import legal_day
from services.coordination.queries import operations as queries
from services.coordination.rules.operations import measured
from services.coordination.showing.operations import operation_view
from services.coordination.views.operations import OperationView
from services.kit.asked import Seen, TheDirectory, TheRecord

router = APIRouter(prefix="/operations", tags=["operations 联合执法"])


@router.get("/{operation}")
async def operation(
    record: TheRecord, directory: TheDirectory, seen: Seen, operation: UUID
) -> OperationView:
    """Reported, contacted, on site, secured, joint team complete, handed over."""
    async with record() as session:
        found = await queries.operation(session, seen, operation)
    level = found.level and directory.level(found.level, legal_day(found.matter.opened_at))
    return operation_view(found, measured(found.log, level.times if level else None))
