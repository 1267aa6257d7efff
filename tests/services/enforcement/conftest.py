"""The record of enforcement in a database of its own, and the unit's application on it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.services.enforcement.house import OWNER, House
from tests.support.owner.fixtures import data_dir, migrated, record
from tests.support.owner.house import Owner
from tests.support.owner.record import Record

__all__ = ["data_dir", "migrated", "record"]


@pytest.fixture(scope="session")
def owner() -> Owner:
    return OWNER


@pytest.fixture
async def house(record: Record, data_dir: Path) -> AsyncIterator[House]:
    """The unit's application on this record; Kafka and Temporal are not there."""
    found = House(OWNER, record, data_dir)
    yield found
    await found.close()
