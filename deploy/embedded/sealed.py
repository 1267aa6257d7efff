"""Secrets made on first use and kept in files that only their owner reads."""

import os
import secrets
from pathlib import Path

OCTETS = 32


def sealed(data_dir: Path, name: str) -> str:
    """The folder's secret of this name, 64 hexadecimal digits; made on first use."""
    folder = data_dir / "secrets"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / name
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text()
    with os.fdopen(descriptor, "w") as opened:
        opened.write(secrets.token_hex(OCTETS))
    return file.read_text()
