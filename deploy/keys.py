"""Key pairs for the agencies of a jurisdiction that has none: for the demonstration and for tests.

An agency of the real world makes its own key and hands in the public half.
"""

import os
import tomllib
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import NamedTuple

from nacl.signing import SigningKey

from contracts.agencies import Agency, Directory

HEAD = "# 演示用公钥，由程序生成；私钥在 keys/ 内。 Public keys made for demonstration.\n"


class AgencyKey(NamedTuple):
    """What an agency signs with: the key's id, and its 32-byte Ed25519 seed."""

    agency: str
    kid: str
    seed: bytes


def ensure_keys(directory: Directory, data_dir: Path) -> Path:
    """The overlay with a public key of every agency that has none; pairs are made where missing.

    A key holds as long as its agency stands, so that drills in other times can be signed too.
    """
    (data_dir / "keys").mkdir(mode=0o700, parents=True, exist_ok=True)
    keyless = {agency.code: agency for agency in directory.agencies if not agency.keys}
    entries = [_entry(agency, _ensure(data_dir, code)) for code, agency in keyless.items()]
    text = "\n".join([HEAD, *entries])
    overlay = data_dir / "keys.toml"
    if not overlay.exists() or overlay.read_text(encoding="utf-8") != text:
        _write(overlay, text, 0o644)
    return overlay


def private_key(data_dir: Path, agency: str) -> AgencyKey:
    """The key of an agency, as `ensure_keys` made it."""
    return read_key(key_file(data_dir, agency))


def key_file(data_dir: Path, agency: str) -> Path:
    """Where an agency's private key is kept, for its owner's eyes only."""
    return data_dir / "keys" / f"{agency}.toml"


def read_key(file: Path) -> AgencyKey:
    """A private key from its file: what `steelyard submit --key` is given."""
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return AgencyKey(table["agency"], table["kid"], bytes.fromhex(table["seed"]))


def _ensure(data_dir: Path, agency: str) -> AgencyKey:
    file = key_file(data_dir, agency)
    if not file.exists():
        seed = SigningKey.generate().encode()
        text = f'agency = "{agency}"\nkid = "{agency}.1"\nseed = "{seed.hex()}"\n'
        _write(file, text, 0o600)
    return read_key(file)


def _entry(agency: Agency, key: AgencyKey) -> str:
    public = SigningKey(key.seed).verify_key.encode()
    lines = [
        "[[keys]]",
        f'agency = "{agency.code}"',
        f'kid = "{key.kid}"',
        f'x = "{urlsafe_b64encode(public).rstrip(b"=").decode()}"',
        f"valid_from = {agency.valid_from}",
        *([f"valid_to = {agency.valid_to}"] if agency.valid_to else []),
    ]
    return "\n".join([*lines, ""])


def _write(file: Path, text: str, mode: int) -> None:
    """Whole or not at all: a unit may be reading the overlay meanwhile."""
    fresh = file.with_suffix(".new")
    with os.fdopen(
        os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "w", encoding="utf-8"
    ) as out:
        out.write(text)
    fresh.replace(file)
