"""`steelyard up` in a process of its own, and the commands a person gives beside it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import psutil

from deploy.embedded.stack import OUTSIDE
from deploy.stack.whereabouts import NOTE, Whereabouts, find
from tests.support.command_line import Said, from_a_loop
from tests.support.waiting import at_last

ROOT = Path(__file__).parents[2]
STEELYARD = (sys.executable, "-m", "deploy.cli")
PATIENCE_S = 240.0


class Up:
    """A stack that drills are allowed on and whose spans go to the units' logs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "up.log"
        self.family: list[psutil.Process] = []
        told = {name: value for name, value in os.environ.items() if name not in OUTSIDE.values()}
        self._env = told | {
            "COLUMNS": "200",
            "STEELYARD_DRILLS": "true",
            "STEELYARD_TELEMETRY": "console",
        }
        self._up: subprocess.Popen[bytes] | None = None

    @property
    def where(self) -> Whereabouts:
        return find(self.folder)

    def start(self) -> None:
        """Return when it is ready."""
        with self.log.open("ab") as log:
            command = [*STEELYARD, "--data-dir", str(self.folder), "up"]
            self._up = subprocess.Popen(
                command, stdout=log, stderr=subprocess.STDOUT, env=self._env, cwd=ROOT
            )
        ready = at_last(self._is_ready, within=PATIENCE_S)
        assert ready, f"not ready: {self.log.read_text('utf-8')[-3000:]}"
        self.family = psutil.Process(self._up.pid).children(recursive=True)

    def _is_ready(self) -> bool:
        assert self._up is not None, "it was started"
        assert self._up.poll() is None, self.log.read_text("utf-8")[-3000:]
        return (self.folder / NOTE).exists()

    def interrupt(self) -> int:
        """Ctrl-C; the exit code."""
        assert self._up is not None, "it was started"
        self._up.send_signal(signal.SIGINT)
        return self._up.wait(PATIENCE_S)

    @contextmanager
    def standing_still(self, unit: str) -> Iterator[None]:
        """A unit's process stopped as by a debugger, and let go on."""
        pid = json.loads((self.folder / "run" / f"{unit}.pid").read_text("utf-8"))["pid"]
        os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(pid, signal.SIGCONT)

    def everyone(self) -> list[psutil.Process]:
        """All that it started, and whatever else works in its folder."""
        others = psutil.process_iter(["cmdline"])
        here = [p for p in others if str(self.folder) in " ".join(p.info["cmdline"] or ())]
        return [*self.family, *here]

    async def command(self, *arguments: str) -> Said:
        """`steelyard ARGUMENTS`, in this process: a start of its own takes seconds."""
        with mock.patch.dict(os.environ, self._env, clear=True):
            return await from_a_loop("--data-dir", str(self.folder), *arguments)

    async def told(self, *arguments: str) -> str:
        """What a command says that succeeds."""
        said = await self.command(*arguments)
        assert said.code == 0, said.err + said.out
        return said.out

    async def json(self, *arguments: str) -> Any:
        return json.loads(await self.told(*arguments, "--json"))

    def logged(self) -> str:
        """All that servers and units have written."""
        files = [self.log, *(self.folder / "logs").iterdir()]
        return "\n".join(file.read_text("utf-8", errors="replace") for file in files)

    def spans(self, unit: str, trace_id: str) -> set[str]:
        """Names of what a unit did in a trace."""
        lines = (self.folder / "logs" / f"{unit}.log").read_text("utf-8").splitlines()
        spans = [json.loads(line) for line in lines if line.startswith('{"name"')]
        return {s["name"] for s in spans if s["context"]["trace_id"] == f"0x{trace_id}"}
