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
from services.kit.effects import Effects


def effects(directory: Callable[[], Directory]) -> Effects:
    """All of them, with the directory that says which agencies there are."""
    found = Effects()
    found.include(responses.effects)
    matters = (
        operations.effects,
        handoffs.effects,
        jurisdiction.disputes,
        jurisdiction.changes,
        assistance.effects,
        supervision.effects,
    )
    for concern in matters:
        concern.add_to(found, directory)
    return found
