"""`steelyard held` on real rows: what waits is shown, and who let it go is on record."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import text

from contracts.topics import INTAKE
from services.kit.clock import WallClock
from services.kit.events.envelope import Envelope
from services.kit.events.handling import Heard
from services.kit.held.store import hold
from services.kit.settings import DatabaseSettings
from services.kit.storage.database import Sessions, engine, sessions
from tests.support.command_line import from_a_loop
from tests.support.examples.intake import report
from tests.support.servers import ROLE_KEY, Templates
from tests.support.signed import signed

UNIT = "enforcement"


@pytest.fixture
async def record(templates: Templates, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Sessions]:
    """The unit's tables, in the database the settings name."""
    monkeypatch.setenv("COLUMNS", "240")
    monkeypatch.setenv("DATABASE_URL", await templates.copy(UNIT))
    monkeypatch.setenv("DATABASE_ROLE_KEY", ROLE_KEY)
    on = engine(DatabaseSettings(), UNIT, "worker")
    yield sessions(on, UNIT)
    await on.dispose()


@pytest.fixture
async def waiting(record: Sessions) -> Envelope:
    """An event that failed, and one of its key behind it."""
    first, second = (signed(report(), id=name) for name in ("first", "second"))
    now = WallClock().now()
    async with record() as session, session.begin():
        events = [
            (Heard(report(), first, now), INTAKE.name, ValueError("a fault")),
            (Heard(report(), second, now), INTAKE.name, None),
        ]
        await hold(session, events)
    return first


async def rows(record: Sessions, statement: str) -> list[Any]:
    async with record() as session:
        return list(await session.execute(text(statement)))


async def test_what_waits_is_listed_with_what_waits_behind_it(waiting: Envelope) -> None:
    said = await from_a_loop("held", "list", "--unit", UNIT)

    assert said.code == 0
    assert "滞留事件 Held events: 2" in said.out
    assert waiting.key in said.out
    assert waiting.type in said.out


async def test_a_held_event_is_shown_with_its_bytes(record: Sessions, waiting: Envelope) -> None:
    [[number, *_]] = await rows(record, "SELECT seq FROM held WHERE id = 'first'")

    said = await from_a_loop("held", "show", UNIT, str(number))

    assert said.code == 0
    assert f'"source": "{waiting.source}"' in said.out
    assert "GY-2026-0117" in said.out


@pytest.mark.usefixtures("waiting")
async def test_who_replayed_and_why_is_on_record(record: Sessions) -> None:
    [[number, *_]] = await rows(record, "SELECT seq FROM held WHERE id = 'first'")
    because = ("--who", "samr.operator", "--why", "故障已排除")

    said = await from_a_loop("held", "replay", UNIT, str(number), *because)

    assert said.code == 0, said.err
    [action] = await rows(record, "SELECT event_id, action, by_id, reason FROM held_action")
    assert tuple(action) == ("first", "replay", "samr.operator", "故障已排除")
    [[attempts]] = await rows(record, "SELECT attempts FROM held WHERE id = 'first'")
    assert attempts == 0


@pytest.mark.usefixtures("waiting")
async def test_what_is_discarded_is_set_aside_and_not_lost(record: Sessions) -> None:
    [[number, *_]] = await rows(record, "SELECT seq FROM held WHERE id = 'first'")
    because = ("--who", "samr.operator", "--why", "重复报送")

    said = await from_a_loop("held", "discard", UNIT, str(number), *because)

    assert said.code == 0, said.err
    assert [[r.id] for r in await rows(record, "SELECT id FROM held")] == [["second"]]
    aside = await from_a_loop("held", "list", "--unit", UNIT, "--set-aside")
    assert "discarded by samr.operator: 重复报送" in aside.out


@pytest.mark.usefixtures("waiting")
async def test_nobody_lets_an_event_go_without_a_reason(record: Sessions) -> None:
    [[number, *_]] = await rows(record, "SELECT seq FROM held WHERE id = 'first'")

    said = await from_a_loop("held", "discard", UNIT, str(number), "--who", "x y", "--why", " ")

    assert said.code == 2
    assert "Say why" in said.err
    assert await rows(record, "SELECT * FROM held_action") == []


@pytest.mark.usefixtures("record")
async def test_an_event_that_is_not_held_is_refused() -> None:
    said = await from_a_loop("held", "show", UNIT, "4711")

    assert said.code == 2
    assert "There is no held event 4711" in said.err
