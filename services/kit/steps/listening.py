"""Hears which steps have been recorded, the moment they commit.

A step is taken once its owner has written it down. Its workflow learns that a few milliseconds
later, and only then answers; whoever asked need not wait for it. Where this connection is away,
the workflow's answer is waited for as before.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import asyncpg
import structlog

from services.kit.faults import describe

log = structlog.get_logger()
CONNECT_S = 2.0


def channel(unit: str) -> str:
    """NOTIFY channels are of the whole database, so each unit's has its name."""
    return f"steelyard_{unit}_steps"


class StepListener:
    """One connection that listens for a unit's steps; made when first needed, and made anew."""

    def __init__(self, unit: str, dsn: str) -> None:
        self._channel = channel(unit)
        self._dsn = dsn
        self._expected: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        self._connection: asyncpg.Connection | None = None
        self._connecting = asyncio.Lock()

    @asynccontextmanager
    async def expect(self, request_id: UUID) -> AsyncIterator[asyncio.Event]:
        """An event that is set when the step of this request is on record."""
        await self._listen()
        recorded, key = asyncio.Event(), str(request_id)
        self._expected[key].add(recorded)
        try:
            yield recorded
        finally:
            self._expected[key].discard(recorded)
            if not self._expected[key]:
                del self._expected[key]

    async def stop(self) -> None:
        if self._connection is not None:
            await self._connection.close()

    async def _listen(self) -> None:
        async with self._connecting:
            if self._connection is not None and not self._connection.is_closed():
                return
            try:
                self._connection = await asyncpg.connect(self._dsn, timeout=CONNECT_S)
                await self._connection.add_listener(self._channel, self._heard)
            except Exception as fault:
                self._connection = None
                log.warning("outcomes_unheard", says=describe(fault))

    def _heard(self, _connection: object, _pid: int, _channel: str, request_id: object) -> None:
        for recorded in self._expected.get(str(request_id), ()):
            recorded.set()
