"""A case goes where jurisdiction was fixed, on the dispute's or the change's event alone."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from temporalio.client import Client

from contracts.agencies import SYSTEM, Role
from contracts.coordination import JurisdictionFixed
from contracts.legal_day import SHANGHAI
from deploy.embedded.temporal import Temporal
from tests.replay.telling import take, walk
from tests.support.directories import CITY, COUNTY, NEIGHBOUR, PROVINCE, directory, person
from tests.support.enforcement_steps import BY, PAYLOADS, UNIT_HEAD, until_step
from tests.support.engine import Engine
from tests.support.play import Play, moment
from tests.support.servers import Templates
from tests.workflows.triggers.test_triggers import heard
from workflows.enforcement_case import ENFORCEMENT_CASE_V2
from workflows.jurisdiction_change import JURISDICTION_CHANGE
from workflows.procedure.refusal import StepRefused
from workflows.registry import TRIGGERS
from workflows.triggers.runner import TriggerNotOpen, TriggerRunner

[TRIGGER] = [t for t in TRIGGERS if t.event is JurisdictionFixed]


def fixed(of_case: UUID | None = None, **changes: Any) -> JurisdictionFixed:
    called_up: dict[str, Any] = {"parties": (COUNTY,), "to": PROVINCE, "by": PROVINCE}
    common = {"case_id": uuid4(), "occurred_at": datetime.now(SHANGHAI), "of_case": of_case}
    stated = common | called_up | {"how": "called_up"} | changes
    return JurisdictionFixed.model_validate(stated)


def payload(**changes: Any) -> dict[str, Any]:
    assert TRIGGER.payload is not None
    return TRIGGER.payload(fixed(uuid4(), **changes))


def filed() -> Play:
    case = Play(ENFORCEMENT_CASE_V2, at=moment("2026-03-02"))
    for step in until_step("name_investigators"):
        case.take(step, BY[step], **PAYLOADS[step])
    return case


def test_a_county_case_called_up_by_the_province_goes_on_there_under_the_same_clocks() -> None:
    case = filed()
    running = {c.name: c.due_at for c in case.state.clocks if c.status == "running"}
    assert running["decision_90d"] == moment("2026-06-01", "00:00")
    change = Play(JURISDICTION_CHANGE, at=moment("2026-03-20"), cause="重大", opened_by=COUNTY)
    case.until(moment("2026-03-23"))

    asked: dict[str, Any] = {"asks": "take", "papers": ["调查报告"], "grounds": "跨区域"}
    change.take("ask_superior", person(Role.HEAD), **asked)
    paper: dict[str, Any] = {"document_no": "指管1号", "reason": "案情重大"}
    change.take("call_up", person(Role.HEAD, PROVINCE), **paper)
    case.take("change_jurisdiction", SYSTEM, **payload())

    assert case.line().agencies == (PROVINCE,)
    assert {c.name: c.due_at for c in case.state.clocks if c.status == "running"} == running
    named = PAYLOADS["name_investigators"]
    with pytest.raises(StepRefused):
        case.take("name_investigators", UNIT_HEAD, **named)
    case.take("name_investigators", person(Role.UNIT_HEAD, PROVINCE), **named)


def test_a_case_of_none_of_the_parties_stays_where_it_is() -> None:
    case = filed()

    with pytest.raises(StepRefused, match="不属于参与确定管辖的任何机关"):
        case.take("change_jurisdiction", SYSTEM, **payload(parties=(NEIGHBOUR,), to=CITY))

    assert case.line().agencies == (COUNTY,)


@pytest.fixture
async def enforcement(templates: Templates, temporal: Temporal) -> AsyncIterator[Engine]:
    url = await templates.copy("enforcement")
    async with Engine(url, temporal.address) as engine:
        yield engine


def runner(engine: Engine) -> TriggerRunner:
    async def client() -> Client:
        return engine.client

    return TriggerRunner(client, directory, TRIGGERS)


async def test_what_was_fixed_moves_the_running_case_once(enforcement: Engine) -> None:
    id_ = await enforcement.open(level="IV")
    await walk(enforcement, id_, *until_step("file_case"))
    before = await enforcement.state(id_)
    what = heard(fixed(UUID(id_.rpartition("/")[2])))

    for _ in range(2):
        await runner(enforcement).carry_out(TRIGGER, what)

    state = await enforcement.state(id_)
    assert (state.lines[0].agencies, state.seq) == ((PROVINCE,), before.seq + 1)
    assert [c.due_at for c in state.clocks] == [c.due_at for c in before.clocks]
    await take(enforcement, id_, "name_investigators", investigators=["x", "y"])


async def test_a_case_that_does_not_go_there_raises_the_alarm(enforcement: Engine) -> None:
    id_ = await enforcement.open(level="IV")
    case = UUID(id_.rpartition("/")[2])

    with pytest.raises(TriggerNotOpen):
        await runner(enforcement).carry_out(TRIGGER, heard(fixed(case, parties=(NEIGHBOUR,))))


async def test_a_question_about_no_case_moves_none(enforcement: Engine) -> None:
    await runner(enforcement).carry_out(TRIGGER, heard(fixed(None)))
