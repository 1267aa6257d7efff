"""What of the record a person may see, and a session that shows no more than that.

Queries filter by themselves. Below them stands a second wall, row-level security: PostgreSQL shows
the API's role only the rows of the agencies that were named for the transaction.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.agencies import AgencyCode, Directory, Principal, Role
from services.kit.storage.database import Sessions


@dataclass(frozen=True, slots=True)
class Visibility:
    """Matters of these agencies; of all of them where `everything`."""

    agencies: frozenset[AgencyCode]
    everything: bool = False

    def covers(self, *agencies: str) -> bool:
        """Whether a matter of these agencies may be seen."""
        return self.everything or not self.agencies.isdisjoint(agencies)


def own(who: Principal) -> Visibility:
    """No more than what is the asker's own agency's: nobody reads a reporter from above."""
    return Visibility(frozenset({who.agency}))


def visibility_of(who: Principal, directory: Directory, on: date) -> Visibility:
    """An agency sees its own matters and those below it; an evaluator sees all; others nothing."""
    if not who.roles:
        return Visibility(frozenset())
    below = (
        agency.code
        for agency in directory.agencies
        if agency.holds_on(on) and who.agency in directory.chain(agency.code, on)
    )
    return Visibility(frozenset({who.agency, *below}), everything=Role.EVALUATOR in who.roles)


EVERYTHING = Visibility(frozenset(), everything=True)
"""For what must be asked across agencies; whoever uses it hands on no row of another's."""


@asynccontextmanager
async def seeing(record: Sessions, visible: Visibility) -> AsyncIterator[AsyncSession]:
    """One transaction that sees as far as this, and whose end forgets it."""
    async with record() as session, session.begin():
        await see(session, visible)
        yield session


async def see(session: AsyncSession, visible: Visibility) -> None:
    """Set it for the transaction at hand. Without one it would be forgotten at once."""
    await session.execute(_SEE, {"sight": spelled(visible)})


def spelled(visible: Visibility) -> str:
    """The agencies' codes, which have no comma; `*` for all there are."""
    return "*" if visible.everything else ",".join(sorted(visible.agencies))


# `true`: of this transaction alone, so that a pooled connection carries nothing over
_SEE = text("SELECT set_config('steelyard.sight', :sight, true)")
