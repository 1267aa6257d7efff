"""What must hold before jurisdiction is fixed, each with its article."""

from contracts.says import Says
from workflows.law import PROC
from workflows.procedure.guard import Attempt, Guard, guard


def _to(a: Attempt) -> str:
    return str((a.payload or {}).get("to_agency"))


def _all_name_this_one(a: Attempt) -> bool:
    """The last word of every agency of the dispute: later lines stand for their agency."""
    said = {agency: x.named for x in a.lines("position") for agency in x.agencies}
    return all(said.get(agency) == _to(a) for agency in a.main().agencies)


def _goes_elsewhere(a: Attempt) -> bool:
    own = () if a.by is None else (a.by.agency,)
    return _to(a) not in (*a.main().agencies, *own)


ALL_NAME_ONE = guard(
    _all_name_this_one,
    Says("各争议机关尚未就同一机关协商一致", "not every agency of the dispute has named this one"),
    PROC(13),
    asks="payload",
)
NOT_MOVED_BEFORE = Guard(
    lambda a: a.main().facts.get("moved_before") is not True,
    "受移送的机关不得再自行移送，应当报请共同的上一级机关指定管辖",
    "who received a case does not pass it on, and asks the common superior",
    PROC(14),
)
ELSEWHERE = guard(
    _goes_elsewhere,
    Says(
        "须交由本案办理机关和决定机关以外的机关",
        "it goes to an agency that neither has the case nor decides on it",
    ),
    PROC(14, 15),
    asks="payload",
)
NOT_RESERVED = Guard(
    lambda a: (a.payload or {}).get("not_reserved") is True,
    "法律规定由上级管辖的案件不得交由下级管辖",
    "what the law gives to the superior is not pushed down",
    PROC(15),
    asks="payload",
)
