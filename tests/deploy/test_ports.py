"""A port is kept over restarts, and given up only to a stranger."""

import socket
from pathlib import Path

from deploy.embedded.ports import CHOICE, LOOPBACK, remembered_port


def test_a_port_is_remembered(tmp_path: Path) -> None:
    first = remembered_port(tmp_path / "port")

    assert first in CHOICE
    assert remembered_port(tmp_path / "port") == first


def test_a_port_a_stranger_took_is_replaced_for_good(tmp_path: Path) -> None:
    first = remembered_port(tmp_path / "port")
    with socket.socket() as stranger:
        stranger.bind((LOOPBACK, first))
        stranger.listen()
        second = remembered_port(tmp_path / "port")

    assert second != first
    assert remembered_port(tmp_path / "port") == second
