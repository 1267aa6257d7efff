"""Events come in: each once in effect, each key in order, a bad one alone."""

from sqlalchemy import text

from services.kit.held.admin import discard, list_held, replay
from services.kit.held.store import MAX_ATTEMPTS
from tests.delivery.toy.handling import CALL, DOWN, FAULT, REFUSE, SWITCH, TOO_MUCH
from tests.delivery.toy.stand import Stand, Told, expected, once
from tests.support.examples.intake import report
from tests.support.signed import signed, signed_report
from tests.support.waiting import eventually


async def test_an_event_sent_twice_takes_effect_once(stand: Stand) -> None:
    first, second = signed_report("R", number=1), signed_report("R", number=2)

    async with stand.hearing():
        await stand.send(first, first, second, first)
        await eventually(lambda: _has(stand, R=[1, 2]))
        await stand.send(second, signed_report("end"))
        await eventually(lambda: _has(stand, end=[0]))

    assert await stand.seen() == {"R": [1, 2], "end": [0]}
    assert await stand.reasons() == []


async def test_a_batch_not_committed_comes_again_and_changes_nothing(stand: Stand) -> None:
    reports = [signed_report("R", number=n) for n in range(20)]
    await stand.send(*reports)
    await stand.new_hearing().take(await stand.records())  # and its process dies before it commits

    async with stand.hearing(), stand.relaying():
        await stand.send(signed_report("end"))
        await eventually(lambda: _has(stand, end=[0]))
        told = await eventually(lambda: _told(stand, 21))

    assert (await stand.seen())["R"] == list(range(20))
    assert once(told) == expected(["R"], range(20)) | expected(["end"], [0])


async def test_an_id_used_again_for_other_bytes_is_set_aside(stand: Stand) -> None:
    first = signed_report("R", number=1)
    reused = signed(report(reference="R", crowd=2, occurred_at=first.time), id=first.id)

    async with stand.hearing():
        await stand.send(first, reused)
        await stand.send(reused)
        await eventually(lambda: _reasons(stand, "id_reused"))

    assert await stand.seen() == {"R": [1]}
    assert await stand.reasons() == ["id_reused"]


async def test_a_failing_event_holds_its_key_and_no_other(stand: Stand) -> None:
    bad = signed_report("bad", number=1, summary=FAULT)

    async with stand.hearing():
        await stand.send(bad, *(signed_report("bad", number=n) for n in (2, 3)))
        await stand.send(*(signed_report("good", number=n) for n in range(50)))
        await eventually(lambda: _has(stand, good=list(range(50))))
        assert await stand.held() == [(bad.key, 3)]
        SWITCH.broken = False
        await eventually(lambda: _has(stand, bad=[1, 2, 3]))

    assert await stand.held() == []


async def test_a_bad_event_inside_a_good_batch_is_held_alone(stand: Stand) -> None:
    reports = [signed_report(f"R{n}", number=n) for n in range(100)]
    reports[40] = signed_report("R40", summary=FAULT)
    await stand.send(*reports)

    async with stand.hearing():
        await eventually(lambda: _count(stand, 99))

    assert await stand.held() == [(reports[40].key, 1)]


async def test_a_row_the_database_refuses_sends_the_batch_one_by_one(stand: Stand) -> None:
    reports = [signed_report(f"R{n}", number=n) for n in range(20)]
    reports[7] = signed_report("R7", summary=TOO_MUCH)
    await stand.send(*reports, signed_report("R7", number=1))

    async with stand.hearing():
        await eventually(lambda: _count(stand, 19))
        assert await stand.held() == [(reports[7].key, 2)]
        SWITCH.broken = False
        await eventually(lambda: _has(stand, R7=[0, 1]))


async def test_a_refusal_is_set_aside_with_its_code_and_holds_nothing(stand: Stand) -> None:
    async with stand.hearing():
        await stand.send(signed_report("R", summary=REFUSE), signed_report("R", number=2))
        await eventually(lambda: _has(stand, R=[2]))

    assert await stand.reasons() == ["not_ours"]
    assert await stand.held() == []


async def test_a_failing_call_holds_its_event_and_what_follows_it(stand: Stand) -> None:
    async with stand.hearing():
        await stand.send(
            signed_report("R", number=1),
            signed_report("R", number=2, summary=CALL),
            signed_report("R", number=3),
            signed_report("other", number=4),
        )
        await eventually(lambda: _has(stand, R=[1], other=[4]))
        SWITCH.broken = False
        await eventually(lambda: _has(stand, R=[1, 2, 3]))

    assert [call for call in SWITCH.calls if call.startswith("R/")] == ["R/1", "R/2", "R/3"]


async def test_what_is_down_is_asked_again_without_limit(stand: Stand) -> None:
    async with stand.hearing():
        await stand.send(signed_report("R", summary=DOWN))
        await eventually(lambda: _attempted(stand))
        await _wear_out(stand)
        await eventually(lambda: _still_trying(stand))
        SWITCH.broken = False
        await _wear_out(stand)
        await eventually(lambda: _has(stand, R=[0]))


async def test_a_held_event_is_replayed_while_its_key_waits(stand: Stand) -> None:
    async with stand.hearing() as hearing:
        await stand.send(signed_report("R", number=1, summary=FAULT), signed_report("R", number=2))
        await eventually(lambda: _attempted(stand))
        await _wear_out(stand)
        await eventually(lambda: _given_up(stand))
        [first, second] = await list_held(stand.sessions)
        assert (first["behind"], second["behind"]) == (1, 0)
        await stand.send(signed_report("R", number=3))
        await eventually(lambda: _waiting(stand, 3))
        SWITCH.broken = False
        assert not await hearing.retrying.next_key(), "its attempts were used up"

        await replay(stand.sessions, first["seq"], who="operator-1", why="repaired")
        await eventually(lambda: _has(stand, R=[1, 2, 3]))

    [action] = await stand.rows("SELECT action, by_id, reason, event_id FROM held_action")
    assert tuple(action) == ("replay", "operator-1", "repaired", first["id"])


async def test_what_waits_behind_a_discarded_event_goes_on(stand: Stand) -> None:
    async with stand.hearing():
        await stand.send(signed_report("R", number=1, summary=FAULT), signed_report("R", number=2))
        await eventually(lambda: _waiting(stand, 2))
        [first, _] = await list_held(stand.sessions)

        await discard(stand.sessions, first["seq"], who="operator-1", why="sent by mistake")
        await eventually(lambda: _has(stand, R=[2]))

    assert await stand.reasons() == ["discarded"]
    [action] = await stand.rows("SELECT action FROM held_action")
    assert action[0] == "discard"


async def _has(stand: Stand, **wanted: list[int]) -> bool:
    seen = await stand.seen()
    return all(seen.get(reference) == numbers for reference, numbers in wanted.items())


async def _count(stand: Stand, wanted: int) -> bool:
    return sum(map(len, (await stand.seen()).values())) == wanted


async def _told(stand: Stand, wanted: int) -> list[Told]:
    told = await stand.told()
    return told if len({one.envelope.id for one in told}) >= wanted else []


async def _reasons(stand: Stand, *wanted: str) -> bool:
    return await stand.reasons() == list(wanted)


async def _waiting(stand: Stand, wanted: int) -> bool:
    return sum(number for _, number in await stand.held()) == wanted


async def _attempted(stand: Stand) -> bool:
    return bool(await stand.rows("SELECT 1 FROM held"))


async def _wear_out(stand: Stand) -> None:
    """All attempts but one are used up, and the last one is due."""
    async with stand.sessions() as session, session.begin():
        used = {"used": MAX_ATTEMPTS - 1}
        statement = "UPDATE held SET attempts = :used, next_at = now() WHERE says NOT LIKE 'waits%'"
        await session.execute(text(statement), used)


async def _given_up(stand: Stand) -> bool:
    return bool(await stand.rows("SELECT 1 FROM held WHERE next_at IS NULL"))


async def _still_trying(stand: Stand) -> bool:
    """It was asked again after the last attempt was due, and will be once more."""
    return bool(await stand.rows("SELECT 1 FROM held WHERE next_at > now() + interval '5 s'"))
