"""The event stream: what an agency's own system may hear of the matters it has a part in."""

import asyncio
import json
from typing import Annotated, Any

from fastapi import APIRouter, Query

from services.coordination.queries import stream as queries
from services.coordination.queries.stream import Cursor, Published
from services.coordination.rules.streaming import shown
from services.coordination.views.stream import StreamPart
from services.kit.clock import LEGAL_ZONE
from services.kit.events.envelope import SERVICES, Envelope
from services.kit.events.structured import to_structured
from services.kit.http.dependencies import TheRecord, Visible
from services.kit.http.pages import Limit
from services.kit.rights.visibility import seeing

router = APIRouter(prefix="/stream", tags=["stream 事件流"])
PAUSE_S = 0.25


@router.get("")
async def stream(
    record: TheRecord,
    visible: Visible,
    *,
    after: str | None = None,
    limit: Limit = 200,
    wait_s: Annotated[float, Query(ge=0, le=20)] = 0,
) -> StreamPart:
    """CloudEvents of the asker's matters, oldest first, each cut to what may be seen.

    `after`: the `next` of the answer before. `wait_s`: how long to wait for a first one.
    """
    clock = asyncio.get_running_loop().time
    cursor, until = Cursor.read(after), clock() + wait_s
    while True:
        async with seeing(record, visible) as session:
            found, end = await queries.published(session, visible, cursor, limit)
        events = [event for one in found if (event := _event(one)) is not None]
        if events or (end == cursor and clock() >= until):
            return StreamPart(events=events, next=str(end))
        if end == cursor:
            await asyncio.sleep(PAUSE_S)
        cursor = end


def _event(one: Published) -> dict[str, Any] | None:
    told, part = json.loads(one.data), one.part
    if not part.may.whole:
        if part.state is None or part.procedure is None:
            return None
        told = shown(one.type, told, part.may, procedure=part.procedure, state=part.state)
    if told is None:
        return None
    envelope = Envelope(
        id=str(one.id),
        source=f"{SERVICES}coordination",
        type=one.type,
        subject=one.subject,
        time=one.time.astimezone(LEGAL_ZONE),
        data=json.dumps(told, ensure_ascii=False).encode(),
    )
    event: dict[str, Any] = json.loads(to_structured(envelope))
    return event
