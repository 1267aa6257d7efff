"""Runs the whole of Steelyard on one machine: servers, topics, migrations, units; and ends it."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Self

import psutil

from contracts.says import Says
from deploy.embedded.server import ProgressReport, quietly
from deploy.embedded.stack import Servers, embedded_servers
from deploy.named import UNIT_NAMES
from deploy.stack.environment import stack_environment, unit_environment
from deploy.stack.unit_log import Say
from deploy.stack.unit_process import UnitFailed, UnitProcess
from deploy.stack.whereabouts import note
from deploy.topics import ensure_topics

STEELYARD = (sys.executable, "-m", "deploy.cli")
"""The command every unit is a subcommand of: `run UNIT`; before them, `migrate`."""


class Stack:
    """Servers and units, running between `async with` and its end.

    `report` hears what starts and stops; `say` hears each line a unit writes.
    """

    servers: Servers
    env: dict[str, str]
    """What `migrate` and the command line are told: addresses and secrets."""

    def __init__(
        self,
        data_dir: Path,
        *,
        units: Sequence[str] = UNIT_NAMES,
        report: ProgressReport = quietly,
        say: Say = quietly,
        program: Sequence[str] = STEELYARD,
        env: Mapping[str, str] | None = None,
    ) -> None:
        self.data_dir = data_dir.absolute()
        self._names = units
        self._report = report
        self._say = say
        self._program = program
        self._more_env = env or {}
        self.units: dict[str, UnitProcess] = {}
        self._open = AsyncExitStack()

    @property
    def urls(self) -> dict[str, str]:
        """Where each unit's HTTP API is, without a slash at the end."""
        return {name: unit.url for name, unit in self.units.items()}

    async def __aenter__(self) -> Self:
        try:
            await self._start()
        except BaseException:
            await self._open.aclose()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._open.aclose()

    async def _start(self) -> None:
        self.servers = await self._open.enter_async_context(
            embedded_servers(self.data_dir, self._report)
        )
        self.env = {**stack_environment(self.servers, self.data_dir), **self._more_env}
        if made := await ensure_topics(self.servers.kafka):
            self._report("topics", f"已建立 made {', '.join(made)}")
        self._report("migrate", "正在迁移数据库 migrating the database")
        await self._migrate()
        self._open.push_async_callback(self._stop_units)
        for name in self._names:
            command = [*self._program, "run", name]
            unit = self.units[name] = UnitProcess(name, command, self.data_dir, self._say)
            unit.start(unit_environment(self.env, name, unit.port))
            self._report(name, "正在启动 starting")
        await asyncio.gather(*(self._ready(unit) for unit in self.units.values()))
        self._open.callback(note(self.data_dir, self.urls, self.env))

    async def _ready(self, unit: UnitProcess) -> None:
        await unit.ready()
        self._report(unit.name, f"就绪 ready {unit.url}")

    async def _stop_units(self) -> None:
        self._report("units", "正在停止 stopping")
        await asyncio.gather(*(unit.stop() for unit in self.units.values()))

    async def _migrate(self) -> None:
        process = await asyncio.create_subprocess_exec(
            *self._program,
            "migrate",
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        try:
            written, _ = await process.communicate()
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        for line in written.decode(errors="replace").splitlines():
            self._say("migrate", line)
        if process.returncode != 0:
            raise UnitFailed(
                Says("migrate：失败", f"failed ({process.returncode})\n{written.decode()}")
            )


async def run_until_told(
    stack: Stack, on_ready: Callable[[Stack], None], report: ProgressReport
) -> None:
    """Run until Ctrl-C or SIGTERM, then stop in order; the second one kills."""
    running = asyncio.create_task(_hold(stack, on_ready))
    told = 0

    def tell() -> None:
        nonlocal told
        told += 1
        if told > 1:
            _kill_everything()
        report("steelyard", "正在停止，再按一次强制结束 stopping; once more to kill")
        running.cancel()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, tell)
    with contextlib.suppress(asyncio.CancelledError):
        await running


async def _hold(stack: Stack, on_ready: Callable[[Stack], None]) -> None:
    async with stack:
        on_ready(stack)
        await asyncio.Event().wait()


def _kill_everything() -> None:
    family = psutil.Process().children(recursive=True)
    for process in family:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(family, timeout=1)
    os._exit(130)
