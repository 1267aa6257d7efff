"""How a story is told on a running engine: steps as they are open, time skipped."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from temporalio.testing import TimeSkipper

from contracts.agencies import SYSTEM, Role
from contracts.procedure import StepOutcome, TakeStep
from tests.support.directories import COUNTY, person
from tests.support.enforcement_steps import INSPECTOR, PAYLOADS
from tests.support.engine import Engine
from tests.support.waiting import eventually
from workflows import registry
from workflows.procedure.state import open_steps

Story = Callable[[Engine], Awaitable[str]]
"""Tells one on a running engine; gives the procedure's id."""

PATIENCE = timedelta(seconds=60)


async def take(engine: Engine, id_: str, step: str, line: str = "main", **payload: Any) -> None:
    """Take a step as the holder of the role it is open to."""
    state = await engine.state(id_)
    procedure = registry.find(state.procedure, state.version)
    [opened] = [s for s in open_steps(procedure, state) if (s.line, s.step) == (line, step)]
    asked = opened.role, opened.agencies[0]
    by = INSPECTOR if asked == (Role.INSPECTOR, COUNTY) else person(*asked)
    got = await engine.take(id_, step, by, line=line, within=PATIENCE, **payload)
    assert isinstance(got, StepOutcome)


async def walk(engine: Engine, id_: str, *steps: str) -> None:
    for step in steps:
        await take(engine, id_, step, **PAYLOADS[step])


async def pass_time(engine: Engine, id_: str, *, until: str, times: int = 1, **span: int) -> None:
    """Skip time, and wait for the last step that falls due in it."""
    handle = engine.client.get_workflow_handle(id_)
    await TimeSkipper(engine.client).fast_forward(handle, timedelta(**span))
    await come(engine, id_, until, times)


async def come(engine: Engine, id_: str, step: str, times: int = 1) -> None:
    """A step the procedure takes of itself has been taken so many times."""

    async def has() -> bool:
        rows = await engine.rows(
            "SELECT seq FROM step_log WHERE procedure_id = :id AND step = :step", id=id_, step=step
        )
        return len(rows) >= times

    await eventually(has, within=60)


async def by_law(engine: Engine, id_: str, step: str, **payload: Any) -> None:
    """A step that a trigger takes."""
    asked = TakeStep(request_id=uuid4(), step=step, by=SYSTEM, payload=payload)
    await engine.client.get_workflow_handle(id_).execute_update("take", asked)
