"""Any unit put together as its process would be, with servers that are not there."""

import importlib
from pathlib import Path

from fastapi import FastAPI
from pydantic import SecretStr

from contracts.catalogue import UnitRow
from deploy.stack.environment import CALENDAR, JURISDICTION
from services.kit.running.unit import Unit
from services.kit.settings import (
    DatabaseSettings,
    KafkaSettings,
    Settings,
    SteelyardSettings,
    TemporalSettings,
)
from tests.support.engine import CODEC_KEY
from tests.support.servers import ROLE_KEY

NOWHERE = "127.0.0.1:1"
REPORTER_KEYS = "one:" + "QUFB" * 10 + "QUE="


def put_together(row: UnitRow) -> Unit:
    """The unit; nothing is connected before it is served."""
    settings = Settings()
    # what a process would read from its environment
    settings.__dict__.update(
        database=DatabaseSettings(
            url=SecretStr(f"postgresql://{NOWHERE}/nowhere"), role_key=SecretStr(ROLE_KEY)
        ),
        kafka=KafkaSettings(bootstrap_servers=NOWHERE),
        temporal=TemporalSettings(address=NOWHERE, codec_keys=SecretStr(CODEC_KEY)),
        steelyard=SteelyardSettings(
            data_dir=Path("nowhere"),
            jurisdiction=JURISDICTION,
            calendar=CALENDAR,
            reporter_keys=SecretStr(REPORTER_KEYS),
        ),
    )
    found: Unit = importlib.import_module(f"{row.home}.app").unit(settings)
    return found


def application(row: UnitRow) -> FastAPI:
    """A unit's HTTP application: its routes are what the unit answers."""
    return put_together(row).app
