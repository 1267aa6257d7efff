"""A case from report to closing, step by step over HTTP, with the engine on a real Temporal."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from temporalio.client import Client

from contracts.agencies import Role
from contracts.procedure import OpenProcedure
from deploy.embedded.temporal import Temporal
from services.kit.clock import WallClock
from services.kit.directory.file import DirectoryFile
from services.kit.http.steps import Taker
from services.kit.running.temporal import connect
from tests.services.enforcement.house import OWNER, House
from tests.support.directories import COUNTY
from tests.support.enforcement import report
from tests.support.enforcement_steps import BY, MAIN_LINE, PAYLOADS
from tests.support.owner.record import Record
from tests.support.waiting import eventually
from workflows.app import CalendarFile, Reckoning, worker
from workflows.enforcement_case import ENFORCEMENT_CASE_V2

ROLES = {step: by.roles[0] for step, by in BY.items()}
FINDINGS = {"findings": "属实", "initial_evidence": True}


class Running:
    """The unit with its engine: its own worker, and the one of procedures."""

    def __init__(self, house: House, client: Client) -> None:
        self.house = house
        self.client = client
        ours = house.settings
        reckoning = Reckoning(DirectoryFile(ours.jurisdiction), CalendarFile(ours.calendar))
        self.engine = worker(client, reckoning)
        self.owner = house.unit.workers[0](client)

    async def open_case(self) -> str:
        case_id = await self.house.case_of(report(occurred_at=WallClock().now()))
        await self.client.start_workflow(
            "procedure.v1",
            OpenProcedure(
                procedure="enforcement_case",
                version=ENFORCEMENT_CASE_V2.version,
                case_id=case_id,
                agencies=(COUNTY,),
                opened_at=datetime.now().astimezone(),
                request_id=uuid4(),
            ),
            id=f"enforcement_case/{case_id}",
            task_queue="workflows",
        )
        return str(case_id)

    async def take(
        self, case: str, step: str, role: Role, request_id: UUID | None = None, **asked: Any
    ) -> httpx.Response:
        body = {"request_id": str(request_id or uuid4())} | asked
        async with self.house.asked_by(role) as client:
            return await client.post(f"/cases/{case}/steps/{step}", json=body, timeout=20)

    async def get(self, path: str) -> httpx.Response:
        async with self.house.asked_by(Role.HEAD) as client:
            return await client.get(path)


@pytest.fixture
async def running(record: Record, data_dir: Path, temporal: Temporal) -> AsyncIterator[Running]:
    house = House(OWNER, record, data_dir, temporal=temporal.address)
    client = await connect(house.unit.settings.temporal)
    yield Running(house, client)
    await house.close()


@pytest.fixture
async def at_work(running: Running) -> AsyncIterator[Running]:
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(running.engine)
        await stack.enter_async_context(running.owner)
        yield running


async def test_a_case_goes_from_report_to_closing(at_work: Running) -> None:
    case = await at_work.open_case()
    investigators = {"investigators": ["county.inspector", "county.inspector-2"]}
    replies: dict[str, Any] = {}
    for step in MAIN_LINE:
        payload = PAYLOADS[step] if step != "name_investigators" else investigators
        if step == "record_payment":
            short = await at_work.take(
                case, step, ROLES[step], payload=payload | {"paid_yuan": "1"}
            )
            assert (short.status_code, short.json()["field"]) == (422, "paid_yuan")
        answer = await at_work.take(case, step, ROLES[step], payload=payload)
        assert answer.status_code == 200, answer.text
        replies[step] = answer.json()["reply"]

    shown = (await at_work.get(f"/cases/{replies['file_case']['number']}")).json()
    assert (shown["id"], shown["open"], shown["stage"]) == (case, False, "closed")
    assert shown["open_steps"] == []
    timeline = (await at_work.get(f"/cases/{case}/timeline")).json()
    assert [s["step"] for s in timeline] == ["open", *MAIN_LINE]


async def test_asked_twice_a_step_is_taken_once(at_work: Running) -> None:
    case, request = await at_work.open_case(), uuid4()
    first, second = [
        await at_work.take(case, "verify_lead", Role.INSPECTOR, request, payload=FINDINGS)
        for _ in range(2)
    ]
    other = await at_work.take(
        case, "verify_lead", Role.INSPECTOR, request, payload=FINDINGS | {"findings": "不实"}
    )

    assert first.status_code == second.status_code == 200
    assert first.json() == second.json()
    assert (other.status_code, other.json()["code"]) == (409, "request_id_reused")
    assert (await at_work.get(f"/cases/{case}/requests/{request}")).json() == first.json()


@pytest.mark.parametrize(
    ("step", "role", "asked", "status", "code"),
    [
        ("verify_lead", Role.HEAD, {"payload": FINDINGS}, 403, "wrong_role"),
        ("file_case", Role.HEAD, {"payload": PAYLOADS["file_case"]}, 409, "not_open"),
        ("steal", Role.HEAD, {}, 409, "no_such_step"),
        ("verify_lead", Role.INSPECTOR, {"payload": {}}, 422, "invalid"),
        (
            "verify_lead",
            Role.INSPECTOR,
            {"payload": FINDINGS, "expected_version": 7},
            409,
            "stale_version",
        ),
    ],
)
async def test_a_step_the_state_forbids_is_refused_and_leaves_no_trace(
    at_work: Running, step: str, role: Role, asked: dict[str, Any], status: int, code: str
) -> None:
    case = await at_work.open_case()

    answer = await at_work.take(case, step, role, **asked)

    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (status, code), problem
    assert answer.headers["content-type"] == "application/problem+json"
    if status == 409:
        assert any("verify_lead" in line for line in problem["open"])
    timeline = (await at_work.get(f"/cases/{case}/timeline")).json()
    assert [s["step"] for s in timeline] == ["open"]


async def test_a_step_sent_while_the_service_is_down_is_known_later(running: Running) -> None:
    unit, request = running.house.unit, uuid4()
    unit.app.state.taker = Taker(
        unit.app.state.sessions, unit.settings.temporal, within=timedelta(seconds=1)
    )
    async with running.engine:
        case = await running.open_case()
        asked = await running.take(case, "verify_lead", Role.INSPECTOR, request, payload=FINDINGS)
        unknown = await running.get(asked.headers["location"])
        async with running.owner:

            async def known() -> dict[str, Any]:
                answer = await running.get(asked.headers["location"])
                found: dict[str, Any] = answer.json()
                return found if answer.status_code == 200 else {}

            outcome = await eventually(known)

    assert (asked.status_code, unknown.status_code) == (202, 202)
    assert (outcome["seq"], outcome["version"]) == (2, 1)


async def test_a_closed_case_takes_no_more_steps_but_still_knows_its_requests(
    at_work: Running,
) -> None:
    case, request = await at_work.open_case(), uuid4()
    await at_work.take(case, "verify_lead", Role.INSPECTOR, payload=FINDINGS)
    ended = await at_work.take(
        case, "decline_to_file", Role.HEAD, request, payload=PAYLOADS["decline_to_file"]
    )
    await at_work.client.get_workflow_handle(f"enforcement_case/{case}").result()

    again = await at_work.take(
        case, "decline_to_file", Role.HEAD, request, payload=PAYLOADS["decline_to_file"]
    )
    more = await at_work.take(case, "verify_lead", Role.INSPECTOR, payload=FINDINGS)

    assert again.json() == ended.json()
    assert (more.status_code, more.json()["code"]) == (409, "procedure_closed")
