"""The enforcement unit's own application, asked over HTTP by people of the small directory."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import httpx
from pydantic import SecretStr

from contracts.agencies import Directory, Role
from contracts.intake import ReportSubmitted
from contracts.topics import INTAKE
from deploy.calendar_from_package import CALENDAR
from deploy.keys import ensure_keys, private_key
from services.enforcement.admission import report_id
from services.enforcement.app import unit
from services.kit.clock import Clock
from services.kit.directory import load_directory
from services.kit.envelope import Envelope
from services.kit.inbox import Incoming
from services.kit.issuer import dev_token
from services.kit.running import Unit
from services.kit.settings import (
    DatabaseSettings,
    KafkaSettings,
    Settings,
    SteelyardSettings,
    TemporalSettings,
)
from services.kit.signing import sign
from tests.support.directories import COUNTY
from tests.support.enforcement import directory
from tests.support.jurisdictions import write_jurisdiction
from tests.support.signed import enveloped

KEYS = SecretStr("one:" + "QUFB" * 10 + "QUE=")
OTHER_KEYS = SecretStr("two:" + "QkJC" * 10 + "QkI=," + KEYS.get_secret_value())


@dataclass(frozen=True)
class House:
    """The unit, and what it was told."""

    unit: Unit
    settings: SteelyardSettings
    directory: Directory

    def asked_by(self, role: Role, agency: str = COUNTY) -> httpx.AsyncClient:
        """A client with the token of whoever holds this role at an agency."""
        token = dev_token(self.settings, f"{agency}.{role}", agency)
        return self.anyone(authorization=f"Bearer {token}")

    def anyone(self, **headers: str) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(self.unit.app, raise_app_exceptions=False),
            base_url="http://enforcement",
            headers=headers,
        )

    def signed(self, report: ReportSubmitted, *, by: str = COUNTY, event_id: str = "") -> Envelope:
        """The report as that agency sends it."""
        key = private_key(self.settings.data_dir, by)
        changes = {"id": event_id} if event_id else {}
        return sign(enveloped(report, agency=by, **changes), key.seed, key.kid)

    async def hear(self, *events: Envelope, at: datetime | None = None) -> None:
        """Take events in as one batch, as if Kafka had handed them over."""
        hearing = self.unit.hearing
        assert hearing is not None
        at = at or Clock().now()
        heard = [hearing.reader.open(INTAKE.name, event, at) for event in events]
        await hearing.inbox.take([Incoming(h, INTAKE.name) for h in heard if h is not None])

    async def case_of(self, report: ReportSubmitted, *, by: str = COUNTY) -> UUID:
        """Report something; the case it opens."""
        event = self.signed(report, by=by)
        await self.hear(event)
        return uuid5(report_id(event.source, event.id), "case")

    async def close(self) -> None:
        for close in self.unit.closing:
            await close()


def build(
    database: DatabaseSettings,
    data_dir: Path,
    *,
    kafka: str = "127.0.0.1:1",
    temporal: str = "127.0.0.1:1",
    **changes: Any,
) -> House:
    jurisdiction = write_jurisdiction(directory(), data_dir / "jurisdiction.toml")
    overlay = ensure_keys(load_directory(jurisdiction), data_dir)
    said: dict[str, Any] = {
        "data_dir": data_dir,
        "jurisdiction": jurisdiction,
        "jurisdiction_keys": overlay,
        "calendar": CALENDAR,
        "reporter_keys": KEYS,
        "drills": True,
    }
    ours = SteelyardSettings(**said | changes)
    settings = Settings()
    # what a process would read from its environment
    settings.__dict__.update(
        database=database,
        kafka=KafkaSettings(bootstrap_servers=kafka),
        temporal=TemporalSettings(address=temporal, codec_keys=KEYS),
        steelyard=ours,
    )
    return House(unit(settings), ours, load_directory(jurisdiction, overlay))
