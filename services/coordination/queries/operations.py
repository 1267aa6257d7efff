"""The log of a joint operation, and of the fast response it belongs to."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.procedure import Line, procedure_id
from services.coordination.models import Matter, Response
from services.coordination.queries.matters import matter
from services.coordination.rules.openings import JOINT_ENFORCEMENT
from services.coordination.rules.operations import Logged
from services.coordination.rules.responses import FAST_RESPONSE
from services.coordination.rules.sharing import seen_of
from services.kit.rights.visibility import Visibility
from services.kit.storage.tables import step_log


@dataclass(frozen=True)
class Operation:
    """A joint operation: its matter, its own level, and the lines that may be seen."""

    matter: Matter
    level: str | None
    tasks: tuple[Line, ...]


@dataclass(frozen=True)
class Pace:
    """The level an operation is measured by, and the log that measures it."""

    level: str | None
    log: tuple[Logged, ...]


async def operation(session: AsyncSession, visible: Visibility, id_: UUID) -> Operation:
    """Whoever takes part sees it, and of its lines each its own."""
    found = await matter(session, visible, (JOINT_ENFORCEMENT, id_))
    if found.state is None:
        return Operation(found.matter, None, ())
    level = found.state.lines[0].facts.get("level")
    part = seen_of(found.state, found.may)
    tasks = tuple(line for line in part.lines if line.table == "task")
    return Operation(found.matter, str(level) if level else None, tasks)


async def pace(session: AsyncSession, of: Operation) -> Pace:
    """How fast it went is for everyone who takes part, the lead's response included.

    So this is asked in a session that sees everything, and only the moments are handed on.
    """
    case_id = of.matter.of_case or of.matter.id
    response = await session.get(Response, case_id)
    names = {JOINT_ENFORCEMENT: of.matter.id} | ({FAST_RESPONSE: case_id} if response else {})
    level = response.level if response else of.level
    return Pace(level, await _log(session, names))


async def _log(session: AsyncSession, names: dict[str, UUID]) -> tuple[Logged, ...]:
    ids = {procedure_id(name, id_): name for name, id_ in names.items()}
    asked = (
        step_log.select()
        .where(step_log.c.procedure_id.in_(list(ids)))
        .order_by(step_log.c.happened_at, step_log.c.procedure_id, step_log.c.seq)
    )
    rows = (await session.execute(asked)).all()
    return tuple(
        Logged(ids[row.procedure_id], row.step, row.happened_at, row.payload) for row in rows
    )
