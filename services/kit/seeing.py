"""A session that sees what the asker may see: the setting that row-level security asks for.

Queries filter by themselves. Below them stands a second wall: PostgreSQL shows the API's role only
rows of the agencies named here, and where nothing was named, none (`services.kit.walls`).
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from services.kit.database import Sessions
from services.kit.sight import Sight

EVERYTHING = Sight(frozenset(), everything=True)
"""For what must be asked across agencies; whoever uses it hands on no row of another's."""


@asynccontextmanager
async def seeing(record: Sessions, sight: Sight) -> AsyncIterator[AsyncSession]:
    """One transaction that sees as far as this, and whose end forgets it."""
    async with record() as session, session.begin():
        await see(session, sight)
        yield session


async def see(session: AsyncSession, sight: Sight) -> None:
    """Set it for the transaction at hand. Without one it would be forgotten at once."""
    await session.execute(_SEE, {"sight": spelled(sight)})


def spelled(sight: Sight) -> str:
    """The agencies' codes, which have no comma; `*` for all there are."""
    return "*" if sight.everything else ",".join(sorted(sight.agencies))


# `true`: of this transaction alone, so that a pooled connection carries nothing over
_SEE = text("SELECT set_config('steelyard.sight', :sight, true)")
