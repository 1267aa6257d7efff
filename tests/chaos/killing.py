"""One operation after another, each with one process killed at a random point of it."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

import asyncpg

from tests.chaos.outcome import EXPECTED, STEPS, Outcome, matter_of, outcome, steps_taken
from tests.chaos.stage import Stage
from tests.support.chance import Chance
from tests.support.waiting import eventually

PATIENCE_S = 150.0
LONGEST_PAUSE_S = 0.15
"""About as long as one step takes: so a kill comes between two steps or within one."""
DOWN = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError)


@dataclass(frozen=True)
class Kill:
    """Whom, after how many steps on record, and how long after the last of them."""

    victim: str
    after: int
    pause_s: float

    def __str__(self) -> str:
        return f"{self.victim} after step {self.after} + {self.pause_s * 1000:.0f} ms"


@dataclass(frozen=True)
class Result:
    """One operation that was disturbed."""

    kill: Kill
    found: Outcome
    took_s: float

    @property
    def same(self) -> bool:
        return self.found == EXPECTED


def planned(chance: Chance, names: tuple[str, ...], count: int) -> list[Kill]:
    """Everyone in turn, in an order and at points that chance decides."""
    victims: list[str] = []
    while len(victims) < count:
        victims += chance.sample(names, len(names))
    points = ((chance.randrange(STEPS), chance.uniform(0, LONGEST_PAUSE_S)) for _ in range(count))
    return [Kill(victim, *point) for victim, point in zip(victims, points, strict=False)]


async def disturb(stage: Stage, reference: str, kill: Kill) -> Result:
    """One operation to its end, with this kill on the way."""
    began, matter = time.monotonic(), matter_of(reference)
    killing = asyncio.create_task(_strike(stage, matter, kill))
    await stage.open_operation(reference)
    await killing
    found = await concluded(stage, matter)
    return Result(kill, found, time.monotonic() - began)


async def concluded(stage: Stage, matter: UUID) -> Outcome:
    """What came of it; after long waiting, how far it got."""
    found: list[Outcome] = []

    async def as_expected() -> bool:
        with contextlib.suppress(*DOWN):
            async with connected(stage) as database:
                found.append(await outcome(database, matter))
        return found[-1:] == [EXPECTED]

    with contextlib.suppress(AssertionError):
        await eventually(as_expected, within=PATIENCE_S)
    for system in stage.agencies.values():
        system.check()
    return found[-1]


async def _strike(stage: Stage, matter: UUID, kill: Kill) -> None:
    async with connected(stage) as database:

        async def reached() -> bool:
            return await steps_taken(database, matter) >= kill.after

        await eventually(reached, within=PATIENCE_S)
    await asyncio.sleep(kill.pause_s)
    await stage.kill(kill.victim)


@asynccontextmanager
async def connected(stage: Stage) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(stage.stack.servers.database_url, timeout=10)
    try:
        yield connection
    finally:
        await connection.close(timeout=5)
