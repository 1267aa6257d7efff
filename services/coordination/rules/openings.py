"""How a matter between agencies is opened by hand or by an agency's own system, kind by kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from contracts.agencies import AgencyCode, Role
from contracts.joint_enforcement import OpenOperation
from contracts.messages import Message

JOINT_ENFORCEMENT = "joint_enforcement"
MATTERS = (JOINT_ENFORCEMENT,)
"""Every procedure whose record is a matter between agencies."""

Seats = Callable[[AgencyCode, tuple[AgencyCode, ...]], tuple[AgencyCode, ...]]
"""From who opens it and whom it names, the agencies of its main line."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Who may open one kind of matter, what that states, and whose main line it becomes."""

    by: tuple[Role, ...]
    facts: type[Message]
    seats: Seats
    named: tuple[int, int] = (0, 50)
    """How many other agencies it names, at least and at most."""
    also: Callable[[AgencyCode], Mapping[str, Any]] = lambda _: {}
    """Facts that follow from who opens it."""


def _with_the_opener(opener: AgencyCode, named: tuple[AgencyCode, ...]) -> tuple[AgencyCode, ...]:
    return tuple(dict.fromkeys((opener, *named)))


OPENINGS: Mapping[str, Opening] = {
    # the others named are co-leads: Sichuan's plan names two for one task
    JOINT_ENFORCEMENT: Opening((Role.LIAISON,), OpenOperation, _with_the_opener, named=(0, 3)),
}
"""By procedure; what is not here is opened by an event alone."""
