"""What a trigger is: an event, and the procedure that it opens or whose step it takes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from contracts.agencies import Directory
from contracts.messages import CaseEvent

IfNotOpen = Literal["note", "alarm"]
"""`note`: a line in the log, and nothing else; `alarm`: the event is set aside for a person to
look at.
"""


@dataclass(frozen=True)
class Opening:
    """Where a procedure starts: at which agencies, with which facts."""

    agencies: tuple[str, ...]
    facts: dict[str, Any]
    shift_s: int = 0


@dataclass(frozen=True)
class Trigger:
    """One row: an event, the procedure of its case, and what happens to it."""

    event: type[CaseEvent]
    procedure: str | Callable[[Any], str]
    """Its name, or where the event names it."""
    of: Callable[[Any], UUID | None] = lambda event: event.case_id
    """Whose it is: the event's own case or, of an event about another's, that one; None if it is
    about no case.
    """
    opens: Callable[[Any, Directory], Opening | None] | None = None
    step: str | None = None
    payload: Callable[[Any], dict[str, Any]] | None = None
    if_not_open: IfNotOpen = "note"

    def name(self, event: CaseEvent) -> str:
        """Of the procedure this event is for."""
        return self.procedure if isinstance(self.procedure, str) else self.procedure(event)
