"""Which events of a batch are new: their ids are claimed in one statement, in sorted order.

A second consumer of the same events, during a rebalance, waits on the first one's claim.
"""

from collections.abc import Sequence

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.says import Says
from services.kit.events.incoming import Incoming
from services.kit.held.store import Aside


async def claim(
    session: AsyncSession, batch: Sequence[Incoming]
) -> tuple[list[Incoming], list[Aside]]:
    """Those of the batch that are new, in their order; a reused id is set aside."""
    digests = [incoming.heard.envelope.digest for incoming in batch]
    bound = {
        "sources": [incoming.identity[0] for incoming in batch],
        "ids": [incoming.identity[1] for incoming in batch],
        "digests": digests,
    }
    claimed = {(source, id_) for source, id_ in await session.execute(_CLAIM, bound)}
    new: list[Incoming] = []
    again: list[tuple[Incoming, bytes]] = []
    for incoming, digest in zip(batch, digests, strict=True):
        if incoming.identity in claimed:
            claimed.discard(incoming.identity)
            new.append(incoming)
        else:
            again.append((incoming, digest))
    return new, await _reused(session, again)


async def _reused(session: AsyncSession, again: Sequence[tuple[Incoming, bytes]]) -> list[Aside]:
    if not again:
        return []
    bound = {
        "sources": [incoming.identity[0] for incoming, _ in again],
        "ids": [incoming.identity[1] for incoming, _ in again],
    }
    first = {(s, i): bytes(d) for s, i, d in await session.execute(_DIGESTS, bound)}
    says = Says("该标识已用于其他内容。", "Its id was used before, for other bytes")
    return [
        Aside.of(incoming.heard, incoming.topic, "id_reused", says)
        for incoming, digest in again
        if first[incoming.identity] != digest
    ]


_CLAIM = text(
    """
    INSERT INTO inbox (source, id, digest)
    SELECT s, i, d
    FROM unnest(CAST(:sources AS text[]), CAST(:ids AS text[]), CAST(:digests AS bytea[]))
        WITH ORDINALITY AS heard (s, i, d, n)
    ORDER BY s, i, n
    ON CONFLICT DO NOTHING
    RETURNING source, id
    """
)
_DIGESTS = text(
    """
    SELECT source, id, digest FROM inbox
    WHERE (source, id) IN (
        SELECT s, i FROM unnest(CAST(:sources AS text[]), CAST(:ids AS text[])) AS heard (s, i)
    )
    """
)
