"""One short transaction: lock and read, add rows, owe events; the relay pays after the commit."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.messages import Event
from contracts.says import Says
from services.kit.errors import NotFound
from services.kit.events.outbox import Owed, owe
from services.kit.rights.visibility import Visibility, see
from services.kit.running.tracing import traceparent
from services.kit.storage.database import Sessions

Row = TypeVar("Row", bound=SQLModel)


class Transaction:
    """What a request or an effect may do before it commits."""

    def __init__(self, session: AsyncSession, causationid: str | None = None) -> None:
        self.session = session
        self.unit: str = session.info["unit"]
        self._causationid = causationid
        self._owed: list[Owed] = []

    async def lock(self, row: type[Row], key: Any) -> Row:
        """Load a row for writing, and keep others from it until the commit.

        The only way to: it makes a case's outbox order its commit order.
        """
        found = await self.session.get(row, key, with_for_update=True, populate_existing=True)
        if found is None:
            raise NotFound(Says("记录", row.__name__.lower()), key)
        return found

    def add(self, row: SQLModel) -> None:
        self.session.add(row)

    def emit(self, event: Event) -> None:
        """Owe `event` to the unit's topic. Lock the row of its case first."""
        self._owed.append((event, self._causationid, traceparent()))

    async def settle(self) -> None:
        """Write rows and what is owed; called once, at the end."""
        await self.session.flush()
        await owe(self.session, self.unit, self._owed)


@asynccontextmanager
async def transaction(
    sessions: Sessions, *, causationid: str | None = None, visible: Visibility | None = None
) -> AsyncIterator[Transaction]:
    """Commit when the block ends, roll back when it raises. A route says what its asker sees."""
    async with sessions() as session, session.begin():
        if visible is not None:
            await see(session, visible)
        tx = Transaction(session, causationid)
        yield tx
        await tx.settle()
