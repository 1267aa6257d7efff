"""The event stream: each agency's own system hears of its part, and of nothing else."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tests.services.coordination.api import Api, api
from tests.services.coordination.operations import NOTE, OUTCOME, three_agencies
from tests.services.coordination.record import Record
from tests.services.coordination.responses import fought_through

NOWHERE = "127.0.0.1:1"


@pytest.fixture
async def asking(record: Record, tmp_path: Path) -> AsyncIterator[Api]:
    async with api(record.app, tmp_path, NOWHERE) as found:
        yield found


async def published(record: Record) -> None:
    """As the relay marks them, batch by batch."""
    async with record.worker() as session, session.begin():
        await session.execute(
            text("UPDATE outbox SET published_at = now() WHERE published_at IS NULL")
        )


async def heard(asking: Api, who: str, after: str | None = None) -> list[dict[str, Any]]:
    asked = {} if after is None else {"after": after}
    events: list[dict[str, Any]] = (await asking.get(who, "/stream", **asked))["events"]
    return events


def kinds(events: list[dict[str, Any]]) -> list[str]:
    return [event["type"].removeprefix("cn.metrology.") for event in events]


async def test_an_invited_agency_hears_of_its_invitation_and_how_to_answer(
    record: Record, asking: Api
) -> None:
    await record.take_all(three_agencies().records[:1])
    await published(record)

    [invited] = await heard(asking, "police.liaison")

    assert invited["type"] == "cn.metrology.coordination.agency_invited.v1"
    assert invited["data"]["line"] == "task/1"
    assert invited["data"]["reply_by"] == "2026-03-04"
    assert (invited["specversion"], invited["source"]) == ("1.0", "/services/coordination")


async def test_who_refused_hears_its_own_answer_and_the_end_and_nothing_between(
    record: Record, asking: Api
) -> None:
    await record.take_all(three_agencies().records)
    await published(record)

    told = await heard(asking, "procuratorate.liaison")

    assert kinds(told) == [
        "coordination.agency_invited.v1",
        "coordination.invitation_answered.v1",
        "procedure.step_taken.v1",
        "procedure.procedure_ended.v1",
    ]


async def test_who_takes_part_hears_what_is_shared_cut_to_its_own_lines(
    record: Record, asking: Api
) -> None:
    await record.take_all(three_agencies().records)
    await published(record)

    told = await heard(asking, "city-police.liaison")

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
    record: Record, asking: Api
) -> None:
    await record.take_all(three_agencies().records)
    await published(record)

    assert len(await heard(asking, "county.liaison")) == len(await record.rows("outbox"))
    assert len(await heard(asking, "province.evaluator")) == len(await record.rows("outbox"))
    for nobody in ("nation.nobody", "nowhere.liaison"):
        assert await heard(asking, nobody) == []


async def test_the_response_to_the_same_case_is_not_told_to_who_was_only_invited(
    record: Record, asking: Api
) -> None:
    await record.take_all(three_agencies().records)
    operation = await heard_after_publishing(record, asking)
    await record.take_all(fought_through().records)

    assert await heard_after_publishing(record, asking) == operation


async def heard_after_publishing(record: Record, asking: Api) -> list[dict[str, Any]]:
    await published(record)
    return await heard(asking, "city-police.liaison")


async def test_it_goes_on_from_where_it_was_left_and_nothing_comes_twice(
    record: Record, asking: Api
) -> None:
    whole = three_agencies().records
    seen: list[str] = []
    after = None
    for one in whole:
        await record.take(one)
        await published(record)
        part = await asking.get(
            "city-police.liaison", "/stream", **({"after": after} if after else {})
        )
        seen += [event["id"] for event in part["events"]]
        after = part["next"]

    assert len(set(seen)) == len(seen)
    assert set(seen) <= {event["id"] for event in await heard(asking, "city-police.liaison")}
    assert await heard(asking, "city-police.liaison", after) == []


async def test_it_comes_in_parts_as_small_as_asked_for(record: Record, asking: Api) -> None:
    await record.take_all(three_agencies().records)
    await published(record)
    whole = [event["id"] for event in await heard(asking, "city-police.liaison")]

    parts: list[str] = []
    after: dict[str, str] = {}
    while len(parts) < len(whole):
        part = await asking.get("city-police.liaison", "/stream", limit=3, **after)
        assert 0 < len(part["events"]) <= 3
        parts += [event["id"] for event in part["events"]]
        after = {"after": part["next"]}

    assert parts == whole


async def test_what_is_owed_but_not_yet_published_is_not_told(record: Record, asking: Api) -> None:
    await record.take_all(three_agencies().records)

    assert await heard(asking, "county.liaison") == []


async def test_a_cursor_that_is_none_is_refused(asking: Api) -> None:
    assert await asking.status("county.liaison", "/stream?after=yesterday") == 422
