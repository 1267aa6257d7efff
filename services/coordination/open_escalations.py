"""Where the escalations of a batch of events stand, before the first of them is decided on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.procedure import (
    EscalationAnswered,
    EscalationEnded,
    EscalationRaised,
    procedure_id,
)
from services.coordination.models import Escalation
from services.kit.events.handling import Heard


@dataclass(frozen=True, slots=True)
class EscalationStanding:
    """The rung of an escalation called last, and how many entries it has."""

    rung: int
    agency: str
    role: str
    entries: int


KnownEscalations = dict[str, EscalationStanding]


def escalation_id(event: EscalationRaised | EscalationAnswered | EscalationEnded) -> str:
    return f"{procedure_id(event.procedure, event.case_id)}/{event.escalation}"


async def escalation_standings(
    session: AsyncSession, heard: Sequence[Heard[Any]]
) -> KnownEscalations:
    """Looked up once for all three kinds of event: each must see what the others decided."""
    ids = sorted({escalation_id(h.event) for h in heard})
    asked = select(Escalation).where(col(Escalation.id).in_(ids)).order_by(col(Escalation.id))
    rows = (await session.exec(asked.with_for_update())).all()
    return {row.id: EscalationStanding(row.rung, row.agency, row.role, row.entries) for row in rows}
