"""A whole Steelyard with the systems of its agencies, any process of which can be killed."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx
from pydantic import JsonValue

from contracts.intake import MatterSubmitted
from contracts.legal_day import legal_day
from deploy.keys import private_key
from deploy.stack.local_stack import local_stack
from deploy.stack.supervise import Stack
from services.kit.clock import WallClock
from tests.chaos.agencies import AgencySystem, systems
from tests.chaos.agency import CLOUDEVENT, insist, signed
from tests.chaos.scripts import LEAD, POLICE, PROCURATORATE, SCRIPTS
from tests.support.waiting import eventually

IN_A_WEEK, IN_A_MONTH = timedelta(days=7), timedelta(days=30)


@dataclass(frozen=True)
class Stage:
    """Servers, units and agencies' systems, by name."""

    folder: Path
    stack: Stack
    agencies: dict[str, AgencySystem]

    @property
    def everyone(self) -> tuple[str, ...]:
        return (*self.stack.servers.ours, *self.stack.units, *self.agencies)

    async def kill(self, name: str) -> None:
        """Kill -9 it, and return when whoever looks after it has it running again."""
        if server := self.stack.servers.ours.get(name):
            await asyncio.to_thread(server.kill)
            await asyncio.to_thread(server.start)
        elif system := self.agencies.get(name):
            await asyncio.to_thread(system.kill)
            system.start()
        else:
            await self._kill_unit(name)

    async def _kill_unit(self, name: str) -> None:
        """The supervisor is not told: it has to find out, and start it again."""
        unit = self.stack.units[name]
        assert unit.pid is not None, f"{name} was started"
        before = unit.pid
        os.kill(before, signal.SIGKILL)

        async def another() -> bool:
            return unit.pid != before

        await eventually(another, within=60)
        await unit.ready()

    async def open_operation(self, reference: str) -> None:
        """The lead's people open one in their system, which sends it."""
        now = WallClock().now()
        facts: dict[str, JsonValue] = {
            "invited": [POLICE, PROCURATORATE],
            "level": "II",
            "reply_by": legal_day(now + IN_A_WEEK).isoformat(),
            "due_on": legal_day(now + IN_A_MONTH).isoformat(),
        }
        matter = MatterSubmitted(
            occurred_at=now,
            reference=reference,
            procedure="joint_enforcement",
            by=f"{LEAD}.liaison",
            title=f"联合整治作弊秤 {reference}",
            facts=facts,
        )
        body = signed(matter, reference, private_key(self.folder, LEAD))
        async with httpx.AsyncClient(base_url=self.stack.urls["coordination"]) as http:
            await insist(lambda: http.post("/events", content=body, headers=CLOUDEVENT))


@asynccontextmanager
async def staged(folder: Path) -> AsyncIterator[Stage]:
    """Everything started, and ended with the block."""
    async with local_stack(folder) as stack, systems(SCRIPTS, stack.data_dir) as agencies:
        yield Stage(stack.data_dir, stack, agencies)
