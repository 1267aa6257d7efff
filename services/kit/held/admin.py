"""What a named person may do about held events: list, show, replay, discard."""

from typing import Any

from sqlalchemy import RowMapping, text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.says import Says
from services.kit.errors import Invalid, NotFound
from services.kit.events.envelope import to_kafka
from services.kit.held.retry import reopened
from services.kit.held.store import Aside, set_aside
from services.kit.storage.database import Sessions

HeldRow = RowMapping


async def list_held(sessions: Sessions, *, limit: int = 100) -> list[HeldRow]:
    """First events of waiting keys come with how many wait behind them."""
    return await _all(sessions, _LIST, {"limit": limit})


async def list_set_aside(sessions: Sessions, *, limit: int = 100) -> list[HeldRow]:
    """Newest first."""
    return await _all(sessions, _ASIDES, {"limit": limit})


async def show(sessions: Sessions, seq: int) -> HeldRow:
    """One held event with its bytes."""
    found = await _all(sessions, _SHOW, {"seq": seq})
    if not found:
        raise NotFound(Says("滞留事件", "held event"), seq)
    return found[0]


async def replay(sessions: Sessions, seq: int, *, who: str, why: str) -> None:
    """Ask for it again at once, with all its attempts before it."""
    async with sessions() as session, session.begin():
        row = await _act(session, seq, "replay", who, why)
        await session.execute(_REPLAY, {"seq": row.seq})


async def discard(sessions: Sessions, seq: int, *, who: str, why: str) -> None:
    """Let what waits behind it go on without it; it is set aside, not lost."""
    async with sessions() as session, session.begin():
        row = await _act(session, seq, "discard", who, why)
        key, value, headers = to_kafka(reopened(row))
        says = Says(f"由 {who} 放弃：{why}。", f"discarded by {who}: {why}")
        aside = Aside(row.topic, "discarded", says, key, value, headers, row.received_at)
        await set_aside(session, [aside])
        await session.execute(_DISCARD, {"seq": row.seq})


async def _act(session: AsyncSession, seq: int, action: str, who: str, why: str) -> Any:
    for field, said in (("who", who), ("why", why)):
        if len(said.strip()) < 2:
            raise Invalid(Says(f"请说明 {field}。", f"Say {field}"), field=field, rule="required")
    row = (await session.execute(_LOCK, {"seq": seq})).first()
    if row is None:
        raise NotFound(Says("滞留事件", "held event"), seq)
    bound = {"source": row.source, "id": row.id, "key": row.key}
    await session.execute(_RECORD, bound | {"action": action, "who": who, "why": why})
    return row


async def _all(sessions: Sessions, statement: Any, bound: dict[str, Any]) -> list[HeldRow]:
    async with sessions() as session:
        return list((await session.execute(statement, bound)).mappings())


_LIST = text(
    """
    SELECT h.seq, h.topic, h.source, h.id, h.key, h.type, h.received_at, h.attempts, h.next_at,
           h.says, h.held_at,
           (SELECT count(*) FROM held AS o WHERE o.key = h.key AND o.seq > h.seq) AS behind
    FROM held AS h ORDER BY h.seq LIMIT :limit
    """
)
_ASIDES = text(
    """
    SELECT id, reason, says, topic, source, event_id, type, received_at
    FROM set_aside ORDER BY id DESC LIMIT :limit
    """
)
_SHOW = text("SELECT * FROM held WHERE seq = :seq")
_LOCK = text("SELECT * FROM held WHERE seq = :seq FOR UPDATE")
_REPLAY = text("UPDATE held SET attempts = 0, next_at = now() WHERE seq = :seq")
_DISCARD = text("DELETE FROM held WHERE seq = :seq")
_RECORD = text(
    """
    INSERT INTO held_action (source, event_id, key, action, by_id, reason)
    VALUES (:source, :id, :key, :action, :who, :why)
    """
)
