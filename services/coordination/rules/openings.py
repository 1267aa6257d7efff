"""How a matter between agencies is opened by hand or by an agency's own system, kind by kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from contracts.agencies import AgencyCode, Role
from contracts.assistance import OpenAssistance
from contracts.catalogue import PROCEDURES
from contracts.joint_enforcement import OpenOperation
from contracts.jurisdiction import OpenJurisdiction
from contracts.messages import Message
from contracts.supervision import OpenSupervision
from services.coordination.rules import who_may_open
from services.coordination.rules.who_may_open import OpeningCheck

JOINT_ENFORCEMENT = "joint_enforcement"
CRIMINAL_HANDOFF = "criminal_handoff"
JURISDICTION_DISPUTE = "jurisdiction_dispute"
JURISDICTION_CHANGE = "jurisdiction_change"
ASSISTANCE = "assistance"
SUPERVISION = "supervision"
MATTERS = tuple(row.name for row in PROCEDURES if row.path.startswith("/matters/"))
"""Every procedure whose record is a matter between agencies."""

Seats = Callable[[AgencyCode, tuple[AgencyCode, ...]], tuple[AgencyCode, ...]]
"""From who opens it and whom it names, the agencies of its main line."""


@dataclass(frozen=True, slots=True)
class OpeningRule:
    """Who may open one kind of matter, what that states, and whose main line it becomes."""

    by: tuple[Role, ...]
    facts: type[Message]
    seats: Seats
    named: tuple[int, int] = (0, 50)
    """How many other agencies it names, at least and at most."""
    also: Callable[[AgencyCode], Mapping[str, Any]] = lambda _: {}
    """Facts that follow from who opens it."""
    check: OpeningCheck = who_may_open.anyone
    """What must hold between who opens it and whom it is opened with or for."""


def _with_the_opener(opener: AgencyCode, named: tuple[AgencyCode, ...]) -> tuple[AgencyCode, ...]:
    return tuple(dict.fromkeys((opener, *named)))


def _of_the_named(opener: AgencyCode, named: tuple[AgencyCode, ...]) -> tuple[AgencyCode, ...]:
    return named or (opener,)


def _opened_by(opener: AgencyCode) -> Mapping[str, Any]:
    return {"opened_by": opener}


OPENINGS: Mapping[str, OpeningRule] = {
    # the others named are co-leads: Sichuan's plan names two for one task
    JOINT_ENFORCEMENT: OpeningRule((Role.LIAISON,), OpenOperation, _with_the_opener, named=(0, 3)),
    JURISDICTION_DISPUTE: OpeningRule(
        (Role.HEAD,),
        OpenJurisdiction,
        _with_the_opener,
        named=(1, 10),
        also=_opened_by,
        check=who_may_open.with_a_common_superior,
    ),
    # a superior names whose case it is; a bureau asks about its own and names nobody
    JURISDICTION_CHANGE: OpeningRule(
        (Role.HEAD,),
        OpenJurisdiction,
        _of_the_named,
        named=(0, 1),
        also=_opened_by,
        check=who_may_open.from_above,
    ),
    # whom the letter goes to is among its facts: each has a line of its own
    ASSISTANCE: OpeningRule((Role.LIAISON,), OpenAssistance, _with_the_opener, named=(0, 0)),
    SUPERVISION: OpeningRule(
        (Role.HEAD,),
        OpenSupervision,
        _of_the_named,
        named=(1, 1),
        also=lambda opener: {"issued_by": opener},
        check=who_may_open.from_above_or_government,
    ),
}
"""By procedure; what is not here is opened by an event alone."""
