"""Secrets made on first use and kept in a file that only its owner reads."""

import os
import secrets
from pathlib import Path


def sealed(file: Path, *, octets: int = 32) -> str:
    """The secret in this file, 64 hexadecimal digits unless asked otherwise; made on first use."""
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text()
    with os.fdopen(descriptor, "w") as opened:
        opened.write(secrets.token_hex(octets))
    return file.read_text()
