"""Escalations as the API asks for them; every look-up keeps to what the asker may see."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, any_, literal, tuple_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.agencies import Principal
from contracts.says import Says
from services.coordination.models import Escalation, EscalationEntry, MissedClock
from services.kit.errors import NotFound
from services.kit.http.pages import Page
from services.kit.rights.visibility import Visibility
from services.kit.storage.record_queries import bound


async def escalations(
    session: AsyncSession,
    visible: Visibility,
    page: Page,
    *,
    open_: bool | None = True,
    called: Principal | None = None,
    case_id: UUID | None = None,
) -> Sequence[Escalation]:
    """The most pressing first; `called`: only what this person is called to answer."""
    asked = select(Escalation).where(_escalation_in(visible))
    if open_ is not None:
        ended = col(Escalation.outcome)
        asked = asked.where(ended.is_(None) if open_ else ended.is_not(None))
    if called is not None:
        asked = asked.where(
            col(Escalation.agency) == called.agency,
            col(Escalation.role).in_([str(role) for role in called.roles]),
        )
    if case_id is not None:
        asked = asked.where(col(Escalation.case_id) == case_id)
    at, id_ = col(Escalation.answer_by), col(Escalation.id)
    if page.after is not None:
        asked = asked.where(tuple_(at, id_) > page.after)
    return (await session.exec(asked.order_by(at, id_).limit(page.limit + 1))).all()


async def escalations_of(
    session: AsyncSession, procedure_name: str, case_id: UUID
) -> Sequence[Escalation]:
    """Every escalation of one procedure of a case that may be seen."""
    asked = select(Escalation).where(
        col(Escalation.case_id) == case_id, col(Escalation.procedure) == procedure_name
    )
    return (await session.exec(asked.order_by(col(Escalation.raised_at)))).all()


async def escalation(session: AsyncSession, visible: Visibility, id_: str) -> Escalation:
    asked = select(Escalation).where(_escalation_in(visible), col(Escalation.id) == id_)
    if (found := (await session.exec(asked)).first()) is None:
        raise NotFound(Says("升级事项", "escalation"), id_)
    return found


async def entries(session: AsyncSession, id_: str) -> Sequence[EscalationEntry]:
    asked = select(EscalationEntry).where(col(EscalationEntry.escalation_id) == id_)
    return (await session.exec(asked.order_by(col(EscalationEntry.number)))).all()


async def missed_clocks(session: AsyncSession, of: Escalation) -> Sequence[MissedClock]:
    """Every time this clock of this line ran out: a corrected one may be missed again."""
    asked = select(MissedClock).where(
        col(MissedClock.case_id) == of.case_id,
        col(MissedClock.procedure) == of.procedure,
        col(MissedClock.line) == of.line,
        col(MissedClock.clock) == of.clock,
    )
    return (await session.exec(asked.order_by(col(MissedClock.due_at)))).all()


def _escalation_in(visible: Visibility) -> ColumnElement[bool]:
    """Of every agency that was ever called in it, and of all above them."""
    if visible.everything:
        return literal(value=True)
    called = select(EscalationEntry.escalation_id).where(
        col(EscalationEntry.escalation_id) == col(Escalation.id),
        col(EscalationEntry.agency) == any_(bound(visible.agencies)),
    )
    return called.exists()
