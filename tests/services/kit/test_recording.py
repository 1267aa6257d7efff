"""A step is written down once, by its number, with its effect: all or nothing."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest
from pydantic import JsonValue
from sqlalchemy import text

from contracts.agencies import Role
from contracts.legal_day import SHANGHAI
from contracts.procedure import Line, Payload, ProcedureState, RecordStep
from contracts.says import Says
from services.kit.clock import WallClock
from services.kit.errors import Invalid, OutOfStep, Refusal
from services.kit.steps.effects import Effects, Reply, TakenStep
from services.kit.steps.recording import record_step
from services.kit.storage.database import Sessions
from services.kit.storage.transaction import Transaction
from tests.delivery.toy.handling import Seen
from tests.support.directories import person

CASE = UUID(int=9)


class Filing(Payload):
    cause: str


effects = Effects()


@effects.on("toy", "file", payload=Filing)
async def file_case(tx: Transaction, step: TakenStep[Filing]) -> Reply | None:
    """Write one row, and answer with a number."""
    tx.add(Seen(event_id=str(step.record.seq), reference=step.payload.cause, number=0, agency=None))
    if step.payload.cause == "refuse":
        raise Refusal("no_cause", Says("没有这一案由。", "There is no such cause"))
    if step.payload.cause == "crash":
        raise RuntimeError("a fault")
    return {"number": f"{step.case_id}-1"}


def a_step(seq: int, step: str = "note", **changes: Any) -> RecordStep:
    now = WallClock().now().astimezone(SHANGHAI)
    state = ProcedureState(
        procedure="toy",
        version=1,
        case_id=CASE,
        seq=seq,
        lines=(
            Line(
                key="main",
                table="toy",
                stage="open",
                agencies=("county",),
                version=seq - 1,
                entered_at=now,
            ),
        ),
    )
    payload: dict[str, JsonValue] = changes.pop("payload", {})
    said: dict[str, Any] = {
        "request_id": uuid4(),
        "digest": f"{step}{payload}",
        "procedure": "toy",
        "case_id": CASE,
        "seq": seq,
        "step": step,
        "line": "main",
        "table": "toy",
        "by": person(Role.HEAD),
        "payload": payload,
        "taken_at": now,
        "happened_at": now,
        "state": state,
    }
    return RecordStep(**said | changes)


async def counts(sessions: Sessions) -> tuple[int, int, int]:
    """Steps logged, events owed, rows written."""
    statement = """
        SELECT (SELECT count(*) FROM step_log), (SELECT count(*) FROM outbox),
               (SELECT count(*) FROM seen)
    """
    async with sessions() as session:
        row = (await session.execute(text(statement))).one()
    return row[0], row[1], row[2]


async def test_a_step_leaves_its_line_its_effect_and_its_event(toy_sessions: Sessions) -> None:
    await record_step(toy_sessions, effects, a_step(1, "open"))

    outcome = await record_step(
        toy_sessions, effects, a_step(2, "file", payload={"cause": "fraud"})
    )

    assert (outcome.seq, outcome.line, outcome.version) == (2, "main", 1)
    assert outcome.reply == {"number": f"{CASE}-1"}
    assert await counts(toy_sessions) == (2, 2, 1)
    async with toy_sessions() as session:
        row = (await session.execute(text("SELECT seq, agencies FROM procedure"))).one()
    assert tuple(row) == (2, ["county"])


async def test_asked_again_it_answers_the_same_and_changes_nothing(toy_sessions: Sessions) -> None:
    first, second = a_step(1, "open"), a_step(2, "file", payload={"cause": "fraud"})
    await record_step(toy_sessions, effects, first)
    outcome = await record_step(toy_sessions, effects, second)
    await record_step(toy_sessions, effects, a_step(3))

    assert await record_step(toy_sessions, effects, second) == outcome
    assert (await record_step(toy_sessions, effects, first)).seq == 1
    assert await counts(toy_sessions) == (3, 3, 1)


async def test_a_request_id_used_for_another_step_is_refused(toy_sessions: Sessions) -> None:
    opening = a_step(1, "open")
    await record_step(toy_sessions, effects, opening)

    with pytest.raises(Refusal) as refused:
        await record_step(toy_sessions, effects, a_step(2, "file", request_id=opening.request_id))

    assert refused.value.code == "request_id_reused"


@pytest.mark.parametrize("seq", [2, 4, 7])
async def test_a_step_that_is_not_the_next_one_stops(toy_sessions: Sessions, seq: int) -> None:
    await record_step(toy_sessions, effects, a_step(1, "open"))
    await record_step(toy_sessions, effects, a_step(2))

    with pytest.raises(OutOfStep):
        await record_step(toy_sessions, effects, a_step(seq))

    assert (await counts(toy_sessions))[0] == 2


async def test_a_procedure_that_was_never_opened_takes_no_step(toy_sessions: Sessions) -> None:
    with pytest.raises(OutOfStep):
        await record_step(toy_sessions, effects, a_step(2))


async def test_a_second_run_of_an_open_procedure_is_told_so(toy_sessions: Sessions) -> None:
    await record_step(toy_sessions, effects, a_step(1, "open"))

    with pytest.raises(Refusal) as refused:
        await record_step(toy_sessions, effects, a_step(1, "open"))

    assert refused.value.code == "already_open"


@pytest.mark.parametrize(
    ("cause", "error"), [("refuse", Refusal), ("crash", RuntimeError), (None, Invalid)]
)
async def test_a_step_whose_effect_fails_leaves_no_trace(
    toy_sessions: Sessions, cause: str | None, error: type[Exception]
) -> None:
    await record_step(toy_sessions, effects, a_step(1, "open"))

    with pytest.raises(error):
        await record_step(toy_sessions, effects, a_step(2, "file", payload={"cause": cause}))

    assert await counts(toy_sessions) == (1, 1, 0)


async def test_the_same_step_asked_by_two_at_once_is_taken_once(toy_sessions: Sessions) -> None:
    await record_step(toy_sessions, effects, a_step(1, "open"))
    step = a_step(2, "file", payload={"cause": "fraud"})

    answers = await asyncio.gather(*(record_step(toy_sessions, effects, step) for _ in range(6)))

    assert len({answer.model_dump_json() for answer in answers}) == 1
    assert await counts(toy_sessions) == (2, 2, 1)


async def test_two_different_next_steps_at_once_are_one_step(toy_sessions: Sessions) -> None:
    await record_step(toy_sessions, effects, a_step(1, "open"))

    answers = await asyncio.gather(
        *(record_step(toy_sessions, effects, a_step(2)) for _ in range(6)), return_exceptions=True
    )

    assert sum(isinstance(answer, OutOfStep) for answer in answers) == 5
    assert await counts(toy_sessions) == (2, 2, 0)


async def test_a_procedure_opened_by_six_at_once_is_opened_once(toy_sessions: Sessions) -> None:
    answers = await asyncio.gather(
        *(record_step(toy_sessions, effects, a_step(1, "open")) for _ in range(6)),
        return_exceptions=True,
    )

    refused = [answer for answer in answers if isinstance(answer, Refusal)]
    assert {refusal.code for refusal in refused} == {"already_open"}
    assert len(refused) == 5
    assert await counts(toy_sessions) == (1, 1, 0)


def test_a_step_has_one_effect_only() -> None:
    with pytest.raises(ValueError, match="already"):
        effects.on("toy", "file", payload=Filing)(file_case)
