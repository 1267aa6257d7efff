"""What the three embedded servers share: prepare, start, wait until ready, stop, start again."""

import signal
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from pathlib import Path

from contracts.says import Says
from deploy.embedded.child import Child
from deploy.embedded.errors import ServerUnavailable
from deploy.embedded.ports import remembered_port

ProgressReport = Callable[[str, str], None]
"""Told the server's name and what it is doing, for whoever waits and watches."""


def quietly(_name: str, _doing: str) -> None:
    """Report to nobody."""


class Server(ABC):
    """One server on the loopback, with its state in `data_dir/<name>` and its log in `logs`."""

    name: str
    stop_signal = signal.SIGTERM
    patience = 90.0
    """Seconds from start to ready; a slow machine recovering from a crash needs many."""
    grace = 30.0

    def __init__(self, data_dir: Path, report: ProgressReport = quietly) -> None:
        self.data_dir = data_dir = data_dir.absolute()
        self.home = data_dir / self.name
        self.log = data_dir / "logs" / f"{self.name}.log"
        self._report = report
        for folder in (self.home, self.log.parent, data_dir / "run"):
            folder.mkdir(parents=True, exist_ok=True)
        self._child = self._new_child()
        self._log_from = 0
        self._ports: dict[str, int] = {}
        self._abandoned = False

    @property
    @abstractmethod
    def address(self) -> str:
        """What a client is told."""

    @abstractmethod
    def prepare(self) -> Sequence[str]:
        """Make what must exist before the first start; return the command."""

    @abstractmethod
    def is_ready(self) -> bool:
        """Whether clients are served already."""

    @abstractmethod
    def when_ready(self) -> None:
        """Finish what needs a running server."""

    @property
    def alive(self) -> bool:
        return self._child.alive

    @property
    def pid(self) -> int | None:
        return self._child.pid

    def start(self) -> None:
        """Start it, and return when clients are served. Nothing happens when it runs already."""
        if self.alive:
            return
        self._child.bury()
        self._ports.clear()
        command = self.prepare()
        self.tell("正在启动 starting")
        self._log_from = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            self._child.spawn(command, log)
        self._await_ready()
        self.when_ready()
        self.tell(f"就绪 ready {self._shown_address()}")

    def stop(self) -> None:
        self._child.stop(self.grace)

    def kill(self) -> None:
        """Like a power cut. `start` brings it back, same port, with all it had acknowledged."""
        self._child.kill()

    def abandon(self) -> None:
        """Make a `start` that another thread is in the middle of give up soon."""
        self._abandoned = True

    def tell(self, doing: str) -> None:
        if self._abandoned:
            raise ServerUnavailable(Says(f"{self.name}：已放弃启动", "the start was abandoned"))
        self._report(self.name, doing)

    def port(self, purpose: str = "main") -> int:
        """The same port while it runs and, if no stranger took it meanwhile, over restarts."""
        if purpose not in self._ports:
            file = self.data_dir / "run" / f"{self.name}.{purpose}.port"
            self._ports[purpose] = remembered_port(file)
        return self._ports[purpose]

    def logged(self) -> str:
        """What this run has written to its log."""
        with self.log.open("rb") as log:
            log.seek(self._log_from)
            return log.read().decode(errors="replace")

    def _new_child(self) -> Child:
        pid_file = self.data_dir / "run" / f"{self.name}.pid"
        return Child(self.name, pid_file, stop_signal=self.stop_signal)

    def _shown_address(self) -> str:
        return self.address

    def _await_ready(self) -> None:
        deadline = time.monotonic() + self.patience
        while not self.is_ready():
            if not self.alive:
                raise self._failure(Says("起动后退出", "ended while starting"))
            if self._abandoned or time.monotonic() > deadline:
                self.kill()
                raise self._failure(Says(f"{self.patience:.0f} s 内未就绪", "not ready"))
            time.sleep(0.03)

    def _failure(self, how: Says) -> ServerUnavailable:
        lines = "\n".join(self.logged().strip().splitlines()[-8:])
        says = Says(f"{self.name}：{how.zh}", how.en)
        return ServerUnavailable(says, f"{lines}\n({self.log})")
