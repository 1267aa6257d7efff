"""What every service asks of its record: rows with their procedure, who sees them, their steps."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Row,
    Select,
    Text,
    and_,
    any_,
    bindparam,
    cast,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import Mapped
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.agencies import AgencyCode
from contracts.procedure import procedure_id
from contracts.says import Says
from services.kit.errors import NotFound
from services.kit.http.pages import Page, Place, newest_first
from services.kit.rights.visibility import Visibility
from services.kit.storage.tables import procedure, step_log

Rows = TypeVar("Rows", bound=SQLModel)


@dataclass(frozen=True, slots=True)
class FoundRecord(Generic[Rows]):
    """A row, with the state of its procedure where that has begun."""

    row: Rows
    state: dict[str, Any] | None
    open_steps: list[Any]

    @property
    def stage(self) -> str | None:
        return stage_of(self.state)


@dataclass(frozen=True, kw_only=True)
class RecordQuery(Generic[Rows]):
    """Asks for rows of one kind, each with its procedure, as far as they are in sight."""

    procedure: str
    noun: Says
    """What there is none of, where there is none: `案件`, `case`."""
    row: type[Rows]
    case_id: Any
    """The columns of a row: its key, which is the id of its procedure's case;"""
    agency: Any
    """the agency it is with;"""
    at: Any
    """and the moment by which lists are sorted."""

    def in_sight(self, visible: Visibility) -> Select[Any]:
        asked = with_procedure(self.procedure, self.row, self.case_id)
        return asked.where(may_see(visible, self.agency))

    async def page(
        self, session: AsyncSession, visible: Visibility, page: Page, *where: ColumnElement[bool]
    ) -> list[FoundRecord[Rows]]:
        """The newest first, and one more than the page shows."""
        asked = newest_first(self.in_sight(visible).where(*where), page, self.at, self.case_id)
        return [self._found(row) for row in (await session.execute(asked)).all()]

    async def first(
        self, session: AsyncSession, visible: Visibility, *where: ColumnElement[bool]
    ) -> FoundRecord[Rows] | None:
        row = (await session.execute(self.in_sight(visible).where(*where).limit(1))).first()
        return None if row is None else self._found(row)

    async def one(
        self, session: AsyncSession, visible: Visibility, case_id: UUID
    ) -> FoundRecord[Rows]:
        """What the asker may not see does not exist for them."""
        found = await self.first(session, visible, self.case_id == case_id)
        if found is None:
            raise NotFound(self.noun, case_id)
        return found

    def id_of(self, record: FoundRecord[Rows]) -> UUID:
        id_: UUID = getattr(record.row, self.case_id.key)
        return id_

    def place(self, record: FoundRecord[Rows]) -> Place:
        """Where it stands in the list."""
        return getattr(record.row, self.at.key), self.id_of(record)

    @staticmethod
    def _found(row: Row[Any]) -> FoundRecord[Rows]:
        return FoundRecord(row[0], row.state, row.open_steps or [])


def with_procedure(name: str, row: type[SQLModel], case_id: Any, *more: Any) -> Select[Any]:
    """Rows, then `more`, then `state` and `open_steps` of their procedure: none until it begins."""
    # by columns as they are: under row-level security no index is used for what is put together
    its = and_(procedure.c.case_id == case_id, procedure.c.name == name)
    columns: list[Any] = [row, *more, procedure.c.state, procedure.c.open_steps]
    return select(*columns).select_from(row).outerjoin(procedure, its)


def may_see(visible: Visibility, agency: Mapped[str]) -> ColumnElement[bool]:
    """Records of the agencies someone sees for, and those in which one of these holds a line."""
    if visible.everything:
        return literal(value=True)
    theirs = bound(visible.agencies)
    return or_(agency == any_(theirs), procedure.c.agencies.op("&&")(theirs))


STAGE: ColumnElement[str] = procedure.c.state["lines"][0]["stage"].astext
"""The column of where the main line is."""


def narrowed(*wanted: tuple[Any, object]) -> list[ColumnElement[bool]]:
    """Each column has its value; where none is given, it may have any."""
    return [column == value for column, value in wanted if value is not None]


def stage_of(state: dict[str, Any] | None) -> str | None:
    """Where the main line is; nowhere until the procedure has begun."""
    stage: str | None = state["lines"][0]["stage"] if state else None
    return stage


def bound(agencies: Collection[AgencyCode]) -> ColumnElement[Any]:
    """Agencies as one bound array."""
    return cast(bindparam("sight", sorted(agencies), unique=True), ARRAY(Text))


async def logged_steps(
    session: AsyncSession, name: str, case_id: UUID, after: int, limit: int
) -> Sequence[Row[Any]]:
    """The step log of a procedure of a case, from behind step `after` on."""
    asked = (
        step_log.select()
        .where(step_log.c.procedure_id == procedure_id(name, case_id), step_log.c.seq > after)
        .order_by(step_log.c.seq)
        .limit(limit)
    )
    return (await session.execute(asked)).all()
