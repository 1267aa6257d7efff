"""What each agency may see of a matter (信息共享范围): one rule for list, detail, history and
stream.

Whose main line it is sees all, and so do whoever raised the matter and whom it gives a case to.
Anyone else sees its own lines and, once it takes part, what is shared. What the lead keeps to
itself, its notes and drafts, goes to nobody else. A superior sees what those below it see
(`services.kit.rights.visibility`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from contracts.agencies import AgencyCode
from contracts.procedure import Line, OpenStep, ProcedureState

Audience = Literal["lead", "line", "shared"]
"""Who may read: those whose main line it is; they and the agency of its line; all who take part."""

MAIN = "main"
NOT_TAKING_PART = frozenset({"invited", "forwarded", "split", "refused", "withdrawn"})
"""Stages of a line in which its agency has not joined, or never will."""
SHARED_STEPS = frozenset(
    {
        "attach_decision",
        "cancel",
        "conclude",
        "hand_over_goods",
        "hand_over_lead",
        "hand_over_papers",
        "leave_lead",
        "note_hand_over",
        "open",
        "record_joint_inspection",
        "share_evidence",
        "state_reasons",
        "supplement_papers",
        "take_back_lead",
    }
)
"""Steps that everyone who takes part reads in full."""


@dataclass(frozen=True, slots=True)
class Access:
    """What of one matter an agency sees."""

    whole: bool = False
    shared: bool = False
    lines: frozenset[str] = frozenset()

    def shows(self, audience: Audience, line: str) -> bool:
        """Whether what has this audience and belongs to this line is seen."""
        if self.whole:
            return True
        return (audience == "shared" and self.shared) or (audience != "lead" and line in self.lines)


def access(state: ProcedureState) -> dict[AgencyCode, Access]:
    """What every agency that has a line of it sees."""
    leads, *parts = state.lines
    named = (leads.facts.get(name) for name in ("opened_by", "issued_by", "to_agency"))
    whole = dict.fromkeys((*leads.agencies, *(str(agency) for agency in named if agency)))
    found = dict.fromkeys(whole, Access(whole=True, shared=True))
    for agency in sorted({agency for line in parts for agency in line.agencies} - found.keys()):
        own = [line for line in parts if agency in line.agencies]
        found[agency] = Access(
            shared=any(map(_takes_part, own)),
            lines=_with_escalations(state, {line.key for line in own}),
        )
    return found


def _with_escalations(state: ProcedureState, keys: set[str]) -> frozenset[str]:
    """Lines, and those on which their escalations are answered."""
    return frozenset(keys | {e.key for e in state.escalations if e.line in keys})


def together(several: Iterable[Access]) -> Access:
    """What someone sees who sees for several agencies."""
    found = list(several)
    return Access(
        whole=any(one.whole for one in found),
        shared=any(one.shared for one in found),
        lines=frozenset(key for one in found for key in one.lines),
    )


def audience_of(step: str, line: str) -> Audience:
    """Who reads what was stated in a step of this line."""
    if step in SHARED_STEPS:
        return "shared"
    return "lead" if line == MAIN else "line"


def home(state: ProcedureState, line: str) -> str:
    """The line something belongs to; an escalation belongs to the line whose clock was missed."""
    return next((e.line for e in state.escalations if e.key == line), line)


def seen_of(state: ProcedureState, may: Access) -> ProcedureState:
    """The part of a procedure's state that may be seen; of the main line, where it stands."""
    if may.whole:
        return state
    main = state.lines[0].model_copy(update={"facts": {}})
    return state.model_copy(
        update={
            "lines": (main, *(line for line in state.lines[1:] if line.key in may.lines)),
            "clocks": tuple(c for c in state.clocks if c.line in may.lines),
            "windows": tuple(w for w in state.windows if w.line in may.lines),
            "escalations": tuple(e for e in state.escalations if e.line in may.lines),
            "chains": _chains(state, may),
        }
    )


def steps_seen(
    steps: Iterable[OpenStep], state: ProcedureState, may: Access
) -> tuple[OpenStep, ...]:
    """The open steps of the lines that may be seen."""
    return tuple(s for s in steps if may.shows("line", home(state, s.line)))


def _takes_part(line: Line) -> bool:
    return line.stage not in NOT_TAKING_PART


def _chains(state: ProcedureState, may: Access) -> Mapping[AgencyCode, tuple[AgencyCode, ...]]:
    seen = {a for line in state.lines if line.key in may.lines for a in line.agencies}
    return {agency: chain for agency, chain in state.chains.items() if agency in seen}
