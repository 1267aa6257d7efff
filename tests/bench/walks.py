"""What both sides of the step benchmark do: open procedures, and walk each from step to step."""

import asyncio
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from uuid import uuid4

from sqlalchemy import text
from temporalio.client import Client

from contracts.agencies import Principal
from contracts.legal_day import SHANGHAI
from contracts.procedure import OpenProcedure, StepOutcome, TakeStep
from services.kit.steps.listening import StepListener
from services.kit.steps.taking import take_step
from services.kit.storage.database import Sessions
from services.kit.storage.transaction import transaction
from tests.bench import bare
from tests.support.enforcement import case
from tests.support.enforcement_steps import BY, MAIN_LINE, PAYLOADS
from tests.support.waiting import eventually
from workflows.enforcement_case import ENFORCEMENT_CASE_V2

STEPS = len(MAIN_LINE)
_RECORDED = text("SELECT count(*) FROM step_log WHERE procedure_id = :id")
AGENCY = "shijiazhuang-amr"
"""One of the demonstration jurisdiction, with two agencies above it."""


class Side(ABC):
    """One way of taking steps."""

    @abstractmethod
    async def open(self) -> str:
        """Begin a procedure, ready for its first step; its id."""

    @abstractmethod
    async def step(self, id_: str, number: int) -> None:
        """Take its next step, the one of that number."""

    @abstractmethod
    async def settle(self, id_: str) -> None:
        """Wait until nothing of its last step is still being done."""

    @abstractmethod
    async def end(self, id_: str) -> None:
        """See that what has been walked is over."""

    async def walk(self, id_: str) -> None:
        """All steps of one procedure, one after the other."""
        for number in range(STEPS):
            await self.step(id_, number)
        await self.settle(id_)
        await self.end(id_)

    async def at_once(self, procedures: int) -> float:
        """Steps a second with so many procedures at the same time."""
        ids = [await self.open() for _ in range(procedures)]
        began = time.perf_counter()
        await asyncio.gather(*(self.walk(id_) for id_ in ids))
        return procedures * STEPS / (time.perf_counter() - began)


async def alone(sides: Mapping[str, Side], procedures: int) -> dict[str, list[float]]:
    """What each step took, in seconds, with nothing else going on; the sides take turns by step,
    so that what else the machine does falls on both alike. A step settles before the next is timed:
    what one side does after its answer must not slow the other.
    """
    took: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(procedures):
        ids = {name: await side.open() for name, side in sides.items()}
        for number in range(STEPS):
            for name, side in sides.items():
                began = time.perf_counter()
                await side.step(ids[name], number)
                took[name].append(time.perf_counter() - began)
                await side.settle(ids[name])
        for name, side in sides.items():
            await side.end(ids[name])
    return took


class Ours(Side):
    """The main line of an enforcement case, from verification to closing."""

    def __init__(
        self, client: Client, outcomes: StepListener, *, asked: Sessions, written: Sessions
    ) -> None:
        self._client = client
        self._outcomes = outcomes
        self._asked = asked
        """As the HTTP API asks; it may not write cases."""
        self._written = written
        self._asked_last: dict[str, str] = {}

    async def open(self) -> str:
        row = case(id=uuid4(), agency=AGENCY, subject_key=str(uuid4()))
        async with transaction(self._written) as tx:
            tx.add(row)
        opening = OpenProcedure(
            procedure="enforcement_case",
            version=ENFORCEMENT_CASE_V2.version,
            case_id=row.id,
            agencies=(AGENCY,),
            opened_at=datetime.now(SHANGHAI),
            request_id=uuid4(),
            facts={"level": row.level},
        )
        id_ = f"enforcement_case/{row.id}"
        await self._client.start_workflow("procedure.v1", opening, id=id_, task_queue="workflows")
        await eventually(partial(self._recorded, id_, 1), within=60)
        return id_

    async def step(self, id_: str, number: int) -> None:
        name = MAIN_LINE[number]
        by = Principal(id=BY[name].id, agency=AGENCY, roles=BY[name].roles)
        asked = TakeStep(request_id=uuid4(), step=name, by=by, payload=PAYLOADS[name])
        outcome = await take_step(self._client, self._asked, id_, asked, outcomes=self._outcomes)
        if not isinstance(outcome, StepOutcome) or outcome.seq != number + 2:
            raise RuntimeError(f"{id_}: {name} gave {outcome!r}")
        self._asked_last[id_] = str(asked.request_id)

    async def settle(self, id_: str) -> None:
        """The step was answered when it was on record; its workflow has the rest to do."""
        workflow = self._client.get_workflow_handle(id_)
        await workflow.get_update_handle(self._asked_last[id_]).result()

    async def end(self, id_: str) -> None:
        """The last step closed the case: its row says so, and every step is on its log."""
        if not await self._recorded(id_, STEPS + 1):
            raise RuntimeError(f"{id_}: not every step is on record")

    async def _recorded(self, id_: str, steps: int) -> bool:
        async with self._written() as session:
            count = await session.execute(_RECORDED, {"id": id_})
            return bool(count.scalar_one() == steps)


class BareSide(Side):
    """As many bare updates."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def open(self) -> str:
        id_ = f"bare/{uuid4()}"
        await self._client.start_workflow(bare.Bare.run, id=id_, task_queue=bare.WORKFLOWS)
        return id_

    async def step(self, id_: str, _number: int) -> None:
        handle = self._client.get_workflow_handle_for(bare.Bare.run, id_)
        await handle.execute_update(bare.Bare.step)

    async def settle(self, id_: str) -> None:
        """Its answer was the last of it."""

    async def end(self, id_: str) -> None:
        await self._client.get_workflow_handle_for(bare.Bare.run, id_).signal(bare.Bare.end)
