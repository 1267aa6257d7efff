"""The unit as it runs: a major case mobilises it by Kafka, people act on it over HTTP."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from aiokafka import AIOKafkaProducer

from contracts.agencies import NATIONWIDE
from contracts.catalogue import ENFORCEMENT
from contracts.enforcement import CaseOpened
from contracts.legal_day import SHANGHAI
from deploy.calendar_from_package import CALENDAR
from deploy.embedded.kafka import Kafka
from deploy.embedded.ports import free_port
from deploy.embedded.temporal import Temporal
from deploy.stack.environment import JURISDICTION
from services.coordination import app as coordination
from services.kit.events.envelope import Envelope, to_kafka
from services.kit.rights.development_issuer import dev_token
from services.kit.running.unit import Unit, serve
from services.kit.settings import Settings
from tests.support.owner.house import KEYS
from tests.support.servers import ROLE_KEY, Templates
from tests.support.waiting import eventually
from workflows import app as workflows

CITY, PROVINCE = "shijiazhuang-amr", "hebei-amr"
HEAD, DUTY = f"{CITY}.head", f"{CITY}.duty-officer"

pytestmark = pytest.mark.journey

TellUnit = Callable[[], Settings]
patiently = partial(eventually, within=90)
"""Two whole units on a busy machine take their time."""


@pytest.fixture
async def settings(
    templates: Templates,
    topics: str,
    temporal: Temporal,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> TellUnit:
    """What the supervisor would tell a unit."""
    told = {
        "DATABASE_URL": await templates.copy("coordination", "workflows"),
        "DATABASE_ROLE_KEY": ROLE_KEY,
        "KAFKA_BOOTSTRAP_SERVERS": topics,
        "TEMPORAL_ADDRESS": temporal.address,
        "TEMPORAL_CODEC_KEYS": KEYS.get_secret_value(),
        "STEELYARD_DATA_DIR": str(tmp_path),
        "STEELYARD_JURISDICTION": str(JURISDICTION),
        "STEELYARD_CALENDAR": str(CALENDAR),
    }
    for name, value in told.items():
        monkeypatch.setenv(name, value)

    def tell() -> Settings:
        monkeypatch.setenv("STEELYARD_HTTP_PORT", str(free_port()))
        told = Settings()
        assert told.steelyard.http_port > 0, "read now, while this unit's port is set"
        return told

    return tell


@asynccontextmanager
async def running(unit: Unit) -> AsyncIterator[httpx.AsyncClient]:
    """A unit and a client of it; afterwards it has stopped with 0."""
    stop = asyncio.Event()
    serving = asyncio.create_task(serve(unit, stop))
    base = f"http://127.0.0.1:{unit.settings.steelyard.http_port}"
    async with httpx.AsyncClient(base_url=base, timeout=30) as client:

        async def ready() -> bool:
            try:
                return (await client.get("/health/ready")).status_code == 200
            except httpx.TransportError:
                return False

        await patiently(ready)
        yield client
    stop.set()
    assert await serving == 0


class People:
    """Asks the unit as one person or another."""

    def __init__(self, client: httpx.AsyncClient, settings: Settings, case: UUID) -> None:
        self.client = client
        self.settings = settings.steelyard
        self.case = case

    async def read(self, who: str, path: str) -> Any:
        answer = await self.client.get(path, headers=self._as(who))
        return answer.json() if answer.is_success else None

    async def take(self, who: str, step: str, **asked: Any) -> httpx.Response:
        body = {"request_id": str(uuid4()), **asked}
        path = f"/responses/{self.case}/steps/{step}"
        return await self.client.post(path, json=body, headers=self._as(who))

    def record(self, who: str = DUTY) -> Awaitable[Any]:
        return self.read(who, f"/responses/{self.case}")

    def _as(self, who: str) -> dict[str, str]:
        return {"authorization": f"Bearer {dev_token(self.settings, who, who.partition('.')[0])}"}


async def major_case(kafka: Kafka, opened_at: datetime) -> UUID:
    """Enforcement opened a case of level I, as it tells everyone."""
    event = CaseOpened(
        case_id=uuid4(),
        occurred_at=opened_at,
        agency=CITY,
        source=f"/agencies/{CITY}",
        reference="2026-7",
        violation="tampered_fuel_dispenser",
        region=NATIONWIDE,
        subject_name="某加油站",
        level="I",
        mobilises=True,
        received_at=opened_at,
    )
    envelope = Envelope(
        id=str(uuid4()),
        source="/services/enforcement",
        type=event.type,
        subject=event.key,
        time=opened_at,
        data=event.model_dump_json().encode(),
    )
    key, value, headers = to_kafka(envelope)
    async with AIOKafkaProducer(bootstrap_servers=kafka.address) as producer:
        await producer.send_and_wait(ENFORCEMENT.topic.name, value, key=key, headers=headers)
    return event.case_id


async def test_a_major_case_is_answered_fast_and_its_silence_escalates(
    settings: TellUnit, kafka: Kafka
) -> None:
    opened_at = datetime.now(SHANGHAI) - timedelta(minutes=16)
    ours = settings()
    async with running(workflows.unit(settings())), running(coordination.unit(ours)) as client:
        people = People(client, ours, await major_case(kafka, opened_at))

        opened = await patiently(people.record)
        assert (opened["level"], opened["agency"], opened["stage"]) == ("I", CITY, "mobilised")
        assert opened["mobilised_at"] == opened_at.isoformat()

        # fifteen minutes passed without contact: the head is called, by way of Kafka
        async def called() -> Any:
            return (await people.read(HEAD, "/escalations?mine=true"))["escalations"]

        [escalation] = await patiently(called)
        assert (escalation["clock"], escalation["owner"]) == ("first_contact", "coordination")

        answer = {"line": escalation["key"], "payload": {"measures": "已派值班员联系"}}
        assert (await people.take(DUTY, "acknowledge", **answer)).status_code == 403
        assert (await people.take(HEAD, "acknowledge", **answer)).status_code == 200

        path = f"/escalations/fast_response/{people.case}/{escalation['key']}"

        async def acknowledged() -> Any:
            story = await people.read(f"{PROVINCE}.chief", path)
            return story["escalation"]["answer"] == "acknowledge"

        await patiently(acknowledged)

        # contact is made late: asked twice, taken once; the escalation ends
        contact = {
            "request_id": str(uuid4()),
            "expected_version": 0,
            "payload": {"whom": "premises", "found": "仍在营业"},
        }
        first = await people.take(DUTY, "make_first_contact", **contact)
        again = await people.take(DUTY, "make_first_contact", **contact)
        stale = await people.take(
            DUTY, "make_first_contact", **contact | {"request_id": str(uuid4())}
        )
        assert (first.status_code, again.json()) == (200, first.json())
        assert (stale.status_code, stale.json()["code"]) == (409, "stale_version")

        async def ended() -> Any:
            story = await people.read(f"{PROVINCE}.chief", path)
            return story["escalation"]["outcome"] == "met"

        await patiently(ended)
        late = next(t for t in (await people.record())["times"] if t["stage"] == "contacted")
        assert late["took_s"] > late["allowed_s"]
        assert late["kept"] is False


async def test_a_step_asked_for_while_the_engine_is_away_is_known_later(
    settings: TellUnit, kafka: Kafka, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = settings()
    unit = coordination.unit(ours)
    monkeypatch.setattr(unit.app.state.taker, "_within", timedelta(seconds=1))
    async with running(unit) as client:
        async with running(workflows.unit(settings())):
            people = People(client, ours, await major_case(kafka, datetime.now(SHANGHAI)))
            await patiently(people.record)
        contact = {
            "request_id": str(uuid4()),
            "payload": {"whom": "reporter", "found": "已停用"},
        }

        pending = await people.take(DUTY, "make_first_contact", **contact)
        unknown = await people.client.get(pending.headers["location"], headers=people._as(DUTY))

        assert (pending.status_code, unknown.status_code) == (202, 202)
        async with running(workflows.unit(settings())):

            async def known() -> Any:
                found = await people.read(DUTY, pending.headers["location"])
                return "seq" in found

            await patiently(known)
            repeated = await people.take(DUTY, "make_first_contact", **contact)
        assert repeated.status_code == 200
        assert (await people.record())["stage"] == "contacted"
