"""Escalations of every case: who is called, until when, and where it is answered."""

from typing import Literal
from uuid import UUID

from fastapi import APIRouter

from contracts.procedure import procedure_id
from services.coordination.queries import escalations as queries
from services.coordination.showing.escalations import escalation_view
from services.coordination.views.escalations import (
    EscalationEntryView,
    EscalationPage,
    EscalationStory,
    MissedClockView,
)
from services.kit.http.pages import Limit, Page, text_id
from services.kit.http.records import TheViewer

_OPEN = {"open": True, "ended": False, "all": None}

router = APIRouter(prefix="/escalations", tags=["escalations 逐级升级"])


@router.get("")
async def escalations(
    viewer: TheViewer,
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
    page = Page.of(limit, after, text_id)
    found = await queries.escalations(
        viewer.session,
        viewer.visible,
        page,
        open_=_OPEN[show],
        called=viewer.who if mine else None,
        case_id=case_id,
    )
    shown, following = page.cut(found, lambda row: (row.answer_by, row.id))
    views = tuple(escalation_view(row, viewer.who) for row in shown)
    return EscalationPage(escalations=views, next=following)


@router.get("/{procedure}/{case_id}/{key:path}")
async def escalation(viewer: TheViewer, procedure: str, case_id: UUID, key: str) -> EscalationStory:
    """One escalation, rung by rung, and how the deadline that was missed was worked out."""
    session, id_ = viewer.session, f"{procedure_id(procedure, case_id)}/{key}"
    row = await queries.escalation(session, viewer.visible, id_)
    entries = await queries.entries(session, row.id)
    missed = await queries.missed_clocks(session, row)
    return EscalationStory(
        escalation=escalation_view(row, viewer.who),
        entries=tuple(EscalationEntryView.model_validate(entry) for entry in entries),
        missed=tuple(MissedClockView.model_validate(clock) for clock in missed),
    )
