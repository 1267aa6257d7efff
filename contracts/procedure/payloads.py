"""What the steps state that every procedure has."""

from typing import Annotated

from pydantic import Field

from contracts.agencies import AgencyCode
from contracts.messages import Instant, Message


class Payload(Message):
    """What a person states when taking a step; every step's payload extends this one."""

    happened_at: Instant | None = None
    """When the thing came about in law (发生时间). Absent: now. Not in the future, not before
    what it follows.
    """
    note: Annotated[str, Field(max_length=2000)] | None = None


class ExtendClock(Payload):
    """A clock is given more time (延期), by a paper of its own."""

    reason: Annotated[str, Field(min_length=2, max_length=2000)]
    number: Annotated[int, Field(ge=1, le=3650)] | None = None
    """The length, stated only where the rule leaves it open; in the clock's own unit."""


class Answer(Payload):
    """A rung of the ladder answers an escalation."""

    measures: Annotated[str, Field(min_length=2, max_length=2000)]
    """What will be done, and by when."""


class Reassignment(Answer):
    """The line is given to another person or agency."""

    to_agency: AgencyCode | None = None
    to_principal: str | None = None
