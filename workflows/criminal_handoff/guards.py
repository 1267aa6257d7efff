"""What must hold before a step of a criminal hand-off."""

from contracts.says import Says
from workflows.criminal_handoff.clocks import PAPERS
from workflows.law import SPP, TRANS
from workflows.procedure.guard import Attempt, Guard, guard

ASKED = ("police", "reconsideration", "reasons", "order")
"""Lines on which the police may file the case."""


def _team(a: Attempt) -> list[str]:
    named = a.main().facts.get("officers")
    return [str(x) for x in named] if isinstance(named, list) else []


def _two_officers(a: Attempt) -> bool:
    named = (a.payload or {}).get("officers")
    return isinstance(named, list | tuple) and len(set(named)) >= 2


def _stage_of_last(a: Attempt, table: str) -> str | None:
    return next((line.stage for line in reversed(a.lines(table))), None)


def _police_filed(a: Attempt) -> bool:
    return any(line.stage == "filed" for table in ASKED for line in a.lines(table))


def _papers_are_owed(a: Attempt) -> bool:
    clock = a.clock("supplement_papers")
    return clock is not None and clock.status not in ("met", "ended")


def _same_police(a: Attempt) -> bool:
    asked = a.lines("police")
    return bool(asked) and (a.payload or {}).get("police") == asked[-1].named


def _elsewhere(a: Attempt) -> bool:
    return (a.payload or {}).get("to_agency") not in a.line.agencies


TEAM_OF_TWO = guard(
    _two_officers,
    Says("专案组不得少于两名执法人员", "a special team has two officers at least"),
    TRANS(5),
    asks="payload",
)
BY_TEAM = Guard(
    lambda a: a.by is None or a.by.id in _team(a),
    "须由专案组成员实施",
    "only a member of the special team takes this step",
    TRANS(5),
    asks="person",
)
PAPERS_OWED = guard(
    _papers_are_owed,
    Says("公安机关没有要求补正材料", "the police have not named any missing paper"),
    PAPERS,
)
NOT_FOR_PAPERS = Guard(
    lambda a: (a.payload or {}).get("ground") != "papers_missing",
    "不得以材料不全为由不接受移送",
    "missing papers are no ground to refuse a case",
    PAPERS,
    asks="payload",
)
POLICE_FILED = guard(
    _police_filed, Says("公安机关尚未决定立案", "the police have not filed the case"), TRANS(8)
)
POLICE_DECLINED = Guard(
    lambda a: _stage_of_last(a, "police") == "declined",
    "公安机关尚未作出不予立案决定",
    "the police have not declined the case",
    TRANS(8),
)
REFUSAL_UPHELD = Guard(
    lambda a: _stage_of_last(a, "reconsideration") == "upheld",
    "公安机关尚未作出维持不予立案的复议决定",
    "the police have not upheld their refusal",
    TRANS(9),
)
REFUSAL_JUSTIFIED = Guard(
    lambda a: _stage_of_last(a, "supervision") == "justified",
    "检察机关尚未认定不立案理由成立",
    "the procuratorate has not found the refusal justified",
    TRANS(9),
)
SAME_POLICE = guard(
    _same_police,
    Says("须为作出不予立案决定的公安机关", "it must be the police that declined the case"),
    TRANS(9),
    asks="payload",
)
ELSEWHERE = guard(
    _elsewhere,
    Says("不能转送给自己", "a case is not forwarded to its own agency"),
    TRANS(7),
    asks="payload",
)
REASONS_STATED = Guard(
    lambda a: _stage_of_last(a, "reasons") == "stated",
    "公安机关尚未说明不立案理由",
    "the police have not stated their reasons",
    SPP(10),
)
