"""One unit as a child process: started, watched, started again when it dies, never silently."""

import asyncio
import contextlib
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import httpx

from contracts.says import Says
from deploy.embedded.child import Child
from deploy.embedded.ports import LOOPBACK, remembered_port
from deploy.stack.unit_log import Say, pump
from services.kit.errors import Fault

READY_SECONDS = 90.0
GRACE_SECONDS = 20.0
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
STEADY_SECONDS = 60.0
"""After so long without a death, the next one is a first one again."""


class UnitFailed(Fault):
    """A unit did not become ready, or a command of the stack did not succeed."""

    exit_code = 1


class UnitProcess:
    """A unit that is meant to run, until `stop` or `kill` says otherwise."""

    def __init__(self, name: str, command: Sequence[str], data_dir: Path, say: Say) -> None:
        self.name = name
        self._command = command
        self._say = say
        self._file = data_dir / "logs" / f"{name}.log"
        self._file.parent.mkdir(parents=True, exist_ok=True)
        run = data_dir / "run"
        run.mkdir(exist_ok=True)
        self._child = Child(name, run / f"{name}.pid")
        self._child.bury()
        self.port = remembered_port(run / f"unit.{name}.port")
        self._env: Mapping[str, str] = {}
        self._watching: asyncio.Task[None] | None = None
        self._ended = asyncio.Event()
        self._since = 0.0

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def pid(self) -> int | None:
        return self._child.pid

    def start(self, env: Mapping[str, str]) -> None:
        """Start it and keep it running; `ready` waits until it serves."""
        self._env = env
        self._spawn()
        self._watching = asyncio.create_task(self._watch(), name=f"watch {self.name}")

    async def ready(self, within: float = READY_SECONDS) -> None:
        """Wait for `GET /health/ready` to answer 200."""
        deadline = time.monotonic() + within
        async with httpx.AsyncClient(trust_env=False, timeout=2) as client:
            while time.monotonic() < deadline:
                with contextlib.suppress(httpx.TransportError):
                    if (await client.get(f"{self.url}/health/ready")).status_code == 200:
                        return
                await asyncio.sleep(0.1)
        raise UnitFailed(
            Says(f"{self.name}：{within:.0f} s 内未就绪", f"not ready in time; {self._file}")
        )

    async def stop(self) -> None:
        """End it in order, its work in hand finished."""
        await self._unwatch()
        await asyncio.to_thread(self._child.stop, GRACE_SECONDS)

    def _spawn(self) -> None:
        self._child.spawn(self._command, subprocess.PIPE, self._env)
        self._since = time.monotonic()
        self._ended = asyncio.Event()
        arguments = (asyncio.get_running_loop(), self._ended)
        threading.Thread(target=self._follow, args=arguments, daemon=True).start()

    def _follow(self, loop: asyncio.AbstractEventLoop, ended: asyncio.Event) -> None:
        assert self._child.stdout is not None  # asked for when it was spawned
        pump(self.name, self._child.stdout, self._file, self._say)
        with contextlib.suppress(RuntimeError):  # the loop may have ended before the unit did
            loop.call_soon_threadsafe(ended.set)

    async def _watch(self) -> None:
        deaths = 0
        while True:
            await self._ended.wait()
            deaths = 0 if time.monotonic() - self._since > STEADY_SECONDS else deaths
            pause = min(FIRST_PAUSE_SECONDS * 2**deaths, LONGEST_PAUSE_SECONDS)
            deaths += 1
            how = await asyncio.to_thread(self._child.wait)
            self._say(
                self.name, f"已退出 ended ({how})，{pause:.1f} s 后重启 until it starts again"
            )
            await asyncio.sleep(pause)
            self._spawn()

    async def _unwatch(self) -> None:
        if self._watching:
            self._watching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watching
            self._watching = None
