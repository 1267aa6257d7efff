"""The unit as it runs: events come by Kafka, and the log and its API have them."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest
from aiokafka import AIOKafkaProducer

from deploy.embedded.ports import free_port
from deploy.keys import ensure_keys, private_key
from deploy.stack.environment import JURISDICTION
from services.kit.directory.file import load_directory
from services.kit.events.envelope import Envelope, to_kafka
from services.kit.events.signing import sign
from services.kit.rights.development_issuer import dev_token
from services.kit.running.unit import serve
from services.kit.settings import Settings
from services.oversight.app import unit
from services.oversight.rules.findings import LogFinding
from tests.services.oversight.conftest import Log
from tests.services.oversight.events import closed, filed, report, step_taken, told
from tests.services.oversight.logs import KEY
from tests.support.servers import ROLE_KEY
from tests.support.waiting import eventually


@pytest.fixture
async def settings(
    audit_database: str,
    topics: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Settings:
    """What the supervisor would tell the unit."""
    told_to_unit = {
        "DATABASE_URL": audit_database,
        "DATABASE_ROLE_KEY": ROLE_KEY,
        "KAFKA_BOOTSTRAP_SERVERS": topics,
        "AUDIT_SIGNING_KEY": f"{KEY.kid}:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "STEELYARD_DATA_DIR": str(tmp_path),
        "STEELYARD_JURISDICTION": str(JURISDICTION),
        "STEELYARD_JURISDICTION_KEYS": str(ensure_keys(load_directory(JURISDICTION), tmp_path)),
        "STEELYARD_CALENDAR": str(tmp_path / "not read by oversight"),
        "STEELYARD_HTTP_PORT": str(free_port()),
    }
    for name, value in told_to_unit.items():
        monkeypatch.setenv(name, value)

    return Settings()


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """The unit, and an evaluator who asks it; afterwards it has stopped with 0."""
    stop, directory = asyncio.Event(), load_directory(JURISDICTION)
    serving = asyncio.create_task(serve(unit(settings), stop))
    base = f"http://127.0.0.1:{settings.steelyard.http_port}"
    token = dev_token(settings.steelyard, f"{directory.national}.evaluator", directory.national)
    bearer = {"authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(base_url=base, headers=bearer) as client:

        async def ready() -> bool:
            try:
                return (await client.get("/health/ready")).status_code == 200
            except httpx.TransportError:
                return False

        await eventually(ready)
        yield client
    stop.set()
    assert await serving == 0


async def publish(kafka: str, envelopes: Sequence[Envelope], topics: Sequence[str]) -> None:
    async with AIOKafkaProducer(bootstrap_servers=kafka) as producer:
        for envelope, topic in zip(envelopes, topics, strict=True):
            key, value, headers = to_kafka(envelope)
            await producer.send_and_wait(topic, value, key=key, headers=headers)


async def types_of(client: httpx.AsyncClient, case: UUID) -> list[str]:
    """What the log has of a case, by the last part of each type."""
    entries = (await client.get("/audit/entries", params={"case": str(case)})).json()
    return [entry["type"].split(".")[-2] for entry in entries]


async def test_what_is_said_on_every_topic_is_in_the_log_once_also_after_a_restart(
    audit_log: Log, settings: Settings, topics: str, tmp_path: Path
) -> None:
    case = uuid4()
    first = [told(filed(case)), told(step_taken(1, case))]
    second = [told(step_taken(2, case)), told(closed(case))]
    elsewhere = told(step_taken(1, case, "fast_response"), "coordination")

    async with running(settings) as client:
        for batch in (first, first, [elsewhere]):
            await publish(topics, [i.heard.envelope for i in batch], [i.topic for i in batch])
        await publish(topics, [_submission(tmp_path)], ["metrology.intake.v1"])
        await eventually(lambda: _has(client, case, 3))
    again = [*first, *second]
    await publish(topics, [i.heard.envelope for i in again], [i.topic for i in again])
    async with running(settings) as client:
        await eventually(lambda: _has(client, case, 5))
        found = await types_of(client, case)

    verdict = await audit_log.verdict()
    assert sorted(found) == ["case_closed", "case_filed", "step_taken", "step_taken", "step_taken"]
    assert [f for f in verdict.findings if _is_ours(f, case)] == []
    assert verdict.covered == verdict.entries  # the last thing it did was to sign
    assert verdict.entries >= 6


def _submission(data_dir: Path) -> Envelope:
    national = load_directory(JURISDICTION).national
    key = private_key(data_dir, national)
    event = report()
    plain = Envelope(
        id=str(uuid4()),
        source=f"/agencies/{national}",
        type=event.type,
        subject=event.key,
        time=event.occurred_at,
        data=event.model_dump_json().encode(),
    )
    return sign(plain, key.seed, key.kid)


async def _has(client: httpx.AsyncClient, case: UUID, number: int) -> bool:
    return len(await types_of(client, case)) == number


def _is_ours(finding: LogFinding, case: UUID) -> bool:
    """The broker is the session's: other tests' steps need not follow each other."""
    return finding.code != "step_out_of_sequence" or str(case) in finding.what
