"""At which agencies and with which facts an event opens a procedure."""

from datetime import date, datetime, timedelta
from typing import Any

from contracts.agencies import MARKET_REGULATION, Directory
from contracts.coordination import (
    MatterOpened,
    ResponseMobilised,
)
from contracts.enforcement import CaseOpened, CaseReferred, LevelRaised
from contracts.legal_day import legal_day
from contracts.plans import ENFORCEMENT
from workflows.triggers.model import Opening


class NoLocalClock(LookupError):
    """The jurisdiction's file lacks a length that the opening of a procedure needs."""


def case(event: CaseOpened, _directory: Directory) -> Opening:
    return Opening((event.agency,), {"level": event.level}, event.drill_shift_s)


def response(event: CaseOpened | LevelRaised, directory: Directory) -> Opening | None:
    """A level that mobilises sets off a response; every rung below the top owes a report up."""
    if not event.mobilises:
        return None
    line = (event.agency, *directory.chain(event.agency, legal_day(event.occurred_at)))
    facts: dict[str, Any] = {"level": event.level, "reports_by": list(line[:-1])}
    if isinstance(event, CaseOpened):
        facts |= {"violation": event.violation, "region": event.region}
    return Opening((event.agency,), facts, event.drill_shift_s)


def matter(event: MatterOpened, _directory: Directory) -> Opening:
    return Opening(event.agencies, event.facts, event.drill_shift_s)


JOINT_LEVELS = ("I", "II")
"""Levels whose response is joined by other agencies; ours: no text says at which."""


def operation(event: ResponseMobilised, directory: Directory) -> Opening | None:
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


def handoff(event: CaseReferred, _directory: Directory) -> Opening:
    facts = {
        "of_case": str(event.case_id),
        "report_by": event.report_by.isoformat(),
        "standing": list(event.standing),
        "fine_paid_yuan": str(event.fine_paid_yuan),
    }
    return Opening((event.agency,), facts, event.drill_shift_s)
