"""What became of an event an agency's system sent about a matter."""

from uuid import UUID, uuid5

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from services.coordination.views.matters import SubmissionStatus

SENT = UUID("5d2f4c0a-7c1b-5b52-8f6f-0a54c5f1d6e1")
"""Namespace of what is made from an event: made again, it is the same."""


def id_from(source: str, event_id: str) -> UUID:
    """The matter an event opens, and the request id of the step it takes."""
    return uuid5(SENT, f"{source}\n{event_id}")


async def status_of(session: AsyncSession, source: str, event_id: str) -> SubmissionStatus:
    """Asked in the order in which an event goes through the house."""
    bound = {"source": source, "id": event_id, "made": id_from(source, event_id)}
    row = (await session.execute(_FATE, bound)).one()
    shown = SubmissionStatus(source=source, id=event_id, status="received")
    if row.matter is not None or row.procedure_id is not None:
        accepted = {"status": "accepted", "matter": row.matter}
        step = {"procedure": row.procedure_id, "seq": row.seq, "reply": row.reply}
        return shown.model_copy(update=accepted | step)
    if row.held is not None:
        return shown.model_copy(update={"status": "held", "says": row.held})
    if row.reason is not None:
        aside = {"status": "set_aside", "reason": row.reason, "says": row.aside}
        return shown.model_copy(update=aside)
    return shown


_FATE = text(
    """
    SELECT m.id AS matter, l.procedure_id, l.seq, l.reply,
           h.says AS held, a.reason, a.says AS aside
    FROM (SELECT CAST(:source AS text) AS source, CAST(:id AS text) AS id,
                 CAST(:made AS uuid) AS made) AS asked
    LEFT JOIN matter m ON m.id = asked.made
    LEFT JOIN step_log l ON l.request_id = asked.made AND l.step <> 'open'
    LEFT JOIN held h ON h.source = asked.source AND h.id = asked.id
    LEFT JOIN LATERAL (
        SELECT reason, says FROM set_aside
        WHERE source = asked.source AND event_id = asked.id ORDER BY id DESC LIMIT 1
    ) AS a ON true
    """
)
