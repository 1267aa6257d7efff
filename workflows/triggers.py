"""Which event starts or advances which procedure: a table.

A procedure never calls another; both hear events.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from contracts.agencies import MARKET_REGULATION, Directory
from contracts.coordination import (
    CrimeAccepted,
    CrimeDeclined,
    CrimeReturned,
    CrimeTransferred,
    JurisdictionFixed,
    MatterOpened,
    ResponseMobilised,
)
from contracts.enforcement import CaseHandedOver, CaseOpened, CaseReferred, LevelRaised
from contracts.legal_day import legal_day
from contracts.messages import CaseEvent
from contracts.net_content import CheckDrawn, FindingMade, RecheckFindingMade, RetestFindingMade
from contracts.plans import ENFORCEMENT
from workflows.hand import Opening, Trigger


class NoLocalClock(LookupError):
    """The jurisdiction's file lacks a length that the opening of a procedure needs."""


def _case(event: CaseOpened, _directory: Directory) -> Opening:
    return Opening((event.agency,), {"level": event.level}, event.drill_shift_s)


def _response(event: CaseOpened | LevelRaised, directory: Directory) -> Opening | None:
    """A level that mobilises sets off a response; every rung below the top owes a report up."""
    if not event.mobilises:
        return None
    line = (event.agency, *directory.chain(event.agency, legal_day(event.occurred_at)))
    facts: dict[str, Any] = {"level": event.level, "reports_by": list(line[:-1])}
    if isinstance(event, CaseOpened):
        facts |= {"violation": event.violation, "region": event.region}
    return Opening((event.agency,), facts, event.drill_shift_s)


def _check(event: CheckDrawn, _directory: Directory) -> Opening:
    facts = {"drawn_by": event.agency, "inspectors": list(event.inspectors)}
    return Opening((event.agency,), facts, event.drill_shift_s)


def _finding(event: FindingMade) -> dict[str, Any]:
    return event.model_dump(mode="json", include={"verdict", "finding_sha256", "laboratory"})


def _matter(event: MatterOpened, _directory: Directory) -> Opening:
    return Opening(event.agencies, event.facts, event.drill_shift_s)


JOINT_LEVELS = ("I", "II")
"""Levels whose response is joined by other agencies; ours: no text says at which."""


def _operation(event: ResponseMobilised, directory: Directory) -> Opening | None:
    """A grave response is led jointly: whom the jurisdiction names for enforcement is invited."""
    if event.level not in JOINT_LEVELS:
        return None
    on = legal_day(event.occurred_at)
    facts = {
        "level": event.level,
        "of_case": str(event.case_id),
        "invited": _partners(event, directory, on),
        "reply_by": _local_day(directory, "invitation_reply", event.occurred_at, on),
        "due_on": _local_day(directory, "joint_conclusion", event.occurred_at, on),
    }
    return Opening((event.agency,), facts, event.drill_shift_s)


def _partners(event: ResponseMobilised, directory: Directory, on: date) -> list[str]:
    """The other authorities the jurisdiction names for this kind of violation, near the place."""
    about = event.violation or ENFORCEMENT
    found = (directory.agency(c, on) for c in directory.partners(about, on, event.region))
    return [a.code for a in found if a and a.is_authority and a.kind != MARKET_REGULATION]


def _local_day(directory: Directory, clock: str, since: datetime, on: date) -> str:
    """The day on which so much of the jurisdiction's time has passed."""
    local = directory.local_clock(clock, on)
    if local is None:
        raise NoLocalClock(f"{directory.jurisdiction} gives no {clock}")
    unit = {"hours": "hours", "minutes": "minutes"}.get(local.unit, "days")
    return legal_day(since + timedelta(**{unit: local.number})).isoformat()


def _handoff(event: CaseReferred, _directory: Directory) -> Opening:
    facts = {
        "of_case": str(event.case_id),
        "report_by": event.report_by.isoformat(),
        "standing": list(event.standing),
        "fine_paid_yuan": str(event.fine_paid_yuan),
    }
    return Opening((event.agency,), facts, event.drill_shift_s)


def _of_case(event: CrimeTransferred | CrimeAccepted | CrimeDeclined | CrimeReturned) -> UUID:
    return event.of_case


def _stating(**fields: str) -> Callable[[CaseEvent], dict[str, Any]]:
    """A payload of the event's own fields, with the moment it came about; by the step's names."""

    def payload(event: CaseEvent) -> dict[str, Any]:
        said = event.model_dump(mode="json")
        return {"happened_at": said["occurred_at"]} | {to: said[of] for to, of in fields.items()}

    return payload


HANDOFF = (
    Trigger(CaseReferred, "criminal_handoff", of=lambda event: event.handoff, opens=_handoff),
    Trigger(
        CrimeTransferred,
        "fast_response",
        of=_of_case,
        step="note_hand_over",
        payload=_stating(to="police"),
    ),
    Trigger(
        CrimeTransferred,
        "joint_enforcement",
        of=_of_case,
        step="note_hand_over",
        payload=_stating(to="police"),
    ),
    # a case whose decision stands does not wait: there it is noted, and no more
    Trigger(
        CrimeDeclined,
        "enforcement_case",
        of=_of_case,
        step="resume_from_police",
        payload=_stating(handoff="case_id", declined_by="by"),
    ),
    Trigger(
        CrimeAccepted,
        "enforcement_case",
        of=_of_case,
        step="hand_over_to_justice",
        payload=_stating(handoff="case_id", to="police"),
    ),
    Trigger(
        CrimeReturned,
        "enforcement_case",
        of=_of_case,
        step="take_case_back",
        payload=_stating(handoff="case_id", returned_by="by"),
    ),
)
"""The criminal hand-off, and the case that waits for it."""

JURISDICTION = Trigger(
    JurisdictionFixed,
    "enforcement_case",
    of=lambda event: event.of_case,
    step="change_jurisdiction",
    # without the moment: a case that took a step meanwhile moves all the same
    payload=lambda event: (
        event.model_dump(mode="json", include={"by", "how", "parties"}) | {"to_agency": event.to}
    ),
    # a case that stays where it is, against what was fixed, is for someone to look at
    if_not_open="alarm",
)

TRIGGERS = (
    Trigger(CaseOpened, "enforcement_case", opens=_case),
    Trigger(CaseOpened, "fast_response", opens=_response),
    Trigger(LevelRaised, "fast_response", opens=_response),
    Trigger(
        LevelRaised,
        "fast_response",
        step="raise_level",
        payload=lambda event: {"level": event.level},
        if_not_open="note",
    ),
    Trigger(
        CaseHandedOver,
        "fast_response",
        step="note_hand_over",
        payload=lambda event: {"to": event.to, "happened_at": event.occurred_at.isoformat()},
        if_not_open="note",
    ),
    Trigger(CheckDrawn, "net_content_check", opens=_check),
    *(
        # the step's time is its receipt: what follows counts from when the agency knew
        Trigger(event, "net_content_check", step=step, payload=_finding, if_not_open="alarm")
        for event, step in (
            (FindingMade, "note_finding"),
            (RetestFindingMade, "note_retest"),
            (RecheckFindingMade, "note_recheck"),
        )
    ),
    Trigger(MatterOpened, lambda event: str(event.procedure), opens=_matter),
    Trigger(ResponseMobilised, "joint_enforcement", opens=_operation),
    Trigger(
        CaseHandedOver,
        "joint_enforcement",
        step="note_hand_over",
        payload=lambda event: {"to": event.to, "happened_at": event.occurred_at.isoformat()},
        if_not_open="note",
    ),
    *HANDOFF,
    JURISDICTION,
)
