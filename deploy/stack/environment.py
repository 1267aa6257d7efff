"""What a unit is told: where the servers are, its secrets, its folder. Secrets are made once."""

import os
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from contracts.catalogue import UNITS
from deploy.embedded.sealed import sealed
from deploy.embedded.stack import Servers

JURISDICTION = Path(__file__).parents[1] / "jurisdictions" / "demo.toml"
CALENDAR = Path(__file__).parents[1] / "calendar.toml"


def stack_environment(servers: Servers, data_dir: Path) -> dict[str, str]:
    """Everything, superuser's password included: for `migrate` and for the command line.

    What is set in our own environment is kept: an operator's choice comes before ours.
    """
    ours = {
        "DATABASE_ROLE_KEY": sealed(data_dir, "database-roles"),
        "TEMPORAL_CODEC_KEYS": _cipher_key(data_dir, "temporal-codec"),
        "STEELYARD_ENVIRONMENT": "development",
        "STEELYARD_JURISDICTION": str(JURISDICTION),
        "STEELYARD_CALENDAR": str(CALENDAR),
        "STEELYARD_REPORTER_KEYS": _cipher_key(data_dir, "reporters"),
        "AUDIT_SIGNING_KEY": _cipher_key(data_dir, "audit-log"),
    }
    where = {
        "DATABASE_URL": servers.database_url,
        "KAFKA_BOOTSTRAP_SERVERS": servers.kafka,
        "TEMPORAL_ADDRESS": servers.temporal_address,
        "STEELYARD_DATA_DIR": str(data_dir),
    }
    return {**ours, **os.environ, **where, "PYTHONUNBUFFERED": "1"}


def unit_environment(stack: Mapping[str, str], unit: str, http_port: int) -> dict[str, str]:
    """What one unit needs, and no more: not the superuser's password, not a neighbour's keys."""
    told = dict(stack)
    told["DATABASE_URL"] = _without_password(stack["DATABASE_URL"])
    told["STEELYARD_HTTP_PORT"] = str(http_port)
    told["KAFKA_INSTANCE_ID"] = stack.get("KAFKA_INSTANCE_ID", f"{unit}-1")
    for other in UNITS:
        if other.command != unit:
            for secret in other.secrets:
                told.pop(secret, None)
    return told


def _cipher_key(data_dir: Path, name: str) -> str:
    key = bytes.fromhex(sealed(data_dir, name))
    return f"1:{b64encode(key).decode()}"


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
