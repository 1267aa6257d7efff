"""From which day until which day an entry of a directory holds, and where it comes from."""

from datetime import date
from typing import Literal

from contracts.messages import Message


class Validity(Message):
    """Half-open period in legal days: from `valid_from` on, up to and without `valid_to`."""

    valid_from: date
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    def overlaps(self, other: "Validity") -> bool:
        """Whether there is a day on which both hold."""
        return (self.valid_to is None or other.valid_from < self.valid_to) and (
            other.valid_to is None or self.valid_from < other.valid_to
        )


class DirectoryEntry(Validity):
    """A directory entry, with where it comes from."""

    origin: Literal["printed", "ours"] = "ours"
    """`printed`: a founding text prints it (`source`, `quote`); `ours`: we set it (`reason`)."""
    source: str | None = None
    quote: str | None = None
    reason: str | None = None
