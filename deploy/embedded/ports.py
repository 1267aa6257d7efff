"""Ports chosen once and remembered, so that a restart answers where it answered before."""

import random
import socket
from collections.abc import Iterator
from pathlib import Path

LOOPBACK = "127.0.0.1"
# Below the range that kernels lend to outgoing connections: no stranger takes one while we restart.
CHOICE = range(15_000, 32_000)


def remembered_port(file: Path) -> int:
    """The port written in this file while it is free; else another, written there."""
    if file.exists() and _is_free(int(file.read_text())):
        return int(file.read_text())
    port = free_port()
    file.write_text(str(port))
    return port


def free_port() -> int:
    return next(port for port in _candidates() if _is_free(port))


def _candidates() -> Iterator[int]:
    while True:
        yield random.choice(CHOICE)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        # A connection in TIME_WAIT does not count: servers bind with the same option.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True
