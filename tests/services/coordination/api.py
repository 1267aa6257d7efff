"""Coordination's HTTP API on the test's own database, with tokens of the development issuer."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from pydantic import SecretStr

from contracts.agencies import Directory
from services.coordination.app import NAME, ROUTERS
from services.kit.clock import Clock
from services.kit.database import Sessions
from services.kit.issuer import dev_token
from services.kit.security import Identity
from services.kit.settings import SteelyardSettings, TemporalSettings
from services.kit.step_routes import Taker
from services.kit.web import create_app
from tests.support.directories import directory

CODEC_KEYS = SecretStr("test:" + "A" * 43 + "=")


def temporal_settings(address: str) -> TemporalSettings:
    return TemporalSettings(address=address, codec_keys=CODEC_KEYS)


@dataclass
class Api:
    """Asks as one person or another of the test directory: `county.head`, `city.chief` …"""

    http: httpx.AsyncClient
    settings: SteelyardSettings

    async def get(self, who: str, path: str, **params: Any) -> Any:
        answer = await self.http.get(path, params=params, headers=self._as(who))
        return answer.raise_for_status().json()

    async def status(self, who: str, path: str) -> int:
        return (await self.http.get(path, headers=self._as(who))).status_code

    async def post(self, who: str, path: str, body: Any) -> httpx.Response:
        return await self.http.post(path, json=body, headers=self._as(who), timeout=30)

    def _as(self, who: str) -> dict[str, str]:
        token = dev_token(self.settings, who, who.partition(".")[0])
        return {"authorization": f"Bearer {token}"}


@asynccontextmanager
async def api(
    sessions: Sessions,
    data_dir: Path,
    temporal: str,
    where: Callable[[], Directory] = directory,
) -> AsyncIterator[Api]:
    settings = SteelyardSettings(
        data_dir=data_dir, jurisdiction=data_dir / "unread.toml", calendar=data_dir / "unread.toml"
    )
    app = create_app(
        NAME,
        settings,
        routers=ROUTERS,
        identity=Identity(settings, where),
        sessions=sessions,
        directory=where,
        clock=Clock(),
        taker=Taker(sessions, temporal_settings(temporal)),
    )
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://coordination") as http:
        yield Api(http, settings)
