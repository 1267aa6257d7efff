"""One worker of the engine as a process of its own, for tests that kill it: `workflows`, or a
record's owner.
"""

import asyncio
import ctypes
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from temporalio import activity

from contracts.procedure import RecordStep, StepOutcome
from deploy.embedded.child import Child
from deploy.embedded.leash import PR_SET_PDEATHSIG
from services.kit.running.temporal import activities_worker, connect
from services.kit.settings import DatabaseSettings, TemporalSettings
from services.kit.steps.activity import step_activity
from services.kit.steps.effects import Effects
from services.kit.storage.database import engine, sessions
from tests.support.directories import directory
from tests.support.engine import Engine, Fixed
from tests.support.play import SHIPPED
from tests.support.waiting import eventually
from workflows.app import Reckoning, worker

ROOT = Path(__file__).parents[2]
DOOMED = ".doomed"


async def work(name: str, doomed: Path) -> None:
    """Until it is killed; an owner that finds itself doomed dies after its next commit."""
    client = await connect(TemporalSettings())
    if name == "workflows":
        reckoning = Reckoning(Fixed(directory()), Fixed(SHIPPED))  # type: ignore[arg-type]
        await worker(client, reckoning).run()
    else:
        record = sessions(engine(DatabaseSettings(), name), name)
        recording = step_activity(name, record, Effects())

        @activity.defn(name=f"{name}.{RecordStep.activity}")
        async def take_step(asked: RecordStep) -> StepOutcome:
            outcome = await recording(asked)
            if doomed.exists():
                doomed.unlink()
                os.kill(os.getpid(), signal.SIGKILL)
            return outcome

        await activities_worker(client, name, [take_step]).run()


def main(name: str, pid_file: str) -> None:
    """Everything imported, a worker starts in no time: each is a fork, replaced when it dies."""
    while True:
        pid = os.fork()
        if pid == 0:
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
            asyncio.run(work(name, Path(pid_file).with_suffix(DOOMED)))
        fresh = Path(pid_file + ".new")
        fresh.write_text(str(pid))
        fresh.replace(pid_file)
        os.waitpid(pid, 0)


class Mortal:
    """A worker's process that may be killed: another takes its place at once."""

    def __init__(self, name: str, folder: Path, env: Mapping[str, str]) -> None:
        self._child = Child(name, folder / f"{name}.parent")
        self._log = folder / f"{name}.log"
        self._pid_file = folder / f"{name}.pid"
        self._command = [sys.executable, "-m", "tests.support.engine_process", name]
        self._env = env

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._child.spawn([*self._command, str(self._pid_file)], log, self._env)

    async def pid(self, *, but: int = 0) -> int:
        """The process that works now; another one than `but`."""

        async def found() -> int:
            assert self._pid_file.exists()
            pid = int(self._pid_file.read_text())
            return pid if pid != but else 0

        return await eventually(found, within=60)

    def doom(self) -> None:
        """It will die right after the next commit, before it can tell anybody of it."""
        self._pid_file.with_suffix(DOOMED).touch()

    async def end(self) -> None:
        await asyncio.to_thread(self._child.kill)


@asynccontextmanager
async def mortals(of: Engine, folder: Path) -> AsyncIterator[dict[str, Mortal]]:
    """The engine's two workers as processes, by name, instead of those in this one."""
    env = os.environ | {
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": of.database.url.get_secret_value(),
        "DATABASE_ROLE_KEY": of.database.role_key.get_secret_value(),
        "TEMPORAL_ADDRESS": of.temporal.address,
        "TEMPORAL_CODEC_KEYS": of.temporal.codec_keys.get_secret_value(),
    }
    both = {name: Mortal(name, folder, env) for name in ("workflows", of.owner)}
    for name, one in both.items():
        await of.stop(name)
        one.start()
    try:
        yield both
    finally:
        for one in both.values():
            await one.end()


if __name__ == "__main__":
    main(*sys.argv[1:])
