"""Forgets, after long enough, that an event was taken or told; what it led to stays."""

import asyncio
from datetime import timedelta

import structlog
from sqlalchemy import text

from contracts.catalogue import TOPICS
from services.kit.faults import describe
from services.kit.storage.database import Sessions

log = structlog.get_logger()

TAKEN_FOR = 4 * max(topic.retention for topic in TOPICS)
"""Longer than any topic keeps an event, or a late repeat would be taken for a new one."""
TOLD_FOR = timedelta(days=90)
"""How long the proof of sending is kept."""

AT_ONCE = 10_000


async def forget(sessions: Sessions) -> int:
    """Remove what is old, a piece at a time; how many rows."""
    removed = 0
    for statement, age in ((_TAKEN, TAKEN_FOR), (_TOLD, TOLD_FOR)):
        piece = AT_ONCE
        while piece == AT_ONCE:
            async with sessions() as session, session.begin():
                bound = {"age": age, "limit": AT_ONCE}
                piece = len((await session.execute(statement, bound)).all())
            removed += piece
    return removed


async def keep_forgetting(sessions: Sessions, *, every: timedelta = timedelta(hours=1)) -> None:
    """Until cancelled."""
    while True:
        try:
            if removed := await forget(sessions):
                log.info("forgotten", rows=removed)
        except Exception as fault:
            log.warning("forgetting_failed", says=describe(fault))
        await asyncio.sleep(every.total_seconds())


_TAKEN = text(
    """
    DELETE FROM inbox WHERE ctid IN (
        SELECT ctid FROM inbox WHERE received_at < now() - CAST(:age AS interval) LIMIT :limit
    ) RETURNING 1
    """
)
_TOLD = text(
    """
    DELETE FROM outbox WHERE id IN (
        SELECT id FROM outbox WHERE published_at < now() - CAST(:age AS interval) LIMIT :limit
    ) RETURNING 1
    """
)
