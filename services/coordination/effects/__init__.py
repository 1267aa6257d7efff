"""What the steps of coordination's procedures do to its record; one file a procedure."""

from collections.abc import Callable

from contracts.agencies import Directory
from services.coordination.effects import (
    assistance,
    handoffs,
    jurisdiction,
    operations,
    responses,
    supervision,
)
from services.kit.steps.effects import Effects
from services.kit.steps.record_effects import effects_of


def effects(directory: Callable[[], Directory]) -> Effects:
    """All of them, with the directory that says which agencies there are."""
    return effects_of(
        directory,
        responses.effects,
        operations.effects,
        handoffs.effects,
        jurisdiction.disputes,
        jurisdiction.changes,
        assistance.effects,
        supervision.effects,
    )
