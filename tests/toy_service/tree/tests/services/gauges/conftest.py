"""The record of gauges in a database of its own, and the unit's application on it."""

import pytest

from tests.services.gauges.house import OWNER
from tests.support.owner.fixtures import data_dir, house, migrated, record
from tests.support.owner.house import Owner

__all__ = ["data_dir", "house", "migrated", "record"]


@pytest.fixture(scope="session")
def owner() -> Owner:
    return OWNER
