"""Whatever dies: nothing lost, nothing twice, no case's events out of order."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

import pytest

from deploy.embedded.kafka import Kafka
from deploy.embedded.postgres import Postgres
from deploy.embedded.server import Server
from services.kit.events.hearing import Hearing
from tests.delivery.toy.handling import FLAKY, SWITCH
from tests.delivery.toy.launch import Launched, launched
from tests.delivery.toy.stand import Stand, expected, once
from tests.support.chance import Chance
from tests.support.servers import down
from tests.support.signed import signed_report
from tests.support.waiting import eventually, every

ENOUGH = 200
"""Rounds of reports at most: a slow machine need not catch up with more."""
REFERENCES = [f"R{n}" for n in range(8)]
pytestmark = pytest.mark.journey


class Load:
    """Reports sent at a steady pace until told to stop; each reference's are numbered.

    Some fail at their first attempt and hold their key for a moment, some are forged.
    """

    def __init__(self, stand: Stand) -> None:
        self._stand = stand
        self.numbers = 0
        self._stop = False

    async def run(self) -> None:
        async for _ in every(0.1):
            if self._stop or self.numbers == ENOUGH:
                break
            for place, reference in enumerate(REFERENCES):
                # now and then one that fails at first, and one that nobody signed
                flaky = self.numbers % 40 == 5 * place
                report = signed_report(
                    reference, number=self.numbers, summary=FLAKY if flaky else "涉嫌作弊"
                )
                await self._stand.send(report)
                if flaky:
                    await self._stand.send(dataclasses.replace(report, signature=None))
            self.numbers += 1

    def stop(self) -> None:
        self._stop = True

    async def gone_on(self, rounds: int) -> None:
        """Return when that many more rounds are on their way."""
        wanted = min(self.numbers + rounds, ENOUGH)

        async def sent() -> bool:
            return self.numbers >= wanted

        await eventually(sent, within=60)

    async def arrived(self, *, within: float = 120.0) -> None:
        """Everything sent was taken and told: once, in order."""
        numbers = list(range(self.numbers))

        async def all_taken() -> bool:
            [(count,)] = await self._stand.rows("SELECT count(*) FROM seen")
            return bool(count >= len(numbers) * len(REFERENCES))

        async def all_told() -> bool:
            [(owed,)] = await self._stand.rows(
                "SELECT count(*) FROM outbox WHERE published_at IS NULL"
            )
            return bool(owed == 0)

        await eventually(_patiently(all_taken), within=within)
        await eventually(_patiently(all_told), within=within)
        assert await self._stand.seen() == dict.fromkeys(REFERENCES, numbers)
        assert once(await self._stand.told()) == expected(REFERENCES, numbers)
        assert await self._stand.held() == []
        assert set(await self._stand.reasons()) <= {"signature_missing"}


@asynccontextmanager
async def load(stand: Stand) -> AsyncIterator[Load]:
    sending = Load(stand)
    task = asyncio.create_task(sending.run())
    try:
        yield sending
    finally:
        sending.stop()
        await task


async def test_a_service_killed_under_load_again_and_again(stand: Stand, chance: Chance) -> None:
    async with launched(stand) as toy:
        await toy.ready()
        async with load(stand) as sending:
            for _ in range(4):
                await sending.gone_on(chance.randint(3, 12))
                await toy.kill()
                await toy.start()
                await toy.ready()
        await sending.arrived()


@pytest.mark.parametrize("name", ["kafka", "postgres"])
async def test_a_server_killed_under_load(
    stand: Stand, kafka: Kafka, postgres: Postgres, name: str, chance: Chance
) -> None:
    server: Server = {"kafka": kafka, "postgres": postgres}[name]
    async with launched(stand) as toy:
        await toy.ready()
        async with load(stand) as sending:
            for _ in range(2):
                await sending.gone_on(chance.randint(5, 15))
                async with down(server):
                    pass
            await sending.gone_on(5)
        await sending.arrived()


async def test_a_service_started_before_its_servers_begins_when_they_are_there(
    stand: Stand, kafka: Kafka, postgres: Postgres
) -> None:
    async with AsyncExitStack() as stack:
        async with down(postgres, kafka):
            toy = await stack.enter_async_context(launched(stand))
            await eventually(partial(_in_vain, toy), within=60)
        await toy.ready()
        async with load(stand) as sending:
            await sending.gone_on(5)
        await sending.arrived()


async def test_a_crash_between_publishing_and_marking_tells_again_and_nothing_new(
    stand: Stand,
) -> None:
    crashes = 3

    async def crash() -> None:
        nonlocal crashes
        if crashes:
            crashes -= 1
            raise RuntimeError("killed here")

    SWITCH.broken = False
    reports = [signed_report("R", number=n) for n in range(40)]
    async with stand.hearing():
        await stand.send(*reports)
        await eventually(lambda: _seen(stand, 40))
    async with stand.relaying(published=crash):
        await eventually(lambda: _all_marked(stand))

    told = await stand.told()
    assert len(told) == 4 * 40, "each crash published all of them"
    assert once(told) == expected(["R"], range(40))


async def test_a_rebalance_in_mid_batch_neither_loses_nor_repeats(stand: Stand) -> None:
    SWITCH.broken = False
    first, second = _Slow(stand), stand.new_hearing()
    await stand.send(*(signed_report(r, number=n) for n in range(5) for r in REFERENCES))
    await first.hearing.start()
    await first.in_hand.wait()  # its batch is claimed, decided and written, but not committed

    await second.start()  # takes half of the partitions, and with them records the first has
    await stand.send(*(signed_report(r, number=n) for n in range(5, 9) for r in REFERENCES))
    await eventually(partial(_shared, stand, 2))
    first.go.set()
    await eventually(lambda: _seen(stand, 9 * len(REFERENCES)))
    await second.stop()
    await first.hearing.stop()

    assert await stand.seen() == {r: list(range(9)) for r in REFERENCES}


async def test_two_replicas_coming_and_going_share_the_load(stand: Stand) -> None:
    async with launched(stand, "one") as one, launched(stand, "two") as two:
        await one.ready()
        await two.ready()
        async with load(stand) as sending:
            await sending.gone_on(5)
            assert await two.stop() == 0
            await sending.gone_on(5)
            await two.start()
            await two.ready()
            await one.kill()
            await one.start()
            await one.ready()
        await sending.arrived()


async def test_a_service_told_to_stop_finishes_what_is_in_hand(stand: Stand) -> None:
    async with launched(stand) as toy:
        await toy.ready()
        async with load(stand) as sending:
            await sending.gone_on(10)
            code = await toy.stop()
        [(taken,)] = await stand.rows("SELECT count(*) FROM seen")
        [(owed,)] = await stand.rows("SELECT count(*) FROM outbox WHERE published_at IS NULL")

        assert (code, owed) == (0, 0), "it told of all it had taken"
        assert taken > 0
        await toy.start()
        await sending.arrived()


class _Slow:
    """A hearing whose transaction stays open until it is let go."""

    def __init__(self, stand: Stand) -> None:
        self.hearing: Hearing = stand.new_hearing()
        self.in_hand, self.go = asyncio.Event(), asyncio.Event()
        write = self.hearing.inbox.write

        async def slow(*args: object) -> None:
            await write(*args)  # type: ignore[arg-type]
            self.in_hand.set()
            await self.go.wait()

        self.hearing.inbox.write = slow  # type: ignore[method-assign, assignment]


async def _seen(stand: Stand, wanted: int) -> bool:
    [(count,)] = await stand.rows("SELECT count(*) FROM seen")
    return bool(count == wanted)


async def _shared(stand: Stand, consumers: int) -> bool:
    return await stand.sharing() == consumers


async def _in_vain(toy: Launched) -> bool:
    """It has asked both servers more than once."""
    log = toy.log.read_text("utf-8")
    return all(log.count(asked) > 1 for asked in ("kafka_unavailable", "relay_term_ended"))


async def _all_marked(stand: Stand) -> bool:
    [(owed,)] = await stand.rows("SELECT count(*) FROM outbox WHERE published_at IS NULL")
    return bool(owed == 0)


def _patiently(look: Callable[[], Awaitable[bool]]) -> Callable[[], Awaitable[bool]]:
    """The same, where the database may be away for a moment."""

    async def patient() -> bool:
        try:
            return await look()
        except Exception:  # noqa: BLE001 - whatever a dying server makes the client raise
            return False

    return patient
