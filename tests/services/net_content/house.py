"""The net-content unit's own application, its record, and checks walked on it step by step."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from pydantic import SecretStr
from sqlalchemy import text

from contracts.agencies import SYSTEM, Directory, Principal, Role
from contracts.messages import Event
from contracts.procedure import StepOutcome
from contracts.topics import INTAKE
from deploy.calendar_from_package import CALENDAR
from deploy.keys import ensure_keys, private_key
from services.kit.clock import Clock
from services.kit.database import Sessions
from services.kit.directory import load_directory
from services.kit.envelope import Envelope
from services.kit.inbox import Incoming
from services.kit.issuer import dev_token
from services.kit.recording import record_step
from services.kit.running import Unit
from services.kit.settings import (
    DatabaseSettings,
    KafkaSettings,
    Settings,
    SteelyardSettings,
    TemporalSettings,
)
from services.kit.signing import sign
from services.net_content.app import unit
from services.net_content.effects import effects
from tests.support.directories import COUNTY, person
from tests.support.jurisdictions import write_jurisdiction
from tests.support.net_content import (
    CODES,
    SHORT,
    directory,
    laboratory_entry,
    measurements,
    subjects_file,
)
from tests.support.play import A_MONDAY
from tests.support.recorded import Recorded
from tests.support.signed import enveloped
from workflows.net_content_check import NET_CONTENT_CHECK

KEYS = SecretStr("one:" + "QUFB" * 10 + "QUE=")
HEAD = person(Role.HEAD)
SAMPLED: dict[str, Any] = {
    "lot": "20260215",
    "lot_size": 30,
    "sample_size": 10,
    "place": "warehouse",
    "method": "simple",
    "laboratory": "LAB-1",
    "attended_by": "producer",
}
TOLD: dict[str, Any] = {"served_by": "direct", "objection_right_told": True}
JSON_TYPE = {"content-type": "application/json"}


@dataclass
class Walk:
    """A check as its procedure goes on, each step written down by the service."""

    house: "House"
    play: Recorded
    written: int = 0

    @property
    def id(self) -> UUID:
        return self.play.case_id

    @property
    def inspector(self) -> Principal:
        drawn = self.play.line().facts["inspectors"]
        assert isinstance(drawn, list)
        return person(Role.INSPECTOR, name=str(drawn[0]))

    async def take(self, step: str, by: Principal | None = None, **payload: Any) -> StepOutcome:
        self.play.take(step, by or self.inspector, **payload)
        return await self.settle()

    async def settle(self) -> StepOutcome:
        """Write down what is not yet on record."""
        for record in self.play.records[self.written :]:
            outcome = await record_step(self.house.worker, self.house.effects, record)
            self.written += 1
        return outcome

    async def wait(self, **span: int) -> None:
        self.play.wait(**span)
        if self.written < len(self.play.records):
            await self.settle()

    async def notify(self) -> None:
        drawn = self.play.line().facts["inspectors"]
        await self.take("notify_check", officers=drawn, served_by="direct")

    async def sample(self, **changes: Any) -> None:
        await self.notify()
        await self.take("record_sampling", **SAMPLED | changes)

    async def measure(self, nets: Sequence[str] = SHORT, **changes: Any) -> httpx.Response:
        said = measurements(nets, **changes)
        async with self.house.asked_by(Role.INSPECTOR) as client:
            return await client.post(f"/checks/{self.id}/measurements", json=said)

    async def found(
        self, nets: Sequence[str] = SHORT, step: str = "note_finding", **changes: Any
    ) -> None:
        """Measured, and the procedure has heard of it."""
        answer = await self.measure(nets, **changes)
        assert answer.status_code == 200, answer.text
        told = answer.json()
        await self.take(
            step,
            SYSTEM,
            verdict=told["verdict"],
            finding_sha256=told["finding_sha256"],
            laboratory=changes.get("laboratory", "LAB-1"),
        )


@dataclass
class House:
    """The unit, and what it was told."""

    unit: Unit
    settings: SteelyardSettings
    directory: Directory
    worker: Sessions
    effects: Any = field(default_factory=lambda: effects(directory))

    def asked_by(self, role: Role, agency: str = COUNTY) -> httpx.AsyncClient:
        """A client with the token of whoever holds this role at an agency."""
        token = dev_token(self.settings, f"{agency}.{role}", agency)
        return self.anyone(authorization=f"Bearer {token}")

    def anyone(self, **headers: str) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(self.unit.app, raise_app_exceptions=False),
            base_url="http://net-content",
            headers=headers,
        )

    def signed(self, event: Event, *, by: str) -> Envelope:
        key = private_key(self.settings.data_dir, by)
        return sign(enveloped(event, agency=by), key.seed, key.kid)

    async def hear(self, *events: Envelope, at: datetime | None = None) -> None:
        """Take events in as one batch, as if Kafka had handed them over."""
        hearing = self.unit.hearing
        assert hearing is not None
        heard = [hearing.reader.open(INTAKE.name, event, at or Clock().now()) for event in events]
        await hearing.inbox.take([Incoming(h, INTAKE.name) for h in heard if h is not None])

    async def rows(self, table: str) -> list[dict[str, Any]]:
        async with self.worker() as session:
            found = await session.execute(text(f"SELECT * FROM {table} ORDER BY 1, 2"))
            return [dict(row) for row in found.mappings()]

    async def told(self) -> list[str]:
        """Types of the events owed by the service itself, in order."""
        async with self.worker() as session:
            found = await session.execute(text("SELECT type FROM outbox ORDER BY id"))
            types = [row.type.removeprefix("cn.metrology.") for row in found]
        return [name for name in types if name.startswith("net_content.")]

    async def furnish(self, codes: Sequence[str] = CODES, **changes: str) -> None:
        """Subjects, products and two laboratories."""
        async with self.asked_by(Role.INSPECTOR) as client:
            answer = await client.post("/subjects", content=subjects_file(codes, **changes))
            assert answer.json()["wrong"] == 0, answer.text
            for code, balance in (("LAB-1", "BAL-1"), ("LAB-2", "BAL-2")):
                entry = laboratory_entry()
                entry["instruments"][0]["code"] = balance
                answer = await client.put(f"/laboratories/{code}", json=entry)
                assert answer.status_code == 200, answer.text

    async def drawn(self, wanted: int = 1, **changes: Any) -> dict[str, Any]:
        """A campaign opened and drawn."""
        said = {"name": "2026年大米抽查", "wanted": wanted} | changes
        async with self.asked_by(Role.HEAD) as client:
            opened = await client.post("/campaigns", json=said)
            assert opened.status_code == 201, opened.text
            path = f"/campaigns/{opened.json()['id']}/draw"
            answer = await client.post(path, json={"public_word": "开奖号 07 11 23"})
            assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    async def checks(self, wanted: int = 1, at: datetime = A_MONDAY, **changes: Any) -> list[Walk]:
        """Drawn checks whose procedures have begun."""
        campaign = await self.drawn(wanted, **changes)
        rows = [r for r in await self.rows("lot_check") if str(r["campaign_id"]) == campaign["id"]]
        walks = []
        for row in sorted(rows, key=lambda row: row["number"]):
            facts = {"drawn_by": COUNTY, "inspectors": row["inspectors"]}
            walk = Walk(self, Recorded(NET_CONTENT_CHECK, row["id"], directory(), at=at, **facts))
            await walk.settle()
            walks.append(walk)
        return walks

    async def close(self) -> None:
        for close in self.unit.closing:
            await close()


def build(database: DatabaseSettings, data_dir: Path, worker: Sessions) -> House:
    jurisdiction = write_jurisdiction(directory(), data_dir / "jurisdiction.toml")
    overlay = ensure_keys(load_directory(jurisdiction), data_dir)
    ours = SteelyardSettings(
        data_dir=data_dir,
        jurisdiction=jurisdiction,
        jurisdiction_keys=overlay,
        calendar=CALENDAR,
        drills=True,
    )
    settings = Settings()
    # what a process would read from its environment
    settings.__dict__.update(
        database=database,
        kafka=KafkaSettings(bootstrap_servers="127.0.0.1:1"),
        temporal=TemporalSettings(address="127.0.0.1:1", codec_keys=KEYS),
        steelyard=ours,
    )
    return House(unit(settings), ours, load_directory(jurisdiction, overlay), worker)
