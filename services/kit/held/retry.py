"""Asks held events again, in their key's order, until they succeed or attempts are used up."""

import asyncio
from typing import Any

import structlog
from sqlalchemy import Row, text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.says import Says
from services.kit.errors import SteelyardError
from services.kit.events.envelope import Envelope, Headers, from_kafka
from services.kit.events.inbox import Inbox, Incoming
from services.kit.events.reading import Reader
from services.kit.faults import describe, is_the_databases
from services.kit.held.store import next_attempt
from services.kit.storage.database import Sessions

log = structlog.get_logger()


class Retrying:
    """The loop beside a unit's inbox."""

    def __init__(self, sessions: Sessions, inbox: Inbox, reader: Reader) -> None:
        self._sessions = sessions
        self._inbox = inbox
        self._reader = reader

    async def run(self, *, every_s: float = 0.5) -> None:
        """Until cancelled."""
        while True:
            try:
                while await self.next_key():
                    pass
            except Exception as fault:
                log.warning("retrying_failed", says=describe(fault))
            await asyncio.sleep(every_s)

    async def next_key(self) -> bool:
        """Take up one key whose first event is due: that one, then those behind it."""
        async with self._sessions() as session, session.begin():
            head = (await session.execute(_HEAD)).first()
            if head is None:
                return False
            for row in (await session.execute(_QUEUE, {"key": head.key})).all():
                if not await self._again(session, row):
                    break
            return True

    async def _again(self, session: AsyncSession, row: Row[Any]) -> bool:
        try:
            async with session.begin_nested():
                await self._take(session, row)
        except Exception as fault:
            if is_the_databases(fault):
                raise
            attempts, delay = next_attempt(row.attempts, fault)
            bound = {"seq": row.seq, "attempts": attempts, "delay": delay, "says": describe(fault)}
            await session.execute(_AGAIN_LATER, bound)
            log.warning("still_held", id=row.id, type=row.type, attempts=attempts, next_s=delay)
            return False
        await session.execute(_DONE, {"seq": row.seq})
        return True

    async def _take(self, session: AsyncSession, row: Row[Any]) -> None:
        heard = self._reader.open(row.topic, reopened(row), row.received_at)
        if heard is None:
            raise SteelyardError(
                Says(f"此处已不再收取 {row.type}。", f"nothing here hears {row.type} any more")
            )
        outcome = await self._inbox.decide(session, [Incoming(heard, row.topic)], set())
        for _, fault in outcome.held:
            raise fault or SteelyardError(Says("滞留。", "held"))
        await self._inbox.write(session, outcome)


def reopened(row: Row[Any]) -> Envelope:
    """The envelope of a held event, from its row."""
    headers: Headers = [(name, value.encode()) for name, value in row.headers]
    return from_kafka(row.key.encode(), row.value, headers)


_HEAD = text(
    """
    SELECT key FROM held AS head
    WHERE next_at <= now()
      AND NOT EXISTS (SELECT 1 FROM held AS o WHERE o.key = head.key AND o.seq < head.seq)
    ORDER BY next_at LIMIT 1
    FOR UPDATE SKIP LOCKED
    """
)
_QUEUE = text("SELECT * FROM held WHERE key = :key ORDER BY seq LIMIT 200")
_DONE = text("DELETE FROM held WHERE seq = :seq")
_AGAIN_LATER = text(
    """
    UPDATE held
    SET attempts = :attempts, says = :says,
        next_at = now() + CAST(:delay AS float8) * interval '1 second'
    WHERE seq = :seq
    """
)
