"""What follows from what: events start and advance procedures, however often they are heard."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any, Literal
from uuid import UUID, uuid4

import pytest
from temporalio.client import Client
from temporalio.service import RPCError

from contracts.enforcement import CaseHandedOver, CaseOpened, LevelRaised
from contracts.legal_day import SHANGHAI
from contracts.messages import CaseEvent
from contracts.procedure import ProcedureState
from deploy.embedded.temporal import Temporal
from services.kit.events.envelope import Envelope
from services.kit.events.handling import Heard
from tests.support.directories import CITY, COUNTY, PROVINCE, directory
from tests.support.engine import Engine
from tests.support.servers import Templates
from workflows.triggers import TRIGGERS
from workflows.triggers.model import Trigger
from workflows.triggers.runner import TriggerNotOpen, TriggerRunner

Level = Literal["I", "II", "III", "IV"]


@pytest.fixture
async def engine(templates: Templates, temporal: Temporal) -> AsyncIterator[Engine]:
    url = await templates.copy("coordination")
    async with Engine(url, temporal.address, owner="coordination") as engine:
        yield engine


def runner(engine: Engine, *triggers: Trigger) -> TriggerRunner:
    async def client() -> Client:
        return engine.client

    return TriggerRunner(client, directory, triggers or TRIGGERS)


def heard(event: CaseEvent) -> Heard[Any]:
    envelope = Envelope(
        id=str(uuid4()),
        source="/services/enforcement",
        type=event.type,
        subject=event.key,
        time=event.occurred_at,
        data=event.model_dump_json().encode(),
    )
    return Heard(event, envelope, event.occurred_at)


def opened(case_id: UUID, *, mobilises: bool = True, level: Level = "II") -> CaseOpened:
    now = datetime.now(SHANGHAI)
    return CaseOpened(
        occurred_at=now,
        case_id=case_id,
        agency=COUNTY,
        source="/agencies/county",
        reference="R-1",
        violation="cheating_scale_use",
        region="370202",
        subject_name="某摊位",
        level=level,
        mobilises=mobilises,
        received_at=now,
    )


def raised(case_id: UUID) -> LevelRaised:
    return LevelRaised(
        occurred_at=datetime.now(SHANGHAI),
        case_id=case_id,
        agency=COUNTY,
        level="I",
        level_reasons=("造成人员死亡",),
        mobilises=True,
    )


async def hear(engine: Engine, what: Heard[Any], *triggers: Trigger) -> None:
    """Everything that hangs on the event, in the table's order."""
    by = runner(engine, *triggers)
    for trigger in by.triggers:
        if isinstance(what.event, trigger.event) and trigger.procedure == "fast_response":
            await by.carry_out(trigger, what)


async def response(engine: Engine, case_id: UUID) -> ProcedureState:
    return await engine.state(f"fast_response/{case_id}")


async def test_a_major_case_sets_off_one_response_with_a_report_for_each_rung(
    engine: Engine,
) -> None:
    case_id = uuid4()
    event = heard(opened(case_id))

    await hear(engine, event)
    await hear(engine, event)

    state = await response(engine, case_id)
    assert [x.agencies for x in state.lines] == [(COUNTY,), (COUNTY,), (CITY,), (PROVINCE,)]


async def test_a_minor_case_sets_off_none(engine: Engine) -> None:
    case_id = uuid4()

    await hear(engine, heard(opened(case_id, mobilises=False, level="IV")))

    with pytest.raises(RPCError):
        await response(engine, case_id)


async def test_a_raised_level_sets_off_a_response_or_quickens_the_one_that_runs(
    engine: Engine,
) -> None:
    late, early = uuid4(), uuid4()
    await hear(engine, heard(opened(early)))

    for case_id in (late, early):
        event = heard(raised(case_id))
        await hear(engine, event)
        await hear(engine, event)

    assert (await response(engine, late)).lines[0].facts["level"] == "I"
    quickened = await response(engine, early)
    assert quickened.lines[0].facts["level"] == "I"
    assert quickened.seq == 2, "opened, raised once"


async def test_a_hand_over_is_noted_where_a_response_runs_and_nowhere_else(engine: Engine) -> None:
    running, none = uuid4(), uuid4()
    await hear(engine, heard(opened(running)))

    for case_id in (running, none):
        told = CaseHandedOver(
            occurred_at=datetime.now(SHANGHAI), case_id=case_id, to="市公安局", number="1"
        )
        await hear(engine, heard(told))

    assert (await response(engine, running)).lines[0].facts["to"] == "市公安局"


async def test_a_step_that_is_not_open_raises_the_alarm_where_its_row_says_so(
    engine: Engine,
) -> None:
    trigger = Trigger(LevelRaised, "fast_response", step="raise_level", if_not_open="alarm")

    with pytest.raises(TriggerNotOpen):
        await hear(engine, heard(raised(uuid4())), trigger)
