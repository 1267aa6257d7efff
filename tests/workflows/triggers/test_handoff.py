"""A case and its hand-off, moved by each other's events alone."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from temporalio.client import Client

from contracts.coordination import (
    CrimeAccepted,
    CrimeDeclined,
    CrimeReturned,
    CrimeTransferred,
)
from contracts.enforcement import CaseReferred
from contracts.legal_day import SHANGHAI, legal_day
from contracts.messages import CaseEvent
from deploy.embedded.temporal import Temporal
from tests.replay.stories.cases import CRIME
from tests.replay.telling import take, walk
from tests.support.directories import COUNTY, POLICE, directory
from tests.support.enforcement_steps import until_step
from tests.support.engine import Engine
from tests.support.servers import Templates
from tests.workflows.triggers.test_triggers import heard
from workflows.registry import TRIGGERS
from workflows.triggers.runner import TriggerRunner


@pytest.fixture
async def enforcement(templates: Templates, temporal: Temporal) -> AsyncIterator[Engine]:
    url = await templates.copy("enforcement")
    async with Engine(url, temporal.address) as engine:
        yield engine


@pytest.fixture
async def coordination(templates: Templates, temporal: Temporal) -> AsyncIterator[Engine]:
    url = await templates.copy("coordination")
    async with Engine(url, temporal.address, owner="coordination") as engine:
        yield engine


async def hear(engine: Engine, event: CaseEvent, procedure: str) -> None:
    """What hangs on the event for one procedure, heard twice."""

    async def client() -> Client:
        return engine.client

    runner, what = TriggerRunner(client, directory, TRIGGERS), heard(event)
    for trigger in [t for t in TRIGGERS if t.event is type(event) and t.procedure == procedure] * 2:
        await runner.carry_out(trigger, what)


def now() -> datetime:
    return datetime.now(SHANGHAI)


async def waiting(engine: Engine) -> UUID:
    """A case that waits for its hand-off."""
    id_ = await engine.open(level="II")
    await walk(engine, id_, *until_step("name_investigators"))
    await take(engine, id_, "suspect_crime", **CRIME)
    return UUID(id_.rpartition("/")[2])


async def stage(engine: Engine, case: UUID) -> str:
    return (await engine.state(f"enforcement_case/{case}")).lines[0].stage


def told(kind: type[CaseEvent], case: UUID, **more: Any) -> CaseEvent:
    """An event of the case's hand-off, which has an id of its own."""
    common = {"case_id": uuid4(), "occurred_at": now(), "of_case": case, "agency": COUNTY}
    return kind.model_validate(common | more)


async def test_a_referred_case_opens_a_hand_off_under_an_id_of_its_own(
    coordination: Engine,
) -> None:
    case, handoff = uuid4(), uuid4()
    referred = CaseReferred(
        occurred_at=now(),
        case_id=case,
        handoff=handoff,
        agency=COUNTY,
        report_by=legal_day(now() + timedelta(days=3)),
        standing=("警告 warning",),
        fine_paid_yuan="2000.00",  # type: ignore[arg-type]
    )

    await hear(coordination, referred, "criminal_handoff")

    state = await coordination.state(f"criminal_handoff/{handoff}")
    assert (state.seq, state.case_id, state.lines[0].agencies) == (1, handoff, (COUNTY,))
    facts = state.lines[0].facts
    assert (facts["of_case"], facts["fine_paid_yuan"]) == (str(case), "2000.00")


async def test_what_is_declined_is_the_agency_s_again(enforcement: Engine) -> None:
    case = await waiting(enforcement)

    await hear(enforcement, told(CrimeDeclined, case, by="police"), "enforcement_case")

    assert await stage(enforcement, case) == "investigating"


async def test_what_is_filed_is_justice_s_and_may_come_back(enforcement: Engine) -> None:
    case = await waiting(enforcement)
    filed = told(CrimeAccepted, case, police=POLICE, document_no="立案告知1号")

    await hear(enforcement, filed, "enforcement_case")
    assert await stage(enforcement, case) == "handed_over"
    await hear(enforcement, told(CrimeReturned, case, by="court"), "enforcement_case")

    assert await stage(enforcement, case) == "investigating"


async def test_a_case_that_does_not_wait_is_left_alone(enforcement: Engine) -> None:
    id_ = await enforcement.open(level="II")
    case = UUID(id_.rpartition("/")[2])

    await hear(enforcement, told(CrimeDeclined, case, by="chief"), "enforcement_case")

    assert await stage(enforcement, case) == "lead"


async def test_a_transfer_is_noted_on_the_response_to_the_case(coordination: Engine) -> None:
    id_ = await coordination.open("fast_response", level="II", reports_by=[])
    case = UUID(id_.rpartition("/")[2])
    more = {"police": POLICE, "document_no": "移1号", "fine_paid_yuan": "0"}

    await hear(coordination, told(CrimeTransferred, case, **more), "fast_response")

    assert (await coordination.state(id_)).lines[0].facts["to"] == POLICE
