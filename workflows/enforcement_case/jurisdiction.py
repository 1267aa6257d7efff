"""Another agency becomes competent (变更管辖): the case goes there, and its clocks run on."""

from contracts import enforcement as states
from contracts.says import Says
from workflows.enforcement_case.people import LAW
from workflows.law import PROC
from workflows.procedure.guard import Attempt, guard
from workflows.procedure.model import Moves, Step, stages

UNDECIDED = stages(
    "lead",
    "verified",
    "investigating",
    "suspended",
    "awaiting_police",
    "in_review",
    "reviewed",
    "approved",
    "notified",
    "heard",
)
OF_EQUALS = ("agreed", "transferred")
"""Ways in which agencies move a case among themselves, without their superior."""


def _moved_once(a: Attempt) -> bool:
    """PROC art. 14: who received a case does not pass it on."""
    return "how" not in a.main().facts or (a.payload or {}).get("how") not in OF_EQUALS


def _of_a_party(a: Attempt) -> bool:
    """Nobody disposes of a case that none of them has."""
    parties = (a.payload or {}).get("parties", ())
    return not parties or not set(parties).isdisjoint(a.main().agencies)


OF_A_PARTY = guard(
    _of_a_party,
    Says(
        "案件不属于参与确定管辖的任何机关",
        "the case is of none of the agencies among whom jurisdiction was fixed",
    ),
    PROC(13, 14, 15),
    asks="payload",
)
MOVED_ONCE = guard(
    _moved_once,
    Says(
        "已移送过的案件不得再行移送，应当报请共同的上级机关决定",
        "a case that was moved once is moved again only by the common superior",
    ),
    PROC(14),
    asks="payload",
)

JURISDICTION = (
    Step(
        "change_jurisdiction",
        LAW,
        UNDECIDED,
        zh="变更管辖",
        basis=PROC(13, 14, 15, 16),
        needs=(OF_A_PARTY, MOVED_ONCE),
        keeps=("how",),
        payload=states.ChangeJurisdiction,
        moves=Moves("to_agency"),
    ),
)
