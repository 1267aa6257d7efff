"""Joint operations: how fast one went, from its log, beside the times of its level."""

from uuid import UUID

from fastapi import APIRouter

from contracts.legal_day import legal_day
from services.coordination.queries import operations as queries
from services.coordination.rules.operations import measured
from services.coordination.showing.operations import operation_view
from services.coordination.views.operations import OperationView
from services.kit.http.dependencies import TheDirectory, TheRecord, Visible
from services.kit.rights.visibility import EVERYTHING, seeing

router = APIRouter(prefix="/operations", tags=["operations 联合执法"])


@router.get("/{operation}")
async def operation(
    record: TheRecord, directory: TheDirectory, visible: Visible, operation: UUID
) -> OperationView:
    """Reported, contacted, on site, secured, joint team complete, handed over."""
    async with seeing(record, visible) as session:
        found = await queries.operation(session, visible, operation)
    async with seeing(record, EVERYTHING) as session:
        pace = await queries.pace(session, found)
    level = pace.level and directory.level(pace.level, legal_day(found.matter.opened_at))
    reached = measured(pace.log, level.times if level else None)
    return operation_view(found, pace.level, reached)
