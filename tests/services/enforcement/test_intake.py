"""From a signed report to a case on PostgreSQL, and what its sender can learn of it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from contracts.agencies import Role
from contracts.intake import ReportSubmitted
from services.kit.clock import WallClock
from services.kit.events.structured import to_structured
from tests.services.enforcement.house import OWNER, House
from tests.support.directories import CITY, COUNTY
from tests.support.enforcement import POLICE, report
from tests.support.owner.record import Record
from tests.support.waiting import eventually


def now_report(**changes: Any) -> ReportSubmitted:
    return report(occurred_at=WallClock().now() - timedelta(seconds=1), **changes)


async def rows(record: Record, statement: str) -> list[tuple[Any, ...]]:
    async with record.worker() as session:
        return [tuple(row) for row in await session.execute(text(statement))]


async def receipt(house: House, event_id: str, *, agency: str = COUNTY) -> dict[str, Any]:
    async with house.asked_by(Role.INSPECTOR, agency) as client:
        answer = await client.get(f"/receipts/{COUNTY}/{event_id}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


# ── into the record ──────────────────────────────────────────────────────────────────────────────


async def test_a_batch_opens_one_case_and_joins_the_rest_to_it(
    house: House, record: Record
) -> None:
    batch = [house.signed(now_report(reference=f"R-{n}", deaths=n // 2)) for n in range(3)]

    await house.hear(*batch)
    await house.hear(*batch)

    [case] = await rows(record, "SELECT id, level, mobilises, open FROM enforcement_case")
    assert case[1:] == ("I", True, True)
    assert await rows(record, "SELECT reference, case_id FROM report ORDER BY 1") == [
        (f"R-{n}", case[0]) for n in range(3)
    ]
    told = await rows(record, "SELECT split_part(type, '.', 4) FROM outbox ORDER BY id")
    assert [name for (name,) in told] == [
        "case_opened",
        "report_linked",
        "report_linked",
        "level_raised",
    ]


async def test_two_consumers_at_once_open_one_case(
    house: House, record: Record, data_dir: Path
) -> None:
    """The partial unique index refuses the second; taken alone it finds the first, and joins."""
    other = House(OWNER, record, data_dir)
    ours = [house.signed(now_report(subject_name=f"{n}号店")) for n in range(20)]
    theirs = [house.signed(now_report(subject_name=f"{n}号店")) for n in reversed(range(20))]

    await asyncio.gather(house.hear(*ours), other.hear(*theirs))

    await other.close()
    [(cases, reports)] = await rows(
        record, "SELECT (SELECT count(*) FROM enforcement_case), (SELECT count(*) FROM report)"
    )
    assert (cases, reports) == (20, 40)
    assert await rows(record, "SELECT 1 FROM held UNION ALL SELECT 1 FROM set_aside") == []


async def test_a_refused_report_is_set_aside_and_the_batch_goes_on(
    house: House, record: Record
) -> None:
    wrong = house.signed(now_report(subject_code="92500119MAEHAEA47L"), event_id="E-1")
    good = house.signed(now_report(), event_id="E-2")

    await house.hear(wrong, good)

    assert len(await rows(record, "SELECT 1 FROM enforcement_case")) == 1
    [(reason, says)] = await rows(record, "SELECT reason, says FROM set_aside")
    assert reason == "invalid"
    assert "统一社会信用代码" in says


async def test_a_closed_subject_is_reported_anew_as_a_case_of_its_own(
    house: House, record: Record
) -> None:
    first = await house.case_of(now_report())
    async with record.owner() as session, session.begin():
        await session.execute(text("UPDATE enforcement_case SET open = false"))

    second = await house.case_of(now_report())

    assert first != second
    assert len(await rows(record, "SELECT 1 FROM enforcement_case")) == 2


# ── what became of it ────────────────────────────────────────────────────────────────────────────


async def test_a_sender_learns_what_became_of_a_report(house: House) -> None:
    opened = house.signed(now_report(), event_id="E-1")
    joined = house.signed(now_report(), event_id="E-2")
    refused = house.signed(now_report(region="379999"), event_id="E/3")

    before = await receipt(house, "E-1")
    await house.hear(opened, joined, refused)

    assert before["status"] == "received"
    first, second = [await receipt(house, id_) for id_ in ("E-1", "E-2")]
    assert (first["status"], first["opened"]) == ("accepted", True)
    assert (second["status"], second["opened"]) == ("accepted", False)
    assert first["case_id"] == second["case_id"]
    third = await receipt(house, "E/3")
    assert (third["status"], third["reason"]) == ("set_aside", "invalid")
    assert "行政区划" in third["says"]


async def test_a_report_that_is_held_says_so(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    event = house.signed(now_report(), event_id="E-1")
    with monkeypatch.context() as patched:
        patched.setattr("services.enforcement.handlers.admit", _broken)
        await house.hear(event)

    assert (await receipt(house, "E-1"))["status"] == "held"


def _broken(*_: object) -> None:
    raise RuntimeError("a fault of ours")


@pytest.mark.parametrize(("agency", "status"), [(COUNTY, 200), (CITY, 200), (POLICE, 404)])
async def test_a_receipt_is_for_the_sender_and_those_above(
    house: House, agency: str, status: int
) -> None:
    async with house.asked_by(Role.HEAD, agency) as client:
        answer = await client.get(f"/receipts/{COUNTY}/E-1")

    assert answer.status_code == status


# ── over HTTP ────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
async def on_kafka(record: Record, data_dir: Path, topics: str) -> AsyncIterator[House]:
    """The unit with its ear on a real broker."""
    found = House(OWNER, record, data_dir, kafka=topics)
    assert found.unit.hearing is not None
    await found.unit.hearing.start()
    yield found
    await found.unit.hearing.stop()
    await found.close()


async def test_a_report_over_http_takes_the_road_of_all_others(on_kafka: House) -> None:
    event = on_kafka.signed(now_report(), event_id="E-1")
    async with on_kafka.anyone() as client:
        answer = await client.post("/events", content=to_structured(event))

    assert answer.status_code == 202
    given = answer.json()
    assert (given["source"], given["id"]) == (f"/agencies/{COUNTY}", "E-1")
    assert given["status"] == answer.headers["location"] == f"/receipts/{COUNTY}/E-1"

    async def accepted() -> bool:
        return bool((await receipt(on_kafka, "E-1"))["status"] == "accepted")

    await eventually(accepted)


async def test_what_is_not_signed_by_its_sender_is_refused_at_the_door(house: House) -> None:
    event = house.signed(now_report())
    tampered = to_structured(event).replace("秤不准".encode(), "秤很准".encode())
    async with house.anyone() as client:
        wrong = await client.post("/events", content=tampered)
        nonsense = await client.post("/events", content=b"{")

    assert (wrong.status_code, wrong.json()["code"]) == (403, "signature_wrong")
    assert (nonsense.status_code, nonsense.json()["code"]) == (422, "malformed_json")


async def test_without_kafka_nothing_is_acknowledged(house: House) -> None:
    async with house.anyone() as client:
        answer = await client.post("/events", content=to_structured(house.signed(now_report())))

    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")


async def test_a_body_of_five_megabytes_is_refused(house: House) -> None:
    async with house.anyone() as client:
        answer = await client.post("/events", content=b"x" * 5_000_000)

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
