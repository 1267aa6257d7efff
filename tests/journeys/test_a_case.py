"""A case from report to closing, through real processes and public doors."""

from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from contracts.agencies import Role
from deploy.play.cast import Cast
from deploy.play.demo_acts import (
    FILED,
    STAND_DOWN,
    TO_A_PENALTY,
    TO_THE_POLICE,
    report_up,
)
from deploy.play.played_step import PlayedStep
from services.kit.errors import Refusal
from tests.journeys.reports import AGENCY, MAJOR, event, receipt, report, written
from tests.journeys.up import Up
from tests.support.waiting import eventually

pytestmark = pytest.mark.journey
VERIFY = PlayedStep("verify_lead", payload={"findings": "示值超差", "initial_evidence": True})
FILE = PlayedStep("file_case", payload=FILED)


async def test_a_report_by_kafka_is_walked_to_a_penalty(up: Up, cast: Cast, tmp_path: Path) -> None:
    sent = event(report())

    said = await up.told("submit", written(tmp_path, sent))
    case_id = await cast.case_of(receipt(sent))
    for act in TO_A_PENALTY:
        await cast.take(case_id, act)

    assert "已送达 kept at" in said
    record = await cast.record("enforcement_case", case_id)
    assert record is not None
    assert (record["stage"], record["outcome"]) == ("closed", "penalty")
    assert record["number"]
    assert [p["kind"] for p in record["documents"]].count("立") == 1
    timeline = await cast.timeline("enforcement_case", case_id)
    assert [step["seq"] for step in timeline] == list(range(1, len(TO_A_PENALTY) + 2))


async def test_a_major_report_over_http_sets_off_the_fast_response(cast: Cast) -> None:
    case_id = await cast.case_of(await cast.submit(AGENCY, report(**MAJOR)))

    for act in TO_THE_POLICE:
        await cast.take(case_id, act)
    response = await cast.record("fast_response", case_id)
    assert response is not None
    lines = {s["line"] for s in response["open_steps"] if s["line"].startswith("report/")}
    for line in sorted(lines):
        for act in report_up(line):
            await cast.take(case_id, act)
    for act in STAND_DOWN:
        await cast.take(case_id, act)

    record = await cast.record("enforcement_case", case_id)
    response = await cast.record("fast_response", case_id)
    assert record is not None
    assert response is not None
    assert (record["level"], record["outcome"]) == ("I", "handed_over")
    assert response["stage"] == "closed"


async def test_a_minor_report_sets_off_none(cast: Cast) -> None:
    case_id = await cast.case_of(await cast.submit(AGENCY, report()))

    await cast.take(case_id, VERIFY)

    assert await cast.record("fast_response", case_id) is None


async def test_the_same_matter_reported_again_joins_the_open_case(cast: Cast) -> None:
    first = report()
    again = report(subject_name=first.subject_name)

    case_id = await cast.case_of(await cast.submit(AGENCY, first))
    assert await cast.case_of(await cast.submit(AGENCY, again)) == case_id

    record = await cast.record("enforcement_case", case_id)
    assert record is not None
    assert {r["reference"] for r in record["reports"]} == {first.reference, again.reference}


async def test_the_same_event_twice_is_one_report(up: Up, cast: Cast, tmp_path: Path) -> None:
    sent, marker = event(report()), event(report())

    await up.told("submit", written(tmp_path, sent, sent, marker))
    case_id = await cast.case_of(receipt(sent))
    await cast.case_of(receipt(marker))

    record = await cast.record("enforcement_case", case_id)
    assert record is not None
    assert len(record["reports"]) == 1
    assert "Held events: 0" in await up.told("held", "list")


async def test_a_person_is_told_why_not(cast: Cast) -> None:
    case_id = await cast.case_of(await cast.submit(AGENCY, report()))
    await cast.take(case_id, VERIFY)
    head, inspector = (cast.holder(role, AGENCY) for role in (Role.HEAD, Role.INSPECTOR))

    with pytest.raises(Refusal) as wrong_role:
        await cast.ask(case_id, FILE, inspector)
    with pytest.raises(Refusal) as stale:
        await cast.ask(case_id, FILE, head, version=0)
    with pytest.raises(Refusal) as invalid:
        await cast.ask(
            case_id, PlayedStep("file_case", payload=FILED | {"initial_evidence": "yes?"}), head
        )

    assert (wrong_role.value.status, wrong_role.value.code) == (403, "wrong_role")
    assert (stale.value.status, stale.value.code) == (409, "stale_version")
    assert "main: file_case (head)" in stale.value.fields["open"]
    assert (invalid.value.status, invalid.value.code) == (422, "invalid")
    assert invalid.value.fields["field"] == "initial_evidence"


async def test_while_procedures_stand_still_a_step_is_not_yet_known(up: Up, cast: Cast) -> None:
    case_id = await cast.case_of(await cast.submit(AGENCY, report()))
    await cast.opened(case_id)
    asked = {"request_id": str(uuid4()), "payload": VERIFY.payload}
    step = f"/cases/{case_id}/steps/verify_lead"
    async with httpx.AsyncClient(
        base_url=up.where.urls["enforcement"],
        headers=cast.signed_in(cast.holder(Role.INSPECTOR, AGENCY)),
        timeout=60,
        trust_env=False,
    ) as http:
        with up.standing_still("workflows"):
            first = await http.post(step, json=asked)
            meanwhile = await http.get(first.headers["location"])

        async def known() -> bool:
            return (await http.get(first.headers["location"])).status_code == 200

        await eventually(known, within=60)
        again = await http.post(step, json=asked)

    assert (first.status_code, meanwhile.status_code) == (202, 202)
    assert (again.status_code, again.json()["seq"]) == (200, 2)
