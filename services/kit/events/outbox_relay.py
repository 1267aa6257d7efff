"""Pays what the outbox owes: one relay a unit, in order, woken by the commit that owes.

The lock, the reading and the marking are on one connection, so losing it loses all three. The
notices come on a second one: a holder that froze is cut off by `idle_session_timeout`, which a
LISTENing connection would never be.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

import asyncpg
import structlog
from aiokafka import AIOKafkaProducer

from services.kit.clock import LEGAL_ZONE
from services.kit.events.envelope import SERVICES, Envelope, to_kafka
from services.kit.events.outbox import channel
from services.kit.faults import describe

log = structlog.get_logger()

BATCH = 500
LOCK = 7001
"""First half of the advisory lock's number; the second is the unit's."""


class Relay:
    """Publishes one unit's events."""

    def __init__(
        self,
        unit: str,
        dsn: str,
        bootstrap_servers: str,
        *,
        published: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self._unit = unit
        self._dsn = dsn
        self._servers = bootstrap_servers
        self._published = published
        """Called between publishing and marking: where a crash costs the most."""
        self._stopping = False
        self.active = False

    async def run(self) -> None:
        """Term after term, until cancelled or asked to stop."""
        while not self._stopping:
            try:
                await self._term()
            except Exception as fault:
                log.warning("relay_term_ended", unit=self._unit, says=describe(fault))
                await asyncio.sleep(0.3)
            finally:
                self.active = False

    def stop(self) -> None:
        """Ask the term to end after the batch in hand."""
        self._stopping = True

    async def _term(self) -> None:
        async with contextlib.AsyncExitStack() as stack:
            holder = await self._connect(stack, {"idle_session_timeout": "5000"})
            while not await holder.fetchval(_TRY_LOCK, LOCK, self._unit):
                if self._stopping:
                    return
                await asyncio.sleep(0.3)
            wake = await self._listen(stack)
            producer = await self._producer(stack)
            self.active = True
            while not self._stopping:
                wake.clear()
                if not await self._pay(holder, producer):
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(wake.wait(), 1)

    async def _pay(self, holder: asyncpg.Connection, producer: AIOKafkaProducer) -> bool:
        rows = await holder.fetch(_OWED, BATCH)
        if not rows:
            return False
        sent = [await self._send(producer, row) for row in rows]
        await asyncio.gather(*sent)
        if self._published is not None:
            await self._published()
        await holder.execute(_MARK, [row["id"] for row in rows])
        return True

    async def _send(
        self, producer: AIOKafkaProducer, row: asyncpg.Record
    ) -> asyncio.Future[object]:
        key, value, headers = to_kafka(
            Envelope(
                id=str(row["event_id"]),
                source=f"{SERVICES}{self._unit}",
                type=row["type"],
                subject=row["subject"],
                time=row["time"].astimezone(LEGAL_ZONE),
                data=row["data"],
                causationid=row["causationid"],
                traceparent=row["traceparent"],
            )
        )
        future: asyncio.Future[object] = await producer.send(
            row["topic"], value, key=key, headers=headers
        )
        return future

    async def _connect(
        self, stack: contextlib.AsyncExitStack, server_settings: dict[str, str] | None = None
    ) -> asyncpg.Connection:
        connection = await asyncpg.connect(
            self._dsn, server_settings=server_settings or {}, command_timeout=10
        )
        # at once, not politely: a standby waits for the lock
        stack.callback(connection.terminate)
        return connection

    async def _listen(self, stack: contextlib.AsyncExitStack) -> asyncio.Event:
        wake = asyncio.Event()
        connection = await self._connect(stack)
        await connection.add_listener(channel(self._unit), lambda *_: wake.set())
        return wake

    async def _producer(self, stack: contextlib.AsyncExitStack) -> AIOKafkaProducer:
        """A fresh one each term: an idempotent producer's sequence belongs to its term."""
        producer = AIOKafkaProducer(
            bootstrap_servers=self._servers,
            enable_idempotence=True,
            acks="all",
            max_batch_size=262_144,
            max_request_size=1_200_000,
        )

        async def stop() -> None:
            with contextlib.suppress(Exception):
                await asyncio.wait_for(producer.stop(), 2)

        stack.push_async_callback(stop)
        await producer.start()
        return producer


_TRY_LOCK = "SELECT pg_try_advisory_lock($1, hashtext($2))"
_OWED = """
    SELECT id, event_id, topic, subject, type, time, data, causationid, traceparent
    FROM outbox WHERE published_at IS NULL ORDER BY id LIMIT $1
"""
_MARK = "UPDATE outbox SET published_at = now() WHERE id = ANY($1)"
