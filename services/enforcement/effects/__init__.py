"""What the steps of an enforcement case do to its record; one file a concern."""

from collections.abc import Callable

from contracts.agencies import Directory
from services.enforcement.effects import (
    closing,
    crime,
    deciding,
    executing,
    filing,
    measures,
    moving,
)
from services.kit.effects import Effects


def effects(directory: Callable[[], Directory]) -> Effects:
    """All of them, with the directory that gives papers their area mark."""
    found = Effects()
    for concern in (filing, measures, deciding, executing, closing, crime, moving):
        concern.effects.add_to(found, directory)
    return found
