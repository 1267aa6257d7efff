"""The supervisor starts all in order, lets nothing die silently, and leaves nothing behind."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from deploy.embedded.kafka import Kafka
from deploy.embedded.postgres import Postgres
from deploy.embedded.temporal import Temporal
from deploy.stack.supervise import Stack
from tests.support.servers import server_home
from tests.support.toy_stack import PROGRAM
from tests.support.waiting import eventually

SECRETS = (
    "DATABASE_ROLE_KEY",
    "TEMPORAL_CODEC_KEYS",
    "STEELYARD_REPORTER_KEYS",
    "AUDIT_SIGNING_KEY",
)
"""Made by the stack where an operator gives none."""


@pytest.fixture
def home() -> Iterator[Path]:
    with server_home() as folder:
        yield folder


@pytest.fixture
def outside(
    postgres: Postgres, kafka: Kafka, temporal: Temporal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The session's servers, as an operator names servers of their own."""
    monkeypatch.setenv("DATABASE_URL", postgres.address)
    monkeypatch.setenv("KAFKA_BOOTSTRAP_SERVERS", kafka.address)
    monkeypatch.setenv("TEMPORAL_ADDRESS", temporal.address)


async def told(url: str) -> dict[str, str]:
    async with httpx.AsyncClient(trust_env=False) as client:
        answer: dict[str, str] = (await client.get(f"{url}/told")).json()
        return answer


@pytest.mark.usefixtures("outside")
async def test_units_are_told_what_they_need_and_no_more(home: Path, kafka: Kafka) -> None:
    async with Stack(home, units=("toy", "enforcement"), program=PROGRAM) as stack:
        toy, enforcement = [await told(url) for url in stack.urls.values()]

    assert stack.servers.ours == {}
    assert (home / "migrated").exists()
    assert toy["KAFKA_BOOTSTRAP_SERVERS"] == kafka.address
    with_password = stack.env["DATABASE_URL"]
    assert toy["DATABASE_URL"] == f"postgresql://{with_password.rpartition('@')[2]}"
    assert "STEELYARD_REPORTER_KEYS" in enforcement
    assert "AUDIT_SIGNING_KEY" not in enforcement
    assert "STEELYARD_REPORTER_KEYS" not in toy
    assert toy["STEELYARD_HTTP_PORT"] != enforcement["STEELYARD_HTTP_PORT"]


@pytest.mark.usefixtures("outside")
async def test_a_unit_that_dies_is_reported_and_started_again(home: Path) -> None:
    said: list[str] = []
    say = lambda _, line: said.append(line)  # noqa: E731
    async with Stack(home, units=("toy",), program=PROGRAM, say=say) as stack:
        first = stack.units["toy"].pid
        async with httpx.AsyncClient(trust_env=False) as client:
            with pytest.raises(httpx.RemoteProtocolError):
                await client.get(f"{stack.urls['toy']}/crash")

        async def another() -> bool:
            return stack.units["toy"].pid != first

        await eventually(another)
        await stack.units["toy"].ready()

    assert any("ended (3)" in line for line in said)


@pytest.mark.usefixtures("outside")
async def test_secrets_are_made_once_and_only_the_owner_reads_them(home: Path) -> None:
    async with Stack(home, units=(), program=PROGRAM) as first:
        pass
    async with Stack(home, units=(), program=PROGRAM) as second:
        pass

    made = [first.env[name] for name in SECRETS]
    assert made == [second.env[name] for name in SECRETS]
    assert len(set(made)) == len(SECRETS)
    files = list((home / "secrets").iterdir())
    assert len(files) == len(SECRETS)
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}


@pytest.mark.journey
@pytest.mark.parametrize(
    "signals", [(signal.SIGTERM,), (signal.SIGINT, signal.SIGINT)],
    ids=["terminated", "ctrl-c twice"],
)  # fmt: skip
async def test_nothing_is_left_behind(home: Path, signals: tuple[signal.Signals, ...]) -> None:
    up, family = await start_toy_stack(home)
    assert {process.name() for process in family} >= {"java", "postgres", "temporal"}

    first, *again = signals
    up.send_signal(first)
    for number in again:
        await eventually(lambda: _says(home, "stopping"))
        up.send_signal(number)

    assert await asyncio.to_thread(up.wait, 60) == (0 if len(signals) == 1 else 130)
    assert [process for process in family if _runs(process)] == []


@pytest.mark.journey
async def test_servers_die_with_a_killed_supervisor_and_start_again_in_their_folder(
    home: Path,
) -> None:
    up, family = await start_toy_stack(home)

    up.kill()

    up.wait()

    async def all_gone() -> bool:
        return not any(map(_runs, family))

    await eventually(all_gone)
    again, family = await start_toy_stack(home)
    again.send_signal(signal.SIGINT)
    assert await asyncio.to_thread(again.wait, 60) == 0
    assert [process for process in family if _runs(process)] == []


async def _says(home: Path, word: str) -> bool:
    return word in (home / "up.log").read_text("utf-8")


def _runs(process: psutil.Process) -> bool:
    """A zombie does not run: it waits for whoever adopted it to look."""
    with contextlib.suppress(psutil.NoSuchProcess):
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    return False


async def start_toy_stack(home: Path) -> tuple[subprocess.Popen[bytes], list[psutil.Process]]:
    """The supervisor in a process of its own, as a person starts it; and all it started."""
    env = {**os.environ, "PYTHONPATH": os.getcwd()}
    log = home / "up.log"
    with log.open("wb") as written:
        command = [sys.executable, "-m", "tests.support.toy_stack", str(home)]
        up = subprocess.Popen(command, stdout=written, stderr=subprocess.STDOUT, env=env)

    async def is_up() -> bool:
        assert up.poll() is None, log.read_text()
        return "all: up" in log.read_text()

    await eventually(is_up, within=90)
    return up, psutil.Process(up.pid).children(recursive=True)
