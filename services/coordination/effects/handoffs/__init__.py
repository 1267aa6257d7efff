"""What the steps of a criminal hand-off do to its record; a file for each side of it."""

from services.coordination.effects.handoffs import answering, ending, transferring
from services.coordination.effects.handoffs.handoff import effects

__all__ = ["answering", "effects", "ending", "transferring"]
