"""What the whole system shows of a case, and what it never shows."""

import json
import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import httpx
import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition
from pydantic import SecretStr

from contracts.agencies import Role
from contracts.catalogue import TOPICS
from deploy.play.cast import Cast
from deploy.play.played_step import PlayedStep
from deploy.play.quiet import Quiet
from services.kit.running.temporal import connect
from services.kit.settings import TemporalSettings
from tests.journeys.reports import AGENCY, event, receipt, report, written
from tests.journeys.up import Up
from tests.support.histories import opened, strings
from tests.support.waiting import eventually

pytestmark = pytest.mark.journey
NAME = "欧阳举报甲"
FINDINGS = "现场查获遥控增重装置"
VERIFY = PlayedStep("verify_lead", payload={"findings": FINDINGS, "initial_evidence": True})


async def test_who_reported_is_in_no_event_no_history_no_log_and_no_row(up: Up, cast: Cast) -> None:
    reporters = f"{up.where.urls['enforcement']}/reporters"
    async with httpx.AsyncClient(trust_env=False) as http:
        inspector = cast.signed_in(cast.holder(Role.INSPECTOR, AGENCY))
        handed_in = await http.post(reporters, json={"name": NAME}, headers=inspector)
        reference = handed_in.json()["reference"]
        case_id = await cast.case_of(await cast.submit(AGENCY, report(reporter=reference)))
        await cast.take(case_id, VERIFY)
        head = cast.signed_in(cast.holder(Role.HEAD, AGENCY))
        asked = {"purpose": "investigation"}
        read = await http.get(f"{reporters}/{reference}", params=asked, headers=head)
    assert read.json()["name"] == NAME, "it is kept, and read by whom it concerns"
    await quiet(up)

    rows, events = await all_rows(up), [x async for x in all_events(up)]
    histories = [x async for x in all_histories(up)]

    assert any(reference in said for said in events), "the events are those of this case"
    assert any(FINDINGS in said for said in histories), "the histories were opened"
    assert any(FINDINGS in said for said in rows), "the rows were read"
    for said in (up.logged(), *rows, *events, *histories):
        assert not [form for form in forms(NAME) if form in said]


async def test_one_trace_goes_from_the_event_to_the_activity(
    up: Up, cast: Cast, tmp_path: Path
) -> None:
    trace = secrets.token_hex(16)
    sent = event(report(), traceparent=f"00-{trace}-{secrets.token_hex(8)}-01")

    await up.told("submit", written(tmp_path, sent))
    await cast.take(await cast.case_of(receipt(sent)), VERIFY)

    async def everywhere() -> bool:
        heard, ran = up.spans("enforcement", trace), up.spans("workflows", trace)
        assert {
            "hear cn.metrology.intake.report_submitted.v1",
            "RunActivity:enforcement.take_step",
        } <= heard
        assert {
            "hear cn.metrology.enforcement.case_opened.v1",
            "StartWorkflow:procedure.v1",
            "RunWorkflow:procedure.v1",
            "StartActivity:enforcement.take_step",
        } <= ran
        assert "hear cn.metrology.procedure.step_taken.v1" in up.spans("oversight", trace)
        return True

    await eventually(everywhere, within=60)


async def test_the_audit_log_holds(up: Up, cast: Cast) -> None:
    case_id = await cast.case_of(await cast.submit(AGENCY, report()))
    await cast.take(case_id, VERIFY)
    await quiet(up)

    verdict = json.loads(await up.told("audit", "verify", "--json"))

    assert (verdict["findings"], verdict["procedures"] > 0) == ([], True)
    assert verdict["steps"] > verdict["procedures"]


async def quiet(up: Up) -> None:
    env = up.where.env
    async with Quiet(env["DATABASE_URL"], env["KAFKA_BOOTSTRAP_SERVERS"]) as wait:
        await wait()


async def all_rows(up: Up) -> list[str]:
    """Every row of every unit, as text."""
    connection = await asyncpg.connect(up.where.env["DATABASE_URL"])
    try:
        tables = await connection.fetch(
            "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables"
            " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        )
        return [
            row["said"]
            for table in tables
            for row in await connection.fetch(f"SELECT t::text AS said FROM {table['name']} t")
        ]
    finally:
        await connection.close()


async def all_events(up: Up) -> AsyncIterator[str]:
    """Every record of every topic, headers too."""
    servers = up.where.env["KAFKA_BOOTSTRAP_SERVERS"]
    async with AIOKafkaConsumer(bootstrap_servers=servers) as consumer:
        partitions = [TopicPartition(t.name, n) for t in TOPICS for n in range(t.partitions)]
        consumer.assign(partitions)
        await consumer.seek_to_beginning()
        ends = await consumer.end_offsets(partitions)
        while any([await consumer.position(p) < end for p, end in ends.items()]):
            for records in (await consumer.getmany(timeout_ms=200)).values():
                for record in records:
                    yield (record.value or b"").decode(errors="replace") + str(record.headers)


async def all_histories(up: Up) -> AsyncIterator[str]:
    """All that every workflow's history says, its payloads opened."""
    env = up.where.env
    keys = SecretStr(env["TEMPORAL_CODEC_KEYS"])
    settings = TemporalSettings(address=env["TEMPORAL_ADDRESS"], codec_keys=keys)
    client = await connect(settings)
    async for workflow in client.list_workflows():
        handle = client.get_workflow_handle(workflow.id, run_id=workflow.run_id)
        for said in strings(await opened(await handle.fetch_history(), settings)):
            yield said


def forms(name: str) -> tuple[str, ...]:
    """How a name may look: as it is, escaped in JSON, in hexadecimal digits of its bytes."""
    return name, json.dumps(name)[1:-1], name.encode().hex(), str(name.encode())[2:-1]
