"""Agencies that answer in the same second, and operations side by side, on the real engine."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import pytest

from contracts.agencies import Role
from contracts.procedure import StepOutcome
from deploy.embedded.temporal import Temporal
from services.coordination.effects import effects
from tests.replay.telling import PATIENCE, come, take
from tests.support.directories import COUNTY, POLICE, PROCURATORATE, directory, person
from tests.support.engine import Engine
from tests.support.servers import Templates

DAYS: dict[str, Any] = {"reply_by": "2099-12-30", "due_on": "2099-12-31"}


@pytest.fixture
async def engine(templates: Templates, temporal: Temporal) -> AsyncIterator[Engine]:
    url = await templates.copy("coordination")
    async with Engine(
        url, temporal.address, owner="coordination", effects=effects(directory)
    ) as engine:
        yield engine


async def operation(engine: Engine, of_case: UUID) -> str:
    """With the police and the procuratorate, on record."""
    invited = [POLICE, PROCURATORATE]
    id_ = await engine.open("joint_enforcement", invited=invited, of_case=str(of_case), **DAYS)
    await come(engine, id_, "open")
    return id_


async def test_two_agencies_that_answer_in_the_same_second_both_succeed(engine: Engine) -> None:
    id_ = await operation(engine, uuid4())
    police, prosecutor = person(Role.LIAISON, POLICE), person(Role.LIAISON, PROCURATORATE)
    seen = {line.key: line.version for line in (await engine.state(id_)).lines}

    both = await asyncio.gather(
        engine.take(
            id_, "accept", police, line="task/1", version=seen["task/1"], within=PATIENCE,
            office="治安大队",
        ),
        engine.take(
            id_, "refuse", prosecutor, line="task/2", version=seen["task/2"], within=PATIENCE,
            reason="尚未进入诉讼",
        ),
    )  # fmt: skip

    assert {one.seq for one in both if isinstance(one, StepOutcome)} == {2, 3}
    state = await engine.agrees(id_)
    assert {line.key: line.stage for line in state.lines} == {
        "main": "operating",
        "task/1": "accepted",
        "task/2": "refused",
    }


async def test_two_operations_on_one_subject_do_not_disturb_each_other(engine: Engine) -> None:
    of_case = uuid4()
    called_off, carried_out = [await operation(engine, of_case) for _ in range(2)]

    await asyncio.gather(
        take(engine, called_off, "accept", "task/1", office="治安大队"),
        take(engine, carried_out, "accept", "task/1", office="法制大队"),
        take(engine, carried_out, "refuse", "task/2", reason="尚未进入诉讼"),
    )
    await take(engine, called_off, "cancel", reason="举报不实")
    await take(engine, carried_out, "complete_task", "task/1", result="已查明")
    await take(engine, carried_out, "propose_outcome", outcome="没收作弊秤")
    await take(engine, carried_out, "agree_outcome", "consent/1")
    await take(engine, carried_out, "conclude", outcome="没收作弊秤")

    rows = await engine.rows("SELECT id, of_case, agency, stage FROM matter")
    assert {(f"joint_enforcement/{row.id}", row.stage) for row in rows} == {
        (called_off, "cancelled"),
        (carried_out, "concluded"),
    }
    assert {(row.of_case, row.agency) for row in rows} == {(of_case, COUNTY)}
    papers = await engine.rows("SELECT matter_id, kind FROM paper ORDER BY seq")
    assert [row.kind for row in papers if str(row.matter_id) in called_off] == ["outcome"]
    assert (await engine.agrees(called_off)).seq == 3
    assert (await engine.agrees(carried_out)).seq == 7
