"""An agency is abolished while it has lines open: they go to whoever took over (职权承继)."""

from collections.abc import Mapping
from datetime import date, datetime

from contracts.agencies import AgencyCode, Directory
from contracts.procedure import EngineEvent, ProcedureState
from workflows.procedure.escalation import raised_of, with_escalation
from workflows.procedure.fold import with_line

Successors = Mapping[AgencyCode, AgencyCode]


def successors(state: ProcedureState, directory: Directory, on: date) -> Successors:
    """Of the agencies with something open here, those that stand no more, and who stands now."""
    open_ = {agency for line in state.lines if not line.ended for agency in line.agencies}
    open_ |= {e.agency for e in state.escalations if not e.ended}
    found = ((agency, directory.successor(agency, on)) for agency in sorted(open_))
    return {agency: after for agency, after in found if after is not None}


def succeed(
    state: ProcedureState, to: Successors, now: datetime
) -> tuple[ProcedureState, tuple[EngineEvent, ...]]:
    """Open lines and open calls of abolished agencies go to their successors."""
    tells: list[EngineEvent] = []
    for line in state.lines:
        agencies = tuple(dict.fromkeys(to.get(agency, agency) for agency in line.agencies))
        if not line.ended and agencies != line.agencies:
            moved = line.model_copy(update={"agencies": agencies, "version": line.version + 1})
            state = with_line(state, moved)
    for escalation in state.escalations:
        if not escalation.ended and escalation.agency in to:
            called = escalation.model_copy(
                update={"agency": to[escalation.agency], "version": escalation.version + 1}
            )
            state = with_escalation(state, called)
            tells.append(raised_of(state, called, now))
    return state, tuple(tells)
