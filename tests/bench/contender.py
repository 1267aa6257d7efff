"""One process that takes part in a benchmark, and when it ends."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager

PATIENCE_S = 30.0


async def until_told_to_stop() -> None:
    """Inside the process: SIGTERM ends it, with what is in hand finished."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await stop.wait()


@contextmanager
def running(
    module: str, *arguments: str, processes: int = 1, environment: Mapping[str, str]
) -> Iterator[Sequence[subprocess.Popen[bytes]]]:
    """So many processes of a module, stopped at the end of the block."""
    command = [sys.executable, "-m", module, *arguments]
    with ExitStack() as stack:
        started = []
        for _ in range(processes):
            process = subprocess.Popen(command, env={**os.environ, **environment})
            stack.callback(_stop, process)
            started.append(process)
        yield started


def check_alive(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended with {process.returncode}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(PATIENCE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
