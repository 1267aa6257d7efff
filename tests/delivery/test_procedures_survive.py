"""Whatever dies while steps are taken: row, step log, workflow and events agree, nothing twice."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest
from temporalio.client import WorkflowHistory

from contracts.procedure import StepOutcome
from deploy.embedded.temporal import Temporal
from services.kit.events.outbox import channel
from tests.support.chance import Chance
from tests.support.enforcement_steps import BY, MAIN_LINE, PAYLOADS
from tests.support.engine import Engine
from tests.support.engine_process import Mortal, mortals
from tests.support.servers import Templates, down
from tests.support.waiting import eventually

pytestmark = pytest.mark.journey
KILLS = 20
SOON = timedelta(seconds=5)


@pytest.fixture
async def engine(templates: Templates, temporal: Temporal) -> AsyncIterator[Engine]:
    url = await templates.copy("enforcement")
    async with Engine(url, temporal.address) as engine:
        yield engine


async def taken(engine: Engine, id_: str, step: str) -> StepOutcome:
    """Asks with one request id until there is an outcome, and once more after it."""
    request = uuid4()
    while True:
        got = await engine.take(
            id_, step, BY[step], request_id=request, within=SOON, **PAYLOADS[step]
        )
        if isinstance(got, StepOutcome):
            break
    again = await engine.take(id_, step, BY[step], request_id=request, **PAYLOADS[step])
    assert again == got
    return got


async def walk(engine: Engine, id_: str, *steps: str) -> None:
    for step in steps:
        await taken(engine, id_, step)


async def agreed(engine: Engine, id_: str, *steps: str) -> WorkflowHistory:
    """Each of these steps is on record once, and everybody knows the same; the history of it."""
    logged = await engine.rows(
        "SELECT step FROM step_log WHERE procedure_id = :id ORDER BY seq", id=id_
    )
    assert [row.step for row in logged] == ["open", *steps]
    state = await engine.agrees(id_)
    assert await engine.state(id_) == state
    return await engine.client.get_workflow_handle(id_).fetch_history()


class Killer:
    """Kills either process between a step's commit and the workflow's next task."""

    def __init__(self, listening: asyncpg.Connection, owner: str) -> None:
        self._listening = listening
        self._owner = owner

    async def kill(self, name: str, victim: Mortal) -> None:
        pid = await victim.pid()
        if name == self._owner:
            victim.doom()
        else:
            await self._strike(pid)
        await victim.pid(but=pid)

    async def _strike(self, pid: int) -> None:
        """In the instant in which PostgreSQL tells of a commit."""
        committed = asyncio.Event()

        def tell(*_: object) -> None:
            committed.set()

        await self._listening.add_listener(channel(self._owner), tell)
        await committed.wait()
        os.kill(pid, signal.SIGKILL)
        await self._listening.remove_listener(channel(self._owner), tell)


async def test_a_worker_killed_between_commit_and_next_task_again_and_again(
    engine: Engine, tmp_path: Path, chance: Chance
) -> None:
    listening = await asyncpg.connect(engine.database.url.get_secret_value())
    killer = Killer(listening, engine.owner)
    asked: dict[str, tuple[str, ...]] = {}
    going_on = []
    async with mortals(engine, tmp_path) as workers:
        for number in range(KILLS):
            name = ("workflows", engine.owner)[number % 2]
            at = chance.randrange(len(MAIN_LINE))
            id_ = await engine.open()
            asked[id_] = MAIN_LINE[: at + 2]
            await walk(engine, id_, *MAIN_LINE[:at])

            killing = asyncio.create_task(killer.kill(name, workers[name]))
            going_on.append(asyncio.create_task(walk(engine, id_, *MAIN_LINE[at : at + 2])))
            await killing
        await asyncio.gather(*going_on)
        histories = [await agreed(engine, id_, *steps) for id_, steps in asked.items()]
    await listening.close()

    assert sum(map(repeats, histories)) >= KILLS / 2, "each owner took an answer with it"


async def test_temporal_killed_under_load_loses_no_step(
    engine: Engine, temporal: Temporal, chance: Chance
) -> None:
    ids = [await engine.open() for _ in range(10)]
    walking = [asyncio.create_task(walk(engine, id_, *MAIN_LINE)) for id_ in ids]

    for taken in sorted(chance.sample(range(len(ids), len(ids) * len(MAIN_LINE)), 2)):
        await eventually(partial(_logged, engine, taken), within=60)
        async with down(temporal):
            pass
    await asyncio.gather(*walking)

    for id_ in ids:
        await agreed(engine, id_, *MAIN_LINE)
        assert await engine.client.get_workflow_handle(id_).result() == "closed"


async def _logged(engine: Engine, steps: int) -> bool:
    [(count,)] = await engine.rows("SELECT count(*) FROM step_log")
    return bool(count >= steps)


def repeats(history: WorkflowHistory) -> int:
    """Activities that were tried again after their worker died with the answer in hand."""
    started = (event.activity_task_started_event_attributes for event in history.events)
    return sum(attributes.attempt > 1 for attributes in started)
