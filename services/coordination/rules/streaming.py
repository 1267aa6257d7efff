"""What of an event an agency's own system is shown: the same rule, event by event."""

from collections.abc import Mapping
from typing import Any

from contracts.coordination import (
    CriminalHandoffStarted,
    MatterOpened,
    ReportedUp,
    ResponseMobilised,
    ResponseStoodDown,
    SiteSecured,
    TeamOnSite,
)
from contracts.procedure import OpenStep, ProcedureEnded, ProcedureState, StepTaken
from services.coordination.rules.sharing import (
    Access,
    Audience,
    audience_of,
    home,
    seen_of,
    steps_seen,
)

OF_THE_LEAD = frozenset(
    kind.type
    for kind in (
        CriminalHandoffStarted,
        MatterOpened,
        ReportedUp,
        ResponseMobilised,
        ResponseStoodDown,
        SiteSecured,
        TeamOnSite,
    )
)
"""Told to whose main line it is, and to nobody else."""

EventData = Mapping[str, Any]


def shown(
    type_: str, data: EventData, may: Access, *, procedure: str, state: ProcedureState
) -> EventData | None:
    """The event's data as far as it may be seen; None where it may not be seen at all.

    `procedure` is the matter's own: what is told of another procedure under the same id, the fast
    response to the case, is the lead's.
    """
    if may.whole:
        return data
    if data.get("procedure", procedure) != procedure or type_ in OF_THE_LEAD:
        return None
    if type_ == ProcedureEnded.type:
        return data
    line = home(state, str(data.get("line") or data.get("escalation") or "main"))
    if not may.shows(_audience(type_, data, line), line):
        return None
    return _cut(data, may) if type_ == StepTaken.type else data


def _audience(type_: str, data: EventData, line: str) -> Audience:
    if type_ == StepTaken.type:
        return audience_of(str(data["step"]), line)
    return "line" if "line" in data or "escalation" in data else "shared"


def _cut(data: EventData, may: Access) -> EventData:
    """A step as taken, with the part of the state that may be seen."""
    state = ProcedureState.model_validate(data["state"])
    steps = tuple(OpenStep.model_validate(step) for step in data["open_steps"])
    own = data["line"] in may.lines
    return dict(data) | {
        "facts": data["facts"] if own else {},
        "state": seen_of(state, may).model_dump(mode="json"),
        "open_steps": [s.model_dump(mode="json") for s in steps_seen(steps, state, may)],
    }
