"""What became of a submission: accepted, set aside with its reason, held, or not yet judged."""

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from services.enforcement.views import ReceiptStatus


async def status_of(session: AsyncSession, source: str, event_id: str) -> ReceiptStatus:
    """Asked in the order in which an event goes through the house."""
    row = (await session.execute(_FATE, {"source": source, "id": event_id})).one()
    if row.case_id is not None:
        return ReceiptStatus(
            source=source,
            id=event_id,
            status="accepted",
            case_id=row.case_id,
            case_number=row.number,
            opened=row.opened,
        )
    if row.held is not None:
        return ReceiptStatus(source=source, id=event_id, status="held", says=row.held)
    if row.reason is not None:
        return ReceiptStatus(
            source=source, id=event_id, status="set_aside", reason=row.reason, says=row.aside
        )
    return ReceiptStatus(source=source, id=event_id, status="received")


_FATE = text(
    """
    SELECT r.case_id, c.number, r.event_id = first.event_id AS opened,
           h.says AS held, a.reason, a.says AS aside
    FROM (SELECT CAST(:source AS text) AS source, CAST(:id AS text) AS id) AS asked
    LEFT JOIN report r ON r.source = asked.source AND r.event_id = asked.id
    LEFT JOIN enforcement_case c ON c.id = r.case_id
    LEFT JOIN LATERAL (
        SELECT event_id FROM report WHERE case_id = r.case_id ORDER BY received_at, id LIMIT 1
    ) AS first ON true
    LEFT JOIN held h ON h.source = asked.source AND h.id = asked.id
    LEFT JOIN LATERAL (
        SELECT reason, says FROM set_aside
        WHERE source = asked.source AND event_id = asked.id ORDER BY id DESC LIMIT 1
    ) AS a ON true
    """
)
