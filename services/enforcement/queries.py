"""What the API asks of the record; every question is filtered by what the asker may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Row,
    Select,
    Text,
    and_,
    cast,
    func,
    literal,
    or_,
    tuple_,
)
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.enforcement import ResponseLevel
from contracts.messages import Message
from contracts.says import Says
from services.enforcement.models import Case, Custody, Decision, Document, Evidence, Report
from services.enforcement.rules.document_numbers import NotADocumentNumber, parse_document_number
from services.kit.errors import NotFound
from services.kit.sight import Sight
from services.kit.tables import procedure, step_log

PROCEDURE = "enforcement_case"


class Filters(Message):
    """What a list of cases may be narrowed to."""

    level: ResponseLevel | None = None
    violation: str | None = None
    agency: str | None = None
    stage: str | None = None
    open: bool | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A case with the state of its procedure, where that has begun."""

    case: Case
    state: dict[str, Any] | None
    open_steps: list[Any]


async def listed(
    session: AsyncSession,
    seen: Sight,
    filters: Filters,
    after: tuple[datetime, UUID] | None,
    limit: int,
) -> list[Found]:
    """Cases, newest first, from behind `after` on."""
    asked = _cases().where(may_see(seen), *_narrowed(filters))
    if after is not None:
        asked = asked.where(tuple_(Case.received_at, Case.id) < tuple_(*map(literal, after)))
    newest = asked.order_by(col(Case.received_at).desc(), col(Case.id).desc()).limit(limit)
    return [_found(row) for row in (await session.execute(newest)).all()]


async def one(session: AsyncSession, seen: Sight, key: str) -> Found:
    """The case of this id or number; what the asker may not see does not exist for them."""
    asked = _cases().where(may_see(seen), _named(key))
    row = (await session.execute(asked)).first()
    if row is None:
        raise NotFound(Says("案件", "case"), key)
    return _found(row)


def may_see(seen: Sight) -> ColumnElement[bool]:
    """The one rule of who sees a case: its agencies, whoever is above them, and evaluators."""
    if seen.everything:
        return literal(True)
    agencies = sorted(seen.agencies)
    holds_a_line = procedure.c.agencies.op("&&")(cast(agencies, ARRAY(Text)))
    return or_(col(Case.agency).in_(agencies), holds_a_line)


async def reports(session: AsyncSession, case_id: UUID) -> Sequence[Report]:
    of_case = select(Report).where(col(Report.case_id) == case_id)
    return (await session.exec(of_case.order_by(col(Report.received_at), col(Report.id)))).all()


async def documents(session: AsyncSession, case_id: UUID) -> Sequence[Document]:
    of_case = select(Document).where(col(Document.case_id) == case_id)
    return (await session.exec(of_case.order_by(col(Document.seq)))).all()


async def decision(session: AsyncSession, case_id: UUID) -> Decision | None:
    return await session.get(Decision, case_id)


async def evidence(session: AsyncSession, case_id: UUID) -> list[tuple[Evidence, list[Custody]]]:
    """The evidence index in the order it grew, each item with its keepers."""
    of_case = select(Evidence).where(col(Evidence.case_id) == case_id)
    items = (await session.exec(of_case.order_by(col(Evidence.seq), col(Evidence.name)))).all()
    kept = select(Custody).where(col(Custody.evidence_id).in_([item.id for item in items]))
    links = (await session.exec(kept.order_by(col(Custody.since_seq)))).all()
    return [(item, [link for link in links if link.evidence_id == item.id]) for item in items]


async def case_of_reporter(session: AsyncSession, reference: str, agency: str) -> UUID | None:
    """The case of this agency that rests on a report of theirs."""
    asked = select(Case.id).join(Report, col(Report.case_id) == col(Case.id))
    theirs = asked.where(col(Report.reporter) == reference, col(Case.agency) == agency)
    return (await session.exec(theirs.limit(1))).first()


async def may_see_file(session: AsyncSession, seen: Sight, sha256: str) -> bool:
    """Whether a case the asker may see holds this file."""
    # asked of the owner: under row-level security the index of a report's files lies idle
    with_it = col(Case.id).in_(select(func.cases_with_file(sha256)))
    return (
        await session.execute(_cases().where(may_see(seen), with_it).limit(1))
    ).first() is not None


async def steps(session: AsyncSession, case_id: UUID, after: int, limit: int) -> Sequence[Row[Any]]:
    """The step log of a case, from behind `after` on."""
    asked = (
        step_log.select()
        .where(step_log.c.procedure_id == f"{PROCEDURE}/{case_id}", step_log.c.seq > after)
        .order_by(step_log.c.seq)
        .limit(limit)
    )
    return (await session.execute(asked)).all()


def _cases() -> Select[Any]:
    # by columns as they are: under row-level security no index is used for what is put together
    of_case = and_(procedure.c.case_id == col(Case.id), procedure.c.name == PROCEDURE)
    joined = select(Case, procedure.c.state, procedure.c.open_steps)
    return joined.select_from(Case).outerjoin(procedure, of_case)


def _narrowed(filters: Filters) -> list[ColumnElement[bool]]:
    stage = procedure.c.state["lines"][0]["stage"].astext
    wanted: list[tuple[Any, Any]] = [
        (col(Case.level), filters.level),
        (col(Case.violation), filters.violation),
        (col(Case.agency), filters.agency),
        (col(Case.open), filters.open),
        (stage, filters.stage),
    ]
    return [column == value for column, value in wanted if value is not None]


def _named(key: str) -> ColumnElement[bool]:
    try:
        return col(Case.id) == UUID(key)
    except ValueError:
        pass
    try:
        return col(Case.number) == str(parse_document_number(key))
    except NotADocumentNumber as error:
        raise NotFound(Says("案件", "case"), key) from error


def _found(row: Row[Any]) -> Found:
    return Found(row[0], row.state, row.open_steps or [])
