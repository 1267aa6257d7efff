"""Starts the toy's process, ends it politely or not, and starts it again."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from deploy.embedded.ports import free_port
from tests.delivery.toy.stand import Stand
from tests.support.servers import ROLE_KEY
from tests.support.waiting import eventually

ROOT = Path(__file__).parents[3]


class Launched:
    """One replica of the toy."""

    def __init__(self, stand: Stand, name: str) -> None:
        self._stand = stand
        self._name = name
        self.port = free_port()
        self.log = stand.folder / f"{name}.log"
        self._process: Process | None = None

    async def start(self) -> None:
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "tests.delivery.toy.process",
                self._stand.topic.name,
                cwd=ROOT,
                env=self._environment(),
                stdout=log,
                stderr=log,
            )

    async def ready(self, *, within: float = 60.0) -> None:
        async with httpx.AsyncClient() as client:

            async def is_ready() -> bool:
                try:
                    answer = await client.get(f"http://127.0.0.1:{self.port}/health/ready")
                except httpx.TransportError:
                    return False
                return answer.status_code == 200

            await eventually(is_ready, within=within)

    async def kill(self) -> None:
        """kill -9."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> int:
        """SIGTERM; its exit code."""
        return await self._end(signal.SIGTERM)

    async def _end(self, number: int) -> int:
        if self._process is None:
            return 0
        if self._process.returncode is None:
            self._process.send_signal(number)
        return await self._process.wait()

    def _environment(self) -> dict[str, str]:
        here = self._stand.folder
        return os.environ | {
            "DATABASE_URL": self._stand.database.url.get_secret_value(),
            "DATABASE_ROLE_KEY": ROLE_KEY,
            "KAFKA_BOOTSTRAP_SERVERS": self._stand.kafka.bootstrap_servers,
            "KAFKA_INSTANCE_ID": self._name,
            "STEELYARD_DATA_DIR": str(here),
            "STEELYARD_JURISDICTION": str(here / "none.toml"),
            "STEELYARD_CALENDAR": str(here / "none.toml"),
            "STEELYARD_HTTP_PORT": str(self.port),
        }


@asynccontextmanager
async def launched(stand: Stand, name: str = "one") -> AsyncIterator[Launched]:
    toy = Launched(stand, name)
    await toy.start()
    try:
        yield toy
    finally:
        await toy.kill()
