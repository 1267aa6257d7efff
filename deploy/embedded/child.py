"""A process of ours: dies when we die, stops when asked, is killed with all it started."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

import psutil

SAME_SECONDS = 5.0
LEASH = Path(__file__).with_name("leash.py")

# The kernel's death signal follows the *thread* that started a child, not the process. So one
# thread starts them all and lives until the interpreter ends.
_STARTER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="starter")


class Child:
    """One process at a time, under one name; its pid is kept so that a leftover can be found."""

    def __init__(
        self,
        name: str,
        pid_file: Path,
        *,
        stop_signal: signal.Signals = signal.SIGTERM,
        user: str = "-",
    ) -> None:
        self.name = name
        self._pid_file = pid_file
        self._stop_signal = stop_signal
        self._user = user
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    @property
    def stdout(self) -> IO[bytes] | None:
        return self._process.stdout if self._process else None

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def spawn(
        self, command: Sequence[str], output: int | IO[bytes], env: Mapping[str, str] | None = None
    ) -> None:
        """Start the command in a session of its own: Ctrl-C reaches us, and we stop it in order."""
        leash = [sys.executable, "-I", "-S", str(LEASH), str(os.getpid())]
        leash += [str(int(self._stop_signal)), self._user]
        self._process = _STARTER.submit(
            subprocess.Popen,
            [*leash, *command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=dict(env) if env is not None else None,
            start_new_session=True,
        ).result()
        self._remember(self._process.pid)

    def wait(self) -> int | None:
        """Until it ends; its exit code, negative for a signal."""
        return self._process.wait() if self._process else None

    def stop(self, grace: float) -> None:
        """Ask it to end; after the grace, end it."""
        if self._process is None:
            return
        if self._process.poll() is None:
            self._process.send_signal(self._stop_signal)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(grace)
        self.kill()

    def kill(self) -> None:
        """End it at once, as a power cut would, with every process it started."""
        if self._process is None:
            return
        _kill_tree(self._process.pid)
        self._process.wait()
        self._pid_file.unlink(missing_ok=True)

    def bury(self, grace: float = 10.0) -> None:
        """End what an earlier run of ours left behind, if its starter was killed."""
        if not self._pid_file.exists():
            return
        known = json.loads(self._pid_file.read_text())
        with contextlib.suppress(psutil.NoSuchProcess):
            leftover = psutil.Process(known["pid"])
            # The kernel counts from boot, and the clock may have been set since.
            if abs(leftover.create_time() - known["created"]) < SAME_SECONDS:
                leftover.send_signal(self._stop_signal)
                with contextlib.suppress(psutil.TimeoutExpired):
                    leftover.wait(grace)
                _kill_tree(known["pid"])
        self._pid_file.unlink(missing_ok=True)

    def _remember(self, pid: int) -> None:
        with contextlib.suppress(psutil.NoSuchProcess):
            known = {"pid": pid, "created": psutil.Process(pid).create_time()}
            self._pid_file.write_text(json.dumps(known))


def _kill_tree(pid: int) -> None:
    with contextlib.suppress(psutil.NoSuchProcess):
        root = psutil.Process(pid)
        family = [root, *root.children(recursive=True)]
        for process in family:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        deadline = time.monotonic() + 5
        while any(map(_runs, family)) and time.monotonic() < deadline:
            time.sleep(0.005)


def _runs(process: psutil.Process) -> bool:
    # What nobody has reaped yet holds nothing any more.
    with contextlib.suppress(psutil.NoSuchProcess):
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    return False
