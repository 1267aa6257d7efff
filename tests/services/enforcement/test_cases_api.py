"""Cases over HTTP: who sees which, what one shows, and what its timeline tells."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from contracts.agencies import Role
from services.kit.clock import WallClock
from tests.services.enforcement.house import House
from tests.services.enforcement.ways import records_to
from tests.support.directories import CITY, COUNTY, NATION, PROVINCE
from tests.support.enforcement import (
    POLICE,
    UNVERIFIED,
    report,
)
from tests.support.owner.record import Record


def now_report(**changes: Any) -> Any:
    return report(occurred_at=WallClock().now() - timedelta(seconds=1), **changes)


async def play(record: Record, case_id: UUID, step: str) -> None:
    """Write the way to a step, as the workflow would have it written."""
    await record.take_all(records_to(step, case_id))


async def seen_by(house: House, role: Role, at: str, /, **query: Any) -> list[str]:
    async with house.asked_by(role, at) as client:
        answer = await client.get("/cases", params=query)
    assert answer.status_code == 200, answer.text
    return [line["subject_name"] for line in answer.json()["cases"]]


@pytest.mark.parametrize(
    ("role", "agency", "sees"),
    [
        (Role.INSPECTOR, COUNTY, ["甲店"]),
        (Role.INSPECTOR, CITY, ["乙店", "甲店"]),
        (Role.HEAD, PROVINCE, ["乙店", "甲店"]),
        (Role.HEAD, NATION, ["丙店", "乙店", "甲店"]),
        (Role.EVALUATOR, COUNTY, ["丙店", "乙店", "甲店"]),
        (Role.HEAD, POLICE, []),
    ],
)
async def test_a_case_is_seen_by_its_agency_those_above_and_evaluators(
    house: House, role: Role, agency: str, sees: list[str]
) -> None:
    first = await house.case_of(now_report(subject_name="甲店"))
    await house.case_of(now_report(subject_name="乙店", region="370203"))
    await house.case_of(now_report(subject_name="丙店", region="510000"), by=POLICE)

    assert await seen_by(house, role, agency) == sees

    async with house.asked_by(role, agency) as client:
        answers = [
            await client.get(f"/cases/{first}"),
            await client.get(f"/cases/{first}/timeline"),
        ]
    assert [a.status_code for a in answers] == [200 if "甲店" in sees else 404] * 2


async def test_an_agency_that_holds_a_line_of_a_case_sees_it(house: House, record: Record) -> None:
    case_id = await house.case_of(now_report(subject_name="甲店"))
    await play(record, case_id, "verify_lead")
    before = await seen_by(house, Role.HEAD, POLICE)
    async with record.owner() as session, session.begin():
        await session.execute(text("UPDATE procedure SET agencies = '{county,police}'"))

    assert (before, await seen_by(house, Role.HEAD, POLICE)) == ([], ["甲店"])


async def test_a_list_is_narrowed_and_paged(house: House, record: Record) -> None:
    for n in range(5):
        await house.case_of(now_report(subject_name=f"{n}号店", deaths=n % 2))
    other = await house.case_of(now_report(subject_name="别样", violation=UNVERIFIED))
    await play(record, other, "file_case")

    assert await seen_by(house, Role.HEAD, COUNTY, level="I") == ["3号店", "1号店"]
    assert await seen_by(house, Role.HEAD, COUNTY, violation=UNVERIFIED) == ["别样"]
    assert await seen_by(house, Role.HEAD, COUNTY, stage="investigating") == ["别样"]
    assert await seen_by(house, Role.HEAD, COUNTY, agency=CITY) == []
    assert await seen_by(house, Role.HEAD, COUNTY, open=False) == []
    async with house.asked_by(Role.HEAD) as client:
        names: list[str] = []
        after = None
        while True:
            query = {"limit": 2} | ({"after": after} if after else {})
            page = (await client.get("/cases", params=query)).json()
            names += [line["subject_name"] for line in page["cases"]]
            if (after := page["next"]) is None:
                break
    assert names == ["别样", "4号店", "3号店", "2号店", "1号店", "0号店"]


async def test_a_case_shows_its_whole_record_by_id_and_by_number(
    house: House, record: Record
) -> None:
    case_id = await house.case_of(now_report(subject_name="甲店", reference="R-1"))
    await house.hear(house.signed(now_report(subject_name="甲店", reference="R-2")))
    await play(record, case_id, "investigate")
    async with house.asked_by(Role.INSPECTOR) as client:
        by_id = (await client.get(f"/cases/{case_id}")).json()
        by_number = (await client.get(f"/cases/{by_id['number']}")).json()
        typed = (await client.get("/cases/c市监立[2026] 1")).json()

    assert by_id == by_number == typed
    assert [r["reference"] for r in by_id["reports"]] == ["R-1", "R-2"]
    assert {e["name"]: e["custody"][0]["custodian"] for e in by_id["evidence"]} == {
        "电子秤": "王某",
        "照片": "王某",
    }
    assert [d["number"] for d in by_id["documents"]] == [by_id["number"]]
    assert (by_id["stage"], by_id["violation_name"]) == ("investigating", "使用作弊秤")
    clocks = {clock["name"]: clock for clock in by_id["procedure"]["clocks"]}
    assert "PROC art. 64" in clocks["decision_90d"]["derivation"]["basis"]
    assert (by_id["due_clock"], by_id["due_at"]) == (
        "decision_90d",
        clocks["decision_90d"]["due_at"],
    )
    assert "seize" in {step["step"] for step in by_id["open_steps"]}


async def test_a_decided_case_shows_the_decision(house: House, record: Record) -> None:
    case_id = await house.case_of(now_report())
    await play(record, case_id, "close_case")
    async with house.asked_by(Role.HEAD) as client:
        shown = (await client.get(f"/cases/{case_id}")).json()

    assert shown["open"] is False
    assert shown["outcome"] == shown["decision"]["kind"] == "penalty"
    assert shown["decision"]["fine_yuan"] == "2000.00"
    assert shown["due_at"] is None


async def test_the_timeline_tells_every_step_in_order(house: House, record: Record) -> None:
    case_id = await house.case_of(now_report())
    await play(record, case_id, "file_case")
    async with house.asked_by(Role.HEAD) as client:
        steps = (await client.get(f"/cases/{case_id}/timeline")).json()
        rest = (await client.get(f"/cases/{case_id}/timeline", params={"after": 2})).json()

    assert [(s["seq"], s["step"], s["by_id"]) for s in steps] == [
        (1, "open", "system"),
        (2, "verify_lead", "wang"),
        (3, "file_case", "county.head"),
    ]
    assert steps[2]["reply"] == {"number": "c市监立〔2026〕1号"}
    assert rest == steps[2:]


@pytest.mark.parametrize(
    "key", ["00000000-0000-0000-0000-000000000009", "c市监立〔2026〕9号", "某案"]
)
async def test_there_is_no_such_case(house: House, key: str) -> None:
    async with house.asked_by(Role.HEAD) as client:
        answer = await client.get(f"/cases/{key}")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_nobody_without_a_token_sees_anything(house: House) -> None:
    async with house.anyone() as client:
        answers = [await client.get(path) for path in ("/cases", f"/files/{'a' * 64}")]

    assert {a.status_code for a in answers} == {401}


async def test_a_wrong_cursor_is_refused(house: House) -> None:
    async with house.asked_by(Role.HEAD) as client:
        answer = await client.get("/cases", params={"after": "yesterday"})

    assert (answer.status_code, answer.json()["field"]) == (422, "after")


async def test_a_step_while_temporal_is_away_may_be_asked_again(house: House) -> None:
    case_id = await house.case_of(now_report())
    body = {
        "request_id": "00000000-0000-0000-0000-000000000001",
        "payload": {"findings": "属实", "initial_evidence": True},
    }
    async with house.asked_by(Role.INSPECTOR) as client:
        answer = await client.post(f"/cases/{case_id}/steps/verify_lead", json=body)

    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert answer.headers["retry-after"]
