"""Effects on a record: its row is locked first, made where it must be, and followed."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from contracts.procedure import Payload, RecordStep
from services.kit.errors import NotFound
from services.kit.steps.effects import Effects, TakenStep
from services.kit.steps.record_effects import At, RecordEffects, effects_of
from services.kit.steps.recording import record_step
from services.kit.storage.database import Sessions
from services.kit.storage.transaction import Transaction
from tests.services.kit.gauges import PROCEDURE, Gauge, Read, a_step, effects
from tests.support.directories import COUNTY, directory

CASE = UUID(int=9)


async def readings(sessions: Sessions) -> list[tuple[Any, ...]]:
    async with sessions() as session:
        found = await session.execute(text("SELECT agency, reading FROM gauge"))
        return [tuple(row) for row in found]


def own() -> RecordEffects[Gauge]:
    return RecordEffects(PROCEDURE, Gauge)


async def test_a_record_is_made_at_the_opening_and_changed_by_its_steps(gauges: Sessions) -> None:
    known = effects_of(directory, effects)
    await record_step(gauges, known, a_step(1, "open", CASE))

    outcome = await record_step(gauges, known, a_step(2, "read", CASE, reading=7))
    await record_step(gauges, known, a_step(3, "read_again", CASE, reading=8))

    assert outcome.reply == {"before": 0, "seq": 2, "on": "2026-03-02"}
    assert await readings(gauges) == [(COUNTY, 8)]


async def test_an_effect_finds_its_row_locked(gauges: Sessions) -> None:
    looked = own()
    locked: list[bool] = []

    @looked.on("look", payload=Payload)
    async def look(_tx: Transaction, at: At[Gauge, Payload]) -> None:
        other = text("SELECT 1 FROM gauge WHERE case_id = :id FOR UPDATE SKIP LOCKED")
        async with gauges() as session:
            locked.append((await session.execute(other, {"id": at.case_id})).first() is None)

    known = effects_of(directory, effects, looked)
    await record_step(gauges, known, a_step(1, "open", CASE))
    await record_step(gauges, known, a_step(2, "look", CASE))

    assert locked == [True]


async def test_what_is_registered_for_the_opening_finds_the_row_that_was_made(
    gauges: Sessions,
) -> None:
    opened = own()

    @opened.on("open", payload=Payload)
    async def count(_tx: Transaction, at: At[Gauge, Payload]) -> dict[str, Any]:
        at.row.reading += 1
        return {"line": at.line.key, "main": at.main.stage, "new": len(at.opened("part"))}

    @opened.opening
    async def make(tx: Transaction, step: TakenStep[Payload]) -> None:
        tx.add(Gauge(case_id=step.case_id, agency=COUNTY, made_at=step.happened_at, reading=4))

    known = effects_of(directory, opened)
    outcome = await record_step(gauges, known, a_step(1, "open", CASE))

    assert outcome.reply == {"line": "main", "main": "in_use", "new": 0}
    assert await readings(gauges) == [(COUNTY, 5)]


async def test_a_step_on_a_record_that_is_not_there_leaves_no_trace(gauges: Sessions) -> None:
    unmade = own()

    @unmade.on("open", payload=Payload)
    async def nothing(_tx: Transaction, _at: At[Gauge, Payload]) -> None:
        raise AssertionError("without a row there is no effect")

    with pytest.raises(NotFound):
        await record_step(gauges, effects_of(directory, unmade), a_step(1, "open", CASE))

    async with gauges() as session:
        assert (await session.execute(text("SELECT count(*) FROM step_log"))).scalar_one() == 0


async def test_every_step_is_followed_also_one_without_an_effect(gauges: Sessions) -> None:
    followed = own()
    seen: list[str] = []

    @followed.after_each
    async def follow(_tx: Transaction, record: RecordStep) -> None:
        seen.append(record.step)

    known = effects_of(directory, effects, followed)
    for seq, step in enumerate(("open", "read", "note"), 1):
        await record_step(gauges, known, a_step(seq, step, CASE, reading=1))

    assert seen == ["open", "read", "note"]


def test_no_step_has_two_effects() -> None:
    again = own()

    @again.on("read", payload=Read)
    async def read(_tx: Transaction, _at: At[Gauge, Read]) -> None:
        """Never called."""

    found = Effects()
    effects.add_to(found, directory)
    with pytest.raises(ValueError, match="has an effect already"):
        again.add_to(found, directory)


def test_no_procedure_is_followed_twice() -> None:
    async def follow(_tx: Transaction, _record: RecordStep) -> None:
        """Never called."""

    one, another = own(), own()
    one.after_each(follow)
    another.after_each(follow)
    with pytest.raises(ValueError, match="is followed already"):
        effects_of(directory, one, another)
