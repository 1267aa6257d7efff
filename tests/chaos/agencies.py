"""The agencies' systems as processes of their own, started, killed and started again by name."""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from deploy.embedded.child import Child


class AgencySystem:
    """One agency's system; what it writes is in `logs` of the folder, its cursor in `agencies`."""

    def __init__(self, code: str, folder: Path) -> None:
        self.code = code
        self._command = [sys.executable, "-m", "tests.chaos.agency", code, str(folder)]
        self._log = folder / "logs" / f"{code}.log"
        self._child = Child(code, folder / "run" / f"{code}.pid")

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._child.spawn(self._command, log)

    def kill(self) -> None:
        self._child.kill()

    def check(self) -> None:
        """It ends by itself only when it was refused."""
        if not self._child.alive:
            raise RuntimeError(f"{self.code} ended: {self._log.read_text('utf-8')[-2000:]}")


@asynccontextmanager
async def systems(codes: Iterable[str], folder: Path) -> AsyncIterator[dict[str, AgencySystem]]:
    """One of each, until the end of the block."""
    (folder / "agencies").mkdir(exist_ok=True)
    found = {code: AgencySystem(code, folder) for code in codes}
    try:
        for system in found.values():
            system.start()
        yield found
    finally:
        for system in found.values():
            await asyncio.to_thread(system.kill)
