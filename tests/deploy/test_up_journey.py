"""`steelyard up` as a person uses it: report, read, take a step, check the log, Ctrl-C, go on."""

import asyncio
import contextlib
import json
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psutil
import pytest

from deploy.environment import JURISDICTION
from deploy.published import reports
from deploy.whereabouts import NOTE, find
from services.kit.clock import Clock
from services.kit.directory import load_directory
from services.kit.envelope import Envelope
from services.kit.structured import to_structured
from tests.support.command_line import from_a_loop
from tests.support.servers import server_home
from tests.support.waiting import eventually

UNSET = ("DATABASE_URL", "KAFKA_BOOTSTRAP_SERVERS", "TEMPORAL_ADDRESS")
VERIFIED = '{"findings": "铅封破损，示值超差", "initial_evidence": true}'


@asynccontextmanager
async def everything_up(home: Path) -> AsyncIterator[psutil.Process]:
    """The whole of Steelyard in processes of its own, ended by Ctrl-C with nothing left behind."""
    log = home / "up.log"
    with log.open("wb") as written:
        command = [sys.executable, "-m", "deploy.cli", "up"]
        up = subprocess.Popen(command, stdout=written, stderr=subprocess.STDOUT)

    async def noted() -> bool:
        assert up.poll() is None, log.read_text()
        return (home / NOTE).exists()

    try:
        await eventually(noted, within=150)
        yield psutil.Process(up.pid)
    finally:
        family = psutil.Process(up.pid).children(recursive=True) if up.poll() is None else []
        with contextlib.suppress(ProcessLookupError):
            up.send_signal(signal.SIGINT)
        code = await asyncio.to_thread(up.wait, 90)
    assert code == 0, log.read_text()
    assert [process for process in family if process.is_running()] == []


def unsigned(sent: Sequence[tuple[str, Any]]) -> list[Envelope]:
    return [
        Envelope(
            id=str(uuid4()),
            source=f"/agencies/{agency}",
            type=report.type,
            subject=report.key,
            time=report.occurred_at,
            data=report.model_dump_json().encode(),
        )
        for agency, report in sent
    ]


@pytest.mark.journey
async def test_a_case_is_reported_read_and_advanced_and_goes_on_after_a_restart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with server_home() as home:
        for name in UNSET:
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("STEELYARD_DATA_DIR", str(home))
        monkeypatch.setenv("COLUMNS", "200")
        async with everything_up(home):
            case, agency = await _reported(home)
            await _a_step_is_taken_once(case, agency)
        assert not (home / NOTE).exists()

        async with everything_up(home):
            await _goes_on(case, agency)
            await _nothing_waits_and_the_log_holds()


async def _reported(home: Path) -> tuple[str, str]:
    """One report over Kafka, one over HTTP; both become cases."""
    published = reports(Clock().now(), load_directory(JURISDICTION))
    by_kafka, by_http = unsigned(published[:2])
    (home / "one.jsonl").write_bytes(to_structured(by_kafka))
    (home / "two.json").write_bytes(to_structured(by_http))
    url = find(home).urls["enforcement"]

    sent = await from_a_loop("submit", str(home / "one.jsonl"))
    received = await from_a_loop("submit", str(home / "two.json"), "--http", url)

    assert (sent.code, received.code) == (0, 0), sent.err + received.err
    assert by_http.id in received.out

    async def both() -> list[Any]:
        listed = await from_a_loop("cases", "--json")
        assert listed.code == 0, listed.err
        found: list[Any] = json.loads(listed.out)
        assert len(found) == 2
        assert all(case["stage"] == "lead" for case in found)
        return found

    found = await eventually(both, within=60)
    first = next(case for case in found if case["level"] == "I")
    return first["id"], first["agency"]


async def _a_step_is_taken_once(case: str, agency: str) -> None:
    request = ("--request-id", str(uuid4()))
    asked = ("step", case, "verify_lead", "--json", VERIFIED, *request)

    refused = await from_a_loop(*asked, "--as", f"{agency}.head@{agency}")
    taken = await from_a_loop(*asked, "--as", f"{agency}.inspector-1@{agency}")
    again = await from_a_loop(*asked, "--as", f"{agency}.inspector-1@{agency}")

    assert refused.code == 2
    assert "(wrong_role)" in refused.err
    assert taken.code == 0, taken.err
    assert json.loads(taken.out)["seq"] == 2
    assert again.out == taken.out


async def _goes_on(case: str, agency: str) -> None:
    """Where it was before the restart: the step taken, its clock running, the next step open."""
    told = await from_a_loop("case", case, "--json")

    assert told.code == 0, told.err
    record, timeline, response = (json.loads(told.out)[x] for x in ("case", "timeline", "response"))
    assert record["agency"] == agency
    assert [step["step"] for step in timeline] == ["open", "verify_lead"]
    assert "file_case" in {step["step"] for step in record["open_steps"]}
    [clock] = [c for c in record["procedure"]["clocks"] if c["status"] == "running"]
    assert clock["derivation"]["rule"] == "lead_verification_15wd"
    assert response["level"] == "I"

    shown = await from_a_loop("case", case)
    for words in ("时间线 Timeline", "可办步骤 Open steps", "立案", "快速响应 Fast response"):
        assert words in shown.out


async def _nothing_waits_and_the_log_holds() -> None:
    held = await from_a_loop("held", "list")
    audit = await from_a_loop("audit", "verify")

    assert "Held events: 0" in held.out
    assert audit.code == 0, audit.out
