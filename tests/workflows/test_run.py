"""A procedure on real servers: steps, repeats, silence of a worker, months of skipped time."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from temporalio.testing import TimeSkipper

from contracts.agencies import Principal, Role
from contracts.procedure import StepOutcome
from deploy.embedded.temporal import Temporal
from services.kit.errors import Refusal
from services.kit.steps.taking import Pending
from tests.support.directories import COUNTY
from tests.support.enforcement_steps import BY, HEAD, INSPECTOR, MAIN_LINE, PAYLOADS, until_step
from tests.support.engine import Engine
from tests.support.play import A_MONDAY, SHIPPED
from tests.support.servers import Templates
from tests.support.waiting import eventually
from workflows.procedure.time.calendar import Year


@pytest.fixture
async def engine(templates: Templates, temporal: Temporal) -> AsyncIterator[Engine]:
    url = await templates.copy("enforcement")
    async with Engine(url, temporal.address) as engine:
        yield engine


async def walk(engine: Engine, id_: str, *steps: str, **more: Any) -> list[StepOutcome]:
    outcomes = []
    for step in steps:
        outcome = await engine.take(id_, step, BY[step], **PAYLOADS[step], **more)
        assert isinstance(outcome, StepOutcome)
        outcomes.append(outcome)
    return outcomes


async def test_a_case_is_walked_to_its_end(engine: Engine) -> None:
    id_ = await engine.open()

    outcomes = await walk(engine, id_, *MAIN_LINE)

    assert [o.seq for o in outcomes] == list(range(2, len(MAIN_LINE) + 2))
    assert await engine.client.get_workflow_handle(id_).result() == "closed"
    assert (await engine.agrees(id_)).ended


async def test_a_refusal_leaves_no_history(engine: Engine) -> None:
    id_ = await engine.open()
    await walk(engine, id_, "verify_lead")
    handle = engine.client.get_workflow_handle(id_)
    before = (await handle.describe()).history_length

    with pytest.raises(Refusal) as refused:
        await engine.take(id_, "decide_penalty", HEAD, **PAYLOADS["decide_penalty"])

    assert refused.value.code == "not_open"
    assert "main: file_case (head)" in refused.value.fields["open"]
    assert (await handle.describe()).history_length == before


async def test_the_same_request_twice_is_one_step(engine: Engine) -> None:
    id_, request = await engine.open(), uuid4()

    first = await engine.take(
        id_, "verify_lead", INSPECTOR, request_id=request, **PAYLOADS["verify_lead"]
    )
    again = await engine.take(
        id_, "verify_lead", INSPECTOR, request_id=request, **PAYLOADS["verify_lead"]
    )

    assert first == again
    assert (await engine.agrees(id_)).seq == 2


async def test_a_request_id_serves_one_request_only(engine: Engine) -> None:
    id_, request = await engine.open(), uuid4()
    await engine.take(id_, "verify_lead", INSPECTOR, request_id=request, **PAYLOADS["verify_lead"])

    with pytest.raises(Refusal) as refused:
        await engine.take(id_, "file_case", HEAD, request_id=request, **PAYLOADS["file_case"])

    assert refused.value.code == "request_id_reused"


async def test_two_people_with_one_version_have_one_effect(engine: Engine) -> None:
    id_ = await engine.open()
    state = await engine.state(id_)
    version = state.lines[0].version

    results = await asyncio.gather(
        *(
            engine.take(id_, "verify_lead", INSPECTOR, version=version, **PAYLOADS["verify_lead"])
            for _ in range(2)
        ),
        return_exceptions=True,
    )

    assert sorted(type(r).__name__ for r in results) == ["Refusal", "StepOutcome"]
    assert (await engine.agrees(id_)).seq == 2


async def test_a_request_is_known_after_continuing_as_new_and_after_closing(engine: Engine) -> None:
    id_, request = await engine.open(), uuid4()
    first = await engine.take(
        id_, "verify_lead", INSPECTOR, request_id=request, **PAYLOADS["verify_lead"]
    )
    handle = engine.client.get_workflow_handle(id_)
    run = (await handle.describe()).run_id
    await handle.signal("upgrade")

    async def is_new() -> bool:
        return (await handle.describe()).run_id != run

    await eventually(is_new)
    again = await engine.take(
        id_, "verify_lead", INSPECTOR, request_id=request, **PAYLOADS["verify_lead"]
    )
    assert again == first
    await walk(engine, id_, *MAIN_LINE[1:])
    await handle.result()

    closed = await engine.take(
        id_, "verify_lead", INSPECTOR, request_id=request, **PAYLOADS["verify_lead"]
    )

    assert closed == first
    assert (await engine.agrees(id_)).seq == len(MAIN_LINE) + 1


async def test_a_step_of_an_ended_procedure_is_refused(engine: Engine) -> None:
    id_ = await engine.open()
    await walk(engine, id_, "verify_lead", "decline_to_file")
    await engine.client.get_workflow_handle(id_).result()

    with pytest.raises(Refusal) as refused:
        await engine.take(id_, "file_case", HEAD, **PAYLOADS["file_case"])

    assert refused.value.code == "procedure_closed"


async def test_while_the_worker_is_down_the_answer_is_not_known_and_comes_later(
    engine: Engine,
) -> None:
    id_, request = await engine.open(), uuid4()
    await engine.state(id_)
    await engine.stop("workflows")
    soon = timedelta(seconds=1)
    payload = PAYLOADS["verify_lead"]

    first = await engine.take(
        id_, "verify_lead", INSPECTOR, request_id=request, within=soon, **payload
    )
    assert first == Pending(request)
    engine.start_worker()

    async def known() -> bool:
        got = await engine.take(
            id_, "verify_lead", INSPECTOR, request_id=request, within=soon, **payload
        )
        return isinstance(got, StepOutcome)

    await eventually(known)
    assert (await engine.agrees(id_)).seq == 2


async def test_while_the_owner_is_down_the_step_waits_for_it(engine: Engine) -> None:
    id_, request = await engine.open(), uuid4()
    await walk(engine, id_, "verify_lead")
    await engine.stop("enforcement")
    soon = timedelta(seconds=1)

    first = await engine.take(
        id_, "file_case", HEAD, request_id=request, within=soon, **PAYLOADS["file_case"]
    )
    assert first == Pending(request)
    engine.start_owner()
    outcome = await engine.take(id_, "file_case", HEAD, request_id=request, **PAYLOADS["file_case"])

    assert isinstance(outcome, StepOutcome)
    assert (await engine.agrees(id_)).seq == 3


async def test_a_step_asked_for_while_another_is_in_hand_is_judged_in_its_turn(
    engine: Engine,
) -> None:
    id_, requests = await engine.open(), (uuid4(), uuid4())
    await walk(engine, id_, "verify_lead")
    await engine.stop("enforcement")
    soon = timedelta(seconds=1)
    asked = list(zip(("file_case", "name_investigators"), requests, strict=True))

    first = [
        await engine.take(id_, step, BY[step], request_id=r, within=soon, **PAYLOADS[step])
        for step, r in asked
    ]
    engine.start_owner()
    outcomes = [
        await engine.take(id_, step, BY[step], request_id=r, **PAYLOADS[step]) for step, r in asked
    ]

    assert first == [Pending(r) for r in requests]
    assert [o.seq for o in outcomes if isinstance(o, StepOutcome)] == [3, 4]
    assert (await engine.agrees(id_)).seq == 4


async def test_opening_a_case_again_ends_itself(engine: Engine) -> None:
    id_ = await engine.open()
    await engine.state(id_)
    await walk(engine, id_, "verify_lead", "decline_to_file")
    handle = engine.client.get_workflow_handle(id_)
    await handle.result()
    opening = (await handle.fetch_history()).events[0].workflow_execution_started_event_attributes
    [decoded] = await engine.client.data_converter.decode(opening.input.payloads)

    second = await engine.client.start_workflow(
        "procedure.v1",
        {**decoded, "request_id": str(uuid4())},
        id=id_ + "/again",
        task_queue="workflows",
        result_type=str,
    )

    assert await second.result() == "already_open"
    assert (await engine.agrees(id_)).seq == 3


async def test_the_log_says_in_which_role_a_step_was_taken(engine: Engine) -> None:
    id_ = await engine.open()
    roles = (Role.CHIEF, Role.HEAD, Role.INSPECTOR)
    everything = Principal(id="zhao", agency=COUNTY, roles=roles)

    await engine.take(id_, "extend_lead_verification_15wd", everything, reason="情况特殊")
    await engine.take(id_, "verify_lead", everything, **PAYLOADS["verify_lead"])

    rows = await engine.rows("SELECT role, basis FROM step_log ORDER BY seq")
    assert [row.role for row in rows] == ["system", "head", "inspector"]
    assert [(row.basis or "").rpartition(" P")[2] for row in rows[1:]] == ["ROC art. 18"] * 2


async def test_months_pass_and_every_rung_is_called(engine: Engine) -> None:
    id_ = await engine.open()
    await walk(engine, id_, "verify_lead")
    skipper = TimeSkipper(engine.client)
    handle = engine.client.get_workflow_handle(id_)

    await skipper.fast_forward(handle, timedelta(days=60))

    async def climbed() -> bool:
        state = await engine.agrees(id_)
        return bool(state.escalations) and state.escalations[0].rung == 3

    await eventually(climbed)
    steps = [r.step for r in await engine.rows("SELECT step FROM step_log ORDER BY seq")]
    assert steps == ["open", "verify_lead", "warn", "breach", *["call_next_rung"] * 3]


async def test_the_law_waives_a_statement_nobody_made(engine: Engine) -> None:
    id_ = await engine.open()
    await walk(engine, id_, *until_step("serve_notice"))
    handle = engine.client.get_workflow_handle(id_)

    await TimeSkipper(engine.client).fast_forward(handle, timedelta(days=20))

    async def waived() -> bool:
        return (await engine.agrees(id_)).lines[0].stage == "heard"

    await eventually(waived)


async def test_a_new_calendar_moves_running_deadlines_on_record(engine: Engine) -> None:
    id_ = await engine.open(at=A_MONDAY)
    await walk(engine, id_, *until_step("conclude_investigation"))
    before = await engine.agrees(id_)
    due = {c.name: c.due_on for c in before.clocks}["review_10wd"]
    assert due is not None
    known = SHIPPED.years[due.year]
    year = Year(off_days=known.off_days | {"临时放假": (due,)}, workdays=known.workdays)
    changed = replace(SHIPPED, version="changed", years=SHIPPED.years | {due.year: year})
    engine.reckoning.calendar.content = changed  # type: ignore[attr-defined]

    await engine.client.get_workflow_handle(id_).signal("reckon_again")

    async def moved() -> bool:
        state = await engine.agrees(id_)
        return {c.name: c.due_on for c in state.clocks}["review_10wd"] != due

    await eventually(moved)
    [last] = await engine.rows("SELECT step FROM step_log ORDER BY seq DESC LIMIT 1")
    assert last.step == "reckon_again"
