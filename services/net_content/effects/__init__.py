"""What the steps of a net-content check do to its record; one file a concern."""

from collections.abc import Callable

from contracts.agencies import Directory
from services.kit.steps.effects import Effects
from services.kit.steps.record_effects import effects_of
from services.net_content.effects import ending, finding, sampling


def effects(directory: Callable[[], Directory]) -> Effects:
    """All of them, with the directory whose rules and levels they weigh."""
    return effects_of(directory, sampling.effects, finding.effects, ending.effects)
