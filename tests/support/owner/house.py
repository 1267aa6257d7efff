"""A unit's own application, asked over HTTP by people of the tests' directory."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx
from pydantic import SecretStr

from contracts.agencies import Directory, Role
from contracts.messages import Event
from contracts.topics import INTAKE
from deploy.calendar_from_package import CALENDAR
from deploy.keys import ensure_keys, private_key
from services.kit.clock import WallClock
from services.kit.directory.file import load_directory
from services.kit.events.envelope import Envelope
from services.kit.events.inbox import Incoming
from services.kit.events.signing import sign
from services.kit.rights.development_issuer import dev_token
from services.kit.running.unit import Unit
from services.kit.settings import KafkaSettings, Settings, SteelyardSettings, TemporalSettings
from services.kit.steps.effects import Effects
from tests.support.directories import COUNTY
from tests.support.jurisdictions import write_jurisdiction
from tests.support.owner.record import Record
from tests.support.signed import enveloped

KEYS = SecretStr("one:" + "QUFB" * 10 + "QUE=")
NOWHERE = "127.0.0.1:1"
"""Where no server answers: most of what is asked over HTTP needs neither Kafka nor Temporal."""

BOTH_WALLS, QUERIES_ALONE = "both walls", "queries alone"


@dataclass(frozen=True)
class Owner:
    """A service that owns procedures, as its tests know it."""

    name: str
    unit: Callable[[Settings], Unit]
    """Puts its process together, as its `app.py` does."""
    effects: Effects
    directory: Directory
    """The agencies and people of its tests."""


class House:
    """The unit on its record; put together when it is first asked."""

    def __init__(
        self,
        owner: Owner,
        record: Record,
        data_dir: Path,
        *,
        kafka: str = NOWHERE,
        temporal: str = NOWHERE,
        **changes: Any,
    ) -> None:
        self.owner, self.record, self.data_dir = owner, record, data_dir
        self._kafka, self._temporal, self._changes = kafka, temporal, changes

    @cached_property
    def settings(self) -> SteelyardSettings:
        jurisdiction = write_jurisdiction(self.owner.directory, self.data_dir / "jurisdiction.toml")
        said: dict[str, Any] = {
            "data_dir": self.data_dir,
            "jurisdiction": jurisdiction,
            "jurisdiction_keys": ensure_keys(load_directory(jurisdiction), self.data_dir),
            "calendar": CALENDAR,
            "reporter_keys": KEYS,
            "drills": True,
        }
        return SteelyardSettings(**said | self._changes)

    @cached_property
    def unit(self) -> Unit:
        settings = Settings()
        # what a process would read from its environment
        settings.__dict__.update(
            database=self.record.settings,
            kafka=KafkaSettings(bootstrap_servers=self._kafka),
            temporal=TemporalSettings(address=self._temporal, codec_keys=KEYS),
            steelyard=self.settings,
        )
        return self.owner.unit(settings)

    def stand_behind(self, walls: str) -> None:
        """As the unit is, or with its queries alone: as an owner, from whom no row is hidden."""
        if walls == QUERIES_ALONE:
            state = self.unit.app.state
            state.sessions = state.taker.sessions = self.record.owner

    def anyone(self, **headers: str) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(self.unit.app, raise_app_exceptions=False),
            base_url="http://unit",
            headers=headers,
        )

    def asked_as(self, who: str) -> httpx.AsyncClient:
        """A client with the token of one person: `county.head`, `city.chief` …"""
        token = dev_token(self.settings, who, who.partition(".")[0])
        return self.anyone(authorization=f"Bearer {token}")

    def asked_by(self, role: Role, agency: str = COUNTY) -> httpx.AsyncClient:
        """A client with the token of whoever holds this role at an agency."""
        return self.asked_as(f"{agency}.{role}")

    async def get(self, who: str, path: str, **params: Any) -> Any:
        """What the path answers this person, who may read it."""
        async with self.asked_as(who) as client:
            answer = await client.get(path, params=params)
        return answer.raise_for_status().json()

    async def status(self, who: str, path: str) -> int:
        async with self.asked_as(who) as client:
            return (await client.get(path)).status_code

    def signed(self, event: Event, *, by: str = COUNTY, event_id: str = "") -> Envelope:
        """The event as that agency sends it."""
        key = private_key(self.settings.data_dir, by)
        changes = {"id": event_id} if event_id else {}
        return sign(enveloped(event, agency=by, **changes), key.seed, key.kid)

    async def hear(self, *events: Envelope, at: datetime | None = None) -> None:
        """Take agencies' events in as one batch, as if Kafka had handed them over."""
        hearing = self.unit.hearing
        assert hearing is not None
        at = at or WallClock().now()
        heard = [hearing.reader.open(INTAKE.name, event, at) for event in events]
        await hearing.inbox.take([Incoming(h, INTAKE.name) for h in heard if h is not None])

    async def close(self) -> None:
        if "unit" in self.__dict__:
            for close in self.unit.closing:
                await close()
