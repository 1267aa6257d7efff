"""The audit log over HTTP, for evaluators and operators: entries, checkpoints, proofs."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Request

from contracts.agencies import Role
from contracts.oversight import Checkpoint
from services.kit.rights.identity import Asking, require_role
from services.kit.storage.database import Sessions
from services.oversight import queries
from services.oversight.views import ConsistencyProof, EntryView, InclusionProof

LONGEST_LOG = 2**63 - 1
EntryIndex = Annotated[int, Path(ge=0, le=LONGEST_LOG)]
Size = Annotated[int, Query(ge=1, le=LONGEST_LOG)]


def may_audit(asking: Asking) -> None:
    """Evaluators judge what was done, operators look after the log; nobody else reads it all."""
    require_role(asking, Role.EVALUATOR, Role.OPERATOR)


def of_the_log(request: Request) -> Sessions:
    sessions: Sessions = request.app.state.sessions
    return sessions


TheLog = Annotated[Sessions, Depends(of_the_log)]
router = APIRouter(prefix="/audit", tags=["audit 审计"], dependencies=[Depends(may_audit)])


@router.get("/checkpoints/latest")
async def latest_checkpoint(log: TheLog) -> Checkpoint:
    """The newest signed checkpoint. Keep it elsewhere: it holds the log to its word."""
    async with log() as session:
        return await queries.latest_checkpoint(session)


@router.get("/entries")
async def entries(
    log: TheLog,
    case: UUID,
    after: Annotated[int, Query(ge=-1, le=LONGEST_LOG)] = -1,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> list[EntryView]:
    """All that was told of a case, in the order it was recorded."""
    async with log() as session:
        return await queries.of_case(session, case, after=after, limit=limit)


@router.get("/entries/{index}")
async def entry(log: TheLog, index: EntryIndex) -> EntryView:
    """One entry with its salt and bytes, so that anyone can recompute its leaf hash."""
    async with log() as session:
        return await queries.one(session, index)


@router.get("/proofs/inclusion/{index}")
async def inclusion(log: TheLog, index: EntryIndex, size: Size | None = None) -> InclusionProof:
    """Proof that an entry is in the log; of a checkpoint's size, or of today's."""
    async with log() as session:
        return await queries.inclusion(session, index, size)


@router.get("/proofs/consistency")
async def consistency(
    log: TheLog, old: Annotated[Size, Query(alias="from")], to: Size | None = None
) -> ConsistencyProof:
    """Proof that the log only grew between two sizes."""
    async with log() as session:
        return await queries.consistency(session, old, to)
