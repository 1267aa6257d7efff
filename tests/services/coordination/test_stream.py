"""The event stream: each agency's own system hears of its part, and of nothing else."""

from typing import Any

from sqlalchemy import text

from tests.services.coordination.operations import NOTE, OUTCOME, three_agencies
from tests.services.coordination.responses import fought_through
from tests.support.owner.house import House
from tests.support.owner.record import Record


async def published(record: Record) -> None:
    """As the relay marks them, batch by batch."""
    async with record.worker() as session, session.begin():
        await session.execute(
            text("UPDATE outbox SET published_at = now() WHERE published_at IS NULL")
        )


async def heard(house: House, who: str, after: str | None = None) -> list[dict[str, Any]]:
    asked = {} if after is None else {"after": after}
    events: list[dict[str, Any]] = (await house.get(who, "/stream", **asked))["events"]
    return events


def kinds(events: list[dict[str, Any]]) -> list[str]:
    return [event["type"].removeprefix("cn.metrology.") for event in events]


async def test_an_invited_agency_hears_of_its_invitation_and_how_to_answer(
    record: Record, house: House
) -> None:
    await record.take_all(three_agencies().records[:1])
    await published(record)

    [invited] = await heard(house, "police.liaison")

    assert invited["type"] == "cn.metrology.coordination.agency_invited.v1"
    assert invited["data"]["line"] == "task/1"
    assert invited["data"]["reply_by"] == "2026-03-04"
    assert (invited["specversion"], invited["source"]) == ("1.0", "/services/coordination")


async def test_who_refused_hears_its_own_answer_and_the_end_and_nothing_between(
    record: Record, house: House
) -> None:
    await record.take_all(three_agencies().records)
    await published(record)

    told = await heard(house, "procuratorate.liaison")

    assert kinds(told) == [
        "coordination.agency_invited.v1",
        "coordination.invitation_answered.v1",
        "procedure.step_taken.v1",
        "procedure.procedure_ended.v1",
    ]


async def test_who_takes_part_hears_what_is_shared_cut_to_its_own_lines(
    record: Record, house: House
) -> None:
    await record.take_all(three_agencies().records)
    await published(record)

    told = await heard(house, "city-police.liaison")

    steps = [event["data"] for event in told if event["type"].endswith("step_taken.v1")]
    assert {step["step"] for step in steps} >= {"share_evidence", "conclude", "accept"}
    assert "write_note" not in {step["step"] for step in steps}
    assert "propose_outcome" not in {step["step"] for step in steps}
    for step in steps:
        lines = {line["key"] for line in step["state"]["lines"]}
        assert lines <= {"main", "task/1", "task/3", "task/6"}, "its own, and those below it"
        assert {line["key"]: line["facts"] for line in step["state"]["lines"]}["main"] == {}
    assert NOTE not in str(told)
    assert OUTCOME not in str(told)


async def test_the_lead_hears_everything_and_a_stranger_nothing(
    record: Record, house: House
) -> None:
    await record.take_all(three_agencies().records)
    await published(record)

    assert len(await heard(house, "county.liaison")) == len(await record.rows("outbox"))
    assert len(await heard(house, "province.evaluator")) == len(await record.rows("outbox"))
    for nobody in ("nation.nobody", "nowhere.liaison"):
        assert await heard(house, nobody) == []


async def test_the_response_to_the_same_case_is_not_told_to_who_was_only_invited(
    record: Record, house: House
) -> None:
    await record.take_all(three_agencies().records)
    operation = await heard_after_publishing(record, house)
    await record.take_all(fought_through().records)

    assert await heard_after_publishing(record, house) == operation


async def heard_after_publishing(record: Record, house: House) -> list[dict[str, Any]]:
    await published(record)
    return await heard(house, "city-police.liaison")


async def test_it_goes_on_from_where_it_was_left_and_nothing_comes_twice(
    record: Record, house: House
) -> None:
    whole = three_agencies().records
    seen: list[str] = []
    after = None
    for one in whole:
        await record.take(one)
        await published(record)
        part = await house.get(
            "city-police.liaison", "/stream", **({"after": after} if after else {})
        )
        seen += [event["id"] for event in part["events"]]
        after = part["next"]

    assert len(set(seen)) == len(seen)
    assert set(seen) <= {event["id"] for event in await heard(house, "city-police.liaison")}
    assert await heard(house, "city-police.liaison", after) == []


async def test_it_comes_in_parts_as_small_as_asked_for(record: Record, house: House) -> None:
    await record.take_all(three_agencies().records)
    await published(record)
    whole = [event["id"] for event in await heard(house, "city-police.liaison")]

    parts: list[str] = []
    after: dict[str, str] = {}
    while len(parts) < len(whole):
        part = await house.get("city-police.liaison", "/stream", limit=3, **after)
        assert 0 < len(part["events"]) <= 3
        parts += [event["id"] for event in part["events"]]
        after = {"after": part["next"]}

    assert parts == whole


async def test_what_is_owed_but_not_yet_published_is_not_told(record: Record, house: House) -> None:
    await record.take_all(three_agencies().records)

    assert await heard(house, "county.liaison") == []


async def test_a_cursor_that_is_none_is_refused(house: House) -> None:
    assert await house.status("county.liaison", "/stream?after=yesterday") == 422
