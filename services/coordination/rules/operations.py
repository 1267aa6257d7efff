"""How fast an operation went, told by the steps on its log alone (联合执法用时)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from contracts.levels import Times
from services.coordination.rules.openings import JOINT_ENFORCEMENT
from services.coordination.rules.responses import FAST_RESPONSE

Milestone = Literal[
    "reported", "contacted", "on_site", "secured", "joint_team_complete", "handed_over"
]
ZH: Mapping[Milestone, str] = {
    "reported": "接报",
    "contacted": "首次联系",
    "on_site": "到达现场",
    "secured": "现场控制",
    "joint_team_complete": "联合队伍到齐",
    "handed_over": "案件移送",
}
FIRST_OF: Mapping[tuple[str, str], tuple[Milestone, ...]] = {
    (FAST_RESPONSE, "open"): ("reported",),
    (FAST_RESPONSE, "make_first_contact"): ("contacted",),
    # whoever is on site is in contact
    (FAST_RESPONSE, "arrive_on_site"): ("contacted", "on_site"),
    (FAST_RESPONSE, "secure_site"): ("secured",),
    (FAST_RESPONSE, "note_hand_over"): ("handed_over",),
    (JOINT_ENFORCEMENT, "open"): ("reported",),
    (JOINT_ENFORCEMENT, "note_hand_over"): ("handed_over",),
}
"""Which milestone is reached when such a step is taken for the first time."""


@dataclass(frozen=True, slots=True)
class Logged:
    """A step on the log, with what it stated."""

    procedure: str
    step: str
    happened_at: datetime
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reached:
    """A milestone: when it was reached, how long that took, how long it may take."""

    milestone: Milestone
    at: datetime | None
    took: timedelta | None
    allowed: timedelta | None

    @property
    def kept(self) -> bool | None:
        """Whether it came in time; None while it is open, or where the level sets no time."""
        return None if self.took is None or self.allowed is None else self.took <= self.allowed


def measured(log: Iterable[Logged], times: Times | None) -> tuple[Reached, ...]:
    """Every milestone of an operation, from the report on, beside the times of its level."""
    steps = sorted(log, key=lambda logged: logged.happened_at)
    found: dict[Milestone, datetime] = {}
    for logged in steps:
        for milestone in FIRST_OF.get((logged.procedure, logged.step), ()):
            found.setdefault(milestone, logged.happened_at)
    if complete := joint_team_complete(steps):
        found["joint_team_complete"] = complete
    since, allowed = found.get("reported"), _allowed(times)
    return tuple(
        Reached(
            milestone,
            at,
            None if at is None or since is None else at - since,
            allowed.get(milestone),
        )
        for milestone in ZH
        for at in (found.get(milestone),)
    )


def joint_team_complete(steps: Iterable[Logged]) -> datetime | None:
    """When the last open invitation was answered and someone had accepted, for the first time."""
    waiting, joined = 0, False
    for logged in steps:
        if logged.procedure != JOINT_ENFORCEMENT:
            continue
        waiting += _opened(logged) - (logged.step in ANSWERS)
        joined |= logged.step == "accept"
        if joined and waiting == 0:
            return logged.happened_at
    return None


ANSWERS = frozenset({"accept", "forward", "split", "refuse"})
"""Steps that answer an invitation. One that is withdrawn after it was accepted was answered."""


def _opened(logged: Logged) -> int:
    """How many invitations a step opened."""
    if logged.step == "open":
        facts = logged.payload.get("facts") or {}
        return len(facts.get("invited") or ())
    if logged.step in ("invite", "split"):
        return len(logged.payload.get("agencies") or ())
    return int(logged.step == "forward")


def _allowed(times: Times | None) -> Mapping[Milestone, timedelta]:
    if times is None:
        return {}
    minutes: Mapping[Milestone, int | None] = {
        "contacted": times.first_contact_min,
        "on_site": times.on_site_min,
        "secured": times.secure_min,
        "joint_team_complete": times.joint_team_min,
        "handed_over": None if times.hand_over_h is None else times.hand_over_h * 60,
    }
    return {name: timedelta(minutes=long) for name, long in minutes.items() if long is not None}
