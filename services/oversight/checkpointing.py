"""Signing the log's size and root, whenever it has grown."""

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts import oversight
from services.kit.clock import Clock
from services.kit.database import Sessions
from services.oversight.log import frontier
from services.oversight.models import Checkpoint
from services.oversight.rules.checkpoints import CheckpointKey, signed


async def checkpoint(
    sessions: Sessions, key: CheckpointKey, clock: Clock
) -> oversight.Checkpoint | None:
    """Sign the log as it stands; none where the last checkpoint covers all of it."""
    async with sessions() as session, session.begin():
        edge = await frontier(session)
        if edge.size <= await _covered(session):
            return None
        said = signed(key, size=edge.size, root=edge.root(), at=clock.now())
        # Two replicas may sign at once: one size has one root, so the first is enough.
        await session.execute(insert(Checkpoint).values(said.model_dump()).on_conflict_do_nothing())
    return said


async def _covered(session: AsyncSession) -> int:
    return (await session.exec(select(func.max(Checkpoint.size)))).one() or 0
