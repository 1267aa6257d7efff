"""What the API asks of the record; every list and every look-up keeps to what the asker may see."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Select,
    Text,
    and_,
    any_,
    bindparam,
    cast,
    literal,
    or_,
    tuple_,
)
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.agencies import AgencyCode, Principal
from contracts.procedure import OpenStep, ProcedureState, procedure_id
from services.coordination.models import (
    Escalation,
    EscalationEntry,
    MissedClock,
    ReportUp,
    Response,
    SecuredItem,
)
from services.coordination.rules import FAST_RESPONSE
from services.kit.errors import Invalid, NotFound
from services.kit.sight import Sight
from services.kit.tables import procedure, step_log


@dataclass(frozen=True)
class Page:
    """Which part of a list is asked for: so many, after the moment and id of the last one seen."""

    limit: int
    after: tuple[datetime, Any] | None = None

    @classmethod
    def of(cls, limit: int, after: str | None, id_of: Callable[[str], Any]) -> "Page":
        if after is None:
            return cls(limit)
        moment, _, id_ = after.partition("|")
        try:
            return cls(limit, (datetime.fromisoformat(moment).astimezone(), id_of(id_)))
        except (ValueError, OverflowError) as error:
            raise Invalid(
                "`after` is what `next` of the last page was",
                "after 应为上一页的 next。",
                field="after",
                rule="cursor",
            ) from error

    def next(self, shown: Sequence[tuple[datetime, Any]]) -> str | None:
        """What `after` is for the part that follows; one more was asked for than is shown."""
        if len(shown) <= self.limit:
            return None
        moment, id_ = shown[self.limit - 1]
        return f"{moment.isoformat()}|{id_}"


@dataclass(frozen=True)
class Running:
    """A response and the procedure it runs by."""

    response: Response
    state: ProcedureState
    open_steps: tuple[OpenStep, ...]


# ── responses ────────────────────────────────────────────────────────────────────────────────────


async def responses(
    session: AsyncSession,
    sight: Sight,
    page: Page,
    *,
    level: str | None = None,
    agency: str | None = None,
    open_: bool | None = None,
) -> list[Running]:
    """The newest first."""
    asked = _running().where(_response_in(sight))
    if level is not None:
        asked = asked.where(col(Response.level) == level)
    if agency is not None:
        asked = asked.where(col(Response.agency) == agency)
    if open_ is not None:
        asked = asked.where(procedure.c.ended.is_(not open_))
    at, id_ = col(Response.mobilised_at), col(Response.case_id)
    if page.after is not None:
        moment, last = page.after
        asked = asked.where(or_(at < moment, and_(at == moment, id_ > last)))
    rows = await session.execute(asked.order_by(at.desc(), id_).limit(page.limit + 1))
    return [_as_running(row) for row in rows]


async def response(session: AsyncSession, sight: Sight, case_id: UUID) -> Running:
    asked = _running().where(_response_in(sight), col(Response.case_id) == case_id)
    if (row := (await session.execute(asked)).first()) is None:
        raise NotFound("response", case_id)
    return _as_running(row)


async def reports(session: AsyncSession, case_id: UUID) -> Sequence[ReportUp]:
    asked = select(ReportUp).where(col(ReportUp.case_id) == case_id).order_by(col(ReportUp.seq))
    return (await session.exec(asked)).all()


async def secured_items(session: AsyncSession, case_id: UUID) -> Sequence[SecuredItem]:
    asked = select(SecuredItem).where(col(SecuredItem.case_id) == case_id)
    inorder = asked.order_by(col(SecuredItem.seq), col(SecuredItem.number))
    return (await session.exec(inorder)).all()


async def timeline(session: AsyncSession, case_id: UUID) -> Sequence[Any]:
    """The response's step log."""
    id_ = procedure_id(FAST_RESPONSE, case_id)
    asked = step_log.select().where(step_log.c.procedure_id == id_).order_by(step_log.c.seq)
    return (await session.execute(asked)).all()


# ── escalations ──────────────────────────────────────────────────────────────────────────────────


async def escalations(
    session: AsyncSession,
    sight: Sight,
    page: Page,
    *,
    open_: bool | None = True,
    called: Principal | None = None,
    case_id: UUID | None = None,
) -> Sequence[Escalation]:
    """The most pressing first; `called`: only what this person is called to answer."""
    asked = select(Escalation).where(_escalation_in(sight))
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


async def escalation(session: AsyncSession, sight: Sight, id_: str) -> Escalation:
    asked = select(Escalation).where(_escalation_in(sight), col(Escalation.id) == id_)
    if (found := (await session.exec(asked)).first()) is None:
        raise NotFound("escalation", id_)
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


# ── inside ───────────────────────────────────────────────────────────────────────────────────────


def _running() -> Select[Any]:
    of_response = literal(f"{FAST_RESPONSE}/") + cast(col(Response.case_id), Text)
    columns: list[Any] = [Response, procedure.c.state, procedure.c.open_steps]
    return sqlalchemy.select(*columns).join(procedure, procedure.c.id == of_response)


def _as_running(row: Any) -> Running:
    response, state, open_steps = row
    return Running(
        response,
        ProcedureState.model_validate(state),
        tuple(OpenStep.model_validate(step) for step in open_steps),
    )


def _response_in(sight: Sight) -> ColumnElement[bool]:
    """The leader's, or that of an agency that holds one of its lines."""
    if sight.everything:
        return literal(value=True)
    theirs = _bound(sight.agencies)
    return or_(col(Response.agency) == any_(theirs), procedure.c.agencies.op("&&")(theirs))


def _escalation_in(sight: Sight) -> ColumnElement[bool]:
    """Of every agency that was ever called in it, and of all above them."""
    if sight.everything:
        return literal(value=True)
    called = select(EscalationEntry.escalation_id).where(
        col(EscalationEntry.escalation_id) == col(Escalation.id),
        col(EscalationEntry.agency) == any_(_bound(sight.agencies)),
    )
    return called.exists()


def _bound(sight: frozenset[AgencyCode]) -> ColumnElement[Any]:
    return cast(bindparam("sight", sorted(sight), unique=True), ARRAY(Text))
