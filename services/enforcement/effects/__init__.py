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
from services.kit.steps.effects import Effects
from services.kit.steps.record_effects import effects_of


def effects(directory: Callable[[], Directory]) -> Effects:
    """All of them, with the directory that gives papers their area mark."""
    concerns = (filing, measures, deciding, executing, closing, crime, moving)
    return effects_of(directory, *(concern.effects for concern in concerns))
