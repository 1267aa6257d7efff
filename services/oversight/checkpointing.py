"""Signing the log's size and root, whenever it has grown."""

import asyncio
from datetime import timedelta

import structlog
from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts import oversight
from services.kit.clock import WallClock
from services.kit.faults import describe
from services.kit.storage.database import Sessions
from services.oversight.log import Damaged, frontier
from services.oversight.models import Checkpoint
from services.oversight.rules.checkpoints import CheckpointKey, signed

EVERY = timedelta(seconds=10)
"""How old the part of the log that no checkpoint covers may grow."""

log = structlog.get_logger()


class Checkpoints:
    """Signs one as often as the log grows."""

    def __init__(
        self, sessions: Sessions, key: CheckpointKey, clock: WallClock | None = None
    ) -> None:
        self._sessions = sessions
        self._key = key
        self._clock = clock or WallClock()

    async def run(self, every: timedelta = EVERY) -> None:
        """Until cancelled."""
        while True:
            await self.try_one()
            await asyncio.sleep(every.total_seconds())

    async def try_one(self) -> None:
        """Sign one; where that fails, the alarm is in the log and the next one comes."""
        try:
            said = await self.one()
        except (SQLAlchemyError, OSError, Damaged) as fault:
            log.error("checkpoint_failed", says=describe(fault))
        else:
            if said is not None:
                # Wherever the logs go, the root goes with them: one more witness.
                log.info("checkpoint_signed", size=said.size, root=said.root, kid=said.kid)

    async def one(self) -> oversight.Checkpoint | None:
        """Sign the log as it stands; none where the last checkpoint covers all of it."""
        async with self._sessions() as session, session.begin():
            edge = await frontier(session)
            if edge.size <= await _covered(session):
                return None
            said = signed(self._key, size=edge.size, root=edge.root(), moment=self._clock.now())
            # Two replicas may sign at once: one size has one root, so the first is enough.
            connection = await session.connection()
            await connection.execute(
                insert(Checkpoint).values(said.model_dump()).on_conflict_do_nothing()
            )
        return said


async def _covered(session: AsyncSession) -> int:
    return (await session.exec(select(func.max(Checkpoint.size)))).one() or 0
