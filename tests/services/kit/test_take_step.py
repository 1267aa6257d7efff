"""Taking a step of a running procedure, from the asker's side, on a real Temporal server."""

import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from pydantic import SecretStr
from temporalio import workflow
from temporalio.api.enums.v1 import EventType
from temporalio.client import Client
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from contracts.agencies import Role
from contracts.procedure import Payload, StepOutcome, TakeStep, procedure_id
from contracts.says import Says
from deploy.embedded.temporal import Temporal
from services.kit.errors import Refusal
from services.kit.running.temporal import activities_worker, connect
from services.kit.settings import DatabaseSettings, TemporalSettings
from services.kit.steps.activity import step_activity
from services.kit.steps.effects import Effects, Reply, TakenStep
from services.kit.steps.listening import StepListener
from services.kit.steps.recording import record_step
from services.kit.steps.taking import Pending, take_step
from services.kit.storage.database import Sessions, dsn
from services.kit.storage.transaction import Transaction
from tests.services.kit.test_recording import a_step, counts
from tests.support.directories import person
from tests.support.waiting import eventually

KEYS = SecretStr("k:" + base64.b64encode(b"k" * 32).decode())
UNIT = "toy"
effects = Effects()


@effects.on("toy", "refuse", payload=Payload)
async def refuse(_tx: Transaction, _step: TakenStep[Payload]) -> Reply | None:
    raise Refusal("no_cause", Says("没有这一案由。", "There is no such cause"), open=["file"])


@workflow.defn(name="toy.v1")
class Toy:
    """Has each step recorded by its owner, one after the other, until `end`."""

    @workflow.init
    def __init__(self, case_id: UUID) -> None:
        self._case_id = case_id
        self._seq = 1
        self._ended = False

    @workflow.run
    async def run(self, _case_id: UUID) -> None:
        await workflow.wait_condition(lambda: self._ended)

    @workflow.update
    async def take(self, asked: TakeStep) -> StepOutcome:
        record = a_step(self._seq + 1, asked.step).model_copy(
            update={
                "request_id": asked.request_id,
                "digest": asked.digest,
                "case_id": self._case_id,
            }
        )
        outcome: StepOutcome = await workflow.execute_activity(
            f"{UNIT}.take_step",
            record,
            task_queue=UNIT,
            result_type=StepOutcome,
            start_to_close_timeout=timedelta(seconds=10),
        )
        self._seq += 1
        self._ended = asked.step == "end"
        return outcome


class Case:
    """One running toy procedure."""

    def __init__(
        self, client: Client, sessions: Sessions, outcomes: StepListener | None = None
    ) -> None:
        self.id = uuid4()
        self.procedure = procedure_id("toy", self.id)
        self._client, self._sessions, self._outcomes = client, sessions, outcomes

    async def open(self) -> None:
        opening = a_step(1, "open").model_copy(update={"case_id": self.id})
        await record_step(self._sessions, effects, opening)
        await self._client.start_workflow(
            "toy.v1", self.id, id=self.procedure, task_queue="toy-workflows"
        )

    async def take(self, asked: TakeStep, within_s: float = 20) -> StepOutcome | Pending:
        within = timedelta(seconds=within_s)
        return await take_step(
            self._client,
            self._sessions,
            self.procedure,
            asked,
            outcomes=self._outcomes,
            within=within,
        )


@pytest.fixture
async def client(temporal: Temporal) -> Client:
    return await connect(TemporalSettings(address=temporal.address, codec_keys=KEYS))


@pytest.fixture
async def outcomes(toy_database: DatabaseSettings) -> AsyncIterator[StepListener]:
    outcomes = StepListener(UNIT, dsn(toy_database, UNIT, "app"))
    yield outcomes
    await outcomes.stop()


@pytest.fixture(params=["the record answers", "the workflow answers"])
async def case(
    client: Client, toy_sessions: Sessions, outcomes: StepListener, request: pytest.FixtureRequest
) -> Case:
    heard = outcomes if request.param == "the record answers" else None
    case = Case(client, toy_sessions, heard)
    await case.open()
    return case


def procedures(client: Client) -> Worker:
    return Worker(
        client,
        task_queue="toy-workflows",
        workflows=[Toy],
        workflow_runner=UnsandboxedWorkflowRunner(),
    )


def recording(client: Client, sessions: Sessions) -> Worker:
    return activities_worker(client, UNIT, [step_activity(UNIT, sessions, effects)])


@asynccontextmanager
async def workers(client: Client, sessions: Sessions) -> AsyncIterator[None]:
    async with procedures(client), recording(client, sessions):
        yield


def asking(step: str, **payload: str) -> TakeStep:
    return TakeStep(request_id=uuid4(), step=step, by=person(Role.HEAD), payload=dict(payload))


async def test_a_step_is_taken_and_answers(
    client: Client, toy_sessions: Sessions, case: Case
) -> None:
    async with workers(client, toy_sessions):
        outcome = await case.take(asking("note"))

    assert isinstance(outcome, StepOutcome)
    assert (outcome.seq, outcome.line) == (2, "main")


async def test_asking_again_answers_the_same_even_after_the_procedure_ended(
    client: Client, toy_sessions: Sessions, case: Case
) -> None:
    first, last = asking("note"), asking("end")
    async with workers(client, toy_sessions):
        outcome = await case.take(first)
        assert await case.take(first) == outcome
        ended = await case.take(last)

        assert await case.take(first) == outcome
        assert await case.take(last) == ended
        assert (await counts(toy_sessions))[0] == 3

        with pytest.raises(Refusal) as refused:
            await case.take(asking("note"))
    assert refused.value.code == "procedure_closed"


async def test_a_request_id_used_for_another_step_is_refused(
    client: Client, toy_sessions: Sessions, case: Case
) -> None:
    first = asking("note")
    async with workers(client, toy_sessions):
        await case.take(first)
        with pytest.raises(Refusal) as refused:
            await case.take(first.model_copy(update={"step": "other"}))

    assert refused.value.code == "request_id_reused"


async def test_what_the_owners_effect_refuses_reaches_the_asker_as_it_was_said(
    client: Client, toy_sessions: Sessions, case: Case
) -> None:
    async with workers(client, toy_sessions):
        with pytest.raises(Refusal) as refused:
            await case.take(asking("refuse"))

    refusal = refused.value
    assert (refusal.code, refusal.says) == (
        "no_cause",
        Says("没有这一案由。", "There is no such cause"),
    )
    assert refusal.fields == {"open": ["file"]}


async def test_a_procedure_that_never_was_is_refused(
    client: Client, toy_sessions: Sessions
) -> None:
    with pytest.raises(Refusal) as refused:
        await Case(client, toy_sessions).take(asking("note"))

    assert refused.value.code == "procedure_closed"


async def test_while_no_worker_is_there_it_is_not_yet_known_and_later_it_is(
    client: Client, toy_sessions: Sessions, case: Case
) -> None:
    asked = asking("note")

    assert await case.take(asked, within_s=1) == Pending(asked.request_id)
    async with workers(client, toy_sessions):
        outcome = await case.take(asked)

    assert isinstance(outcome, StepOutcome)
    assert outcome.seq == 2
    assert (await counts(toy_sessions))[0] == 2


async def test_the_same_request_from_six_askers_at_once_is_one_step(
    client: Client, toy_sessions: Sessions, case: Case
) -> None:
    asked = asking("note")
    async with workers(client, toy_sessions):
        outcomes = await asyncio.gather(*(case.take(asked) for _ in range(6)))

    assert outcomes == [outcomes[0]] * 6
    assert (await counts(toy_sessions))[0] == 2


async def test_a_history_shows_nothing_of_what_was_said(
    client: Client, toy_sessions: Sessions, case: Case
) -> None:
    async with workers(client, toy_sessions):
        await case.take(asking("note", note="高要区某加油站"))
        with pytest.raises(Refusal):
            await case.take(asking("refuse"))

    handle = client.get_workflow_handle(case.procedure)
    events = [event.SerializeToString() async for event in handle.fetch_history_events()]
    history = b"".join(events)
    assert len(events) > 10
    for said in ("高要区某加油站".encode(), b"There is no such cause", "没有这一案由".encode()):
        assert said not in history


async def test_what_is_on_record_is_known_before_the_workflow_knows_it(
    client: Client, toy_sessions: Sessions, outcomes: StepListener
) -> None:
    case = Case(client, toy_sessions, outcomes)
    await case.open()
    handle = client.get_workflow_handle(case.procedure)

    async def scheduled() -> bool:
        kinds = [event.event_type async for event in handle.fetch_history_events()]
        return EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED in kinds

    async with procedures(client):
        asked = asyncio.create_task(case.take(asking("note")))
        await eventually(scheduled)
    async with recording(client, toy_sessions):
        outcome = await asked

    assert isinstance(outcome, StepOutcome)
    assert outcome.seq == 2


async def test_a_lost_connection_delays_the_answer_and_loses_nothing(
    client: Client, toy_sessions: Sessions, outcomes: StepListener
) -> None:
    case = Case(client, toy_sessions, outcomes)
    await case.open()
    async with workers(client, toy_sessions):
        await case.take(asking("note"))
        await outcomes.stop()
        again = await case.take(asking("note"))

    assert isinstance(again, StepOutcome)
    assert again.seq == 3


async def test_where_no_connection_can_be_made_the_workflow_answers(
    client: Client, toy_sessions: Sessions
) -> None:
    case = Case(client, toy_sessions, StepListener(UNIT, "postgresql://127.0.0.1:1/nowhere"))
    await case.open()
    async with workers(client, toy_sessions):
        outcome = await case.take(asking("note"))

    assert isinstance(outcome, StepOutcome)
