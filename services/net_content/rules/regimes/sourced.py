"""How a number of the law is kept: with its clause, where it was seen, and how sure we are."""

from enum import StrEnum

from pydantic import ConfigDict

from contracts.messages import Message


class Confidence(StrEnum):
    """How well a number is known; what is LOW is never judged by."""

    PRINTED = "printed"
    """Read in a copy of the text itself or of a law that repeats it."""
    RECOMPUTED = "recomputed"
    """Reckoned from the formula that the text is made by."""
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    CONFIGURED = "configured"
    """Put in by whoever runs this, with a date and a name."""


class SourcedTable(Message):
    """Base of everything a regime's file says."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Sourced(SourcedTable):
    """Numbers with their place in the law beside them."""

    clause: str
    source: str
    """Where we read it, or how we came by it."""
    confidence: Confidence
