"""Escalations of every case: who is called, until when, and where it is answered."""

from typing import Literal
from uuid import UUID

from fastapi import APIRouter

from contracts.procedure import procedure_id
from services.coordination.queries import escalations as queries
from services.coordination.queries.pages import Page
from services.coordination.showing.escalations import escalation_view
from services.coordination.views.escalations import (
    EntryView,
    EscalationPage,
    EscalationStory,
    MissedClockView,
)
from services.kit.asked import Limit, Seen, TheRecord
from services.kit.security import Asking
from services.kit.seeing import seeing

_OPEN = {"open": True, "ended": False, "all": None}

router = APIRouter(prefix="/escalations", tags=["escalations 逐级升级"])


@router.get("")
async def escalations(
    record: TheRecord,
    seen: Seen,
    asking: Asking,
    *,
    show: Literal["open", "ended", "all"] = "open",
    mine: bool = False,
    case_id: UUID | None = None,
    limit: Limit = 50,
    after: str | None = None,
) -> EscalationPage:
    """Of the asker's agency and of all below it, the most pressing first.

    `mine`: only those the asker is called to answer.
    """
    page = Page.of(limit, after, str)
    called = asking if mine else None
    async with seeing(record, seen) as session:
        found = await queries.escalations(
            session, seen, page, open_=_OPEN[show], called=called, case_id=case_id
        )
    return EscalationPage(
        escalations=tuple(escalation_view(row, asking) for row in found[:limit]),
        next=page.next([(row.answer_by, row.id) for row in found]),
    )


@router.get("/{procedure}/{case_id}/{key:path}")
async def escalation(
    record: TheRecord, seen: Seen, asking: Asking, *, procedure: str, case_id: UUID, key: str
) -> EscalationStory:
    """One escalation, rung by rung, and how the deadline that was missed was worked out."""
    async with seeing(record, seen) as session:
        row = await queries.escalation(session, seen, f"{procedure_id(procedure, case_id)}/{key}")
        entries = await queries.entries(session, row.id)
        missed = await queries.missed_clocks(session, row)
    return EscalationStory(
        escalation=escalation_view(row, asking),
        entries=tuple(EntryView.model_validate(entry) for entry in entries),
        missed=tuple(MissedClockView.model_validate(clock) for clock in missed),
    )
