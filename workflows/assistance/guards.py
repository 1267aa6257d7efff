"""What must hold before a step of a request for assistance."""

from contracts.says import Says
from workflows.assistance.people import OURS
from workflows.law import PROC
from workflows.procedure.guard import Attempt, guard

ANSWER_CLOCKS = ("answer_15wd", "delayed_answer")


def _not_expired(a: Attempt) -> bool:
    clocks = (a.clock(name, a.line.key) for name in ANSWER_CLOCKS)
    return any(c is not None and c.status == "running" for c in clocks)


def _all_answered(a: Attempt) -> bool:
    return all(line.ended for line in a.lines("request"))


def _elsewhere(a: Attempt) -> bool:
    to = (a.payload or {}).get("to_agency")
    return to not in (*a.line.agencies, *a.main().agencies)


def _not_itself(a: Attempt) -> bool:
    asked = (a.payload or {}).get("agencies", ())
    return not set(map(str, asked)) & set(a.main().agencies)


NOT_EXPIRED = guard(
    _not_expired,
    Says("延期须在期限届满前告知请求机关", "a delay is told before the time is up"),
    PROC(45),
)
ALL_ANSWERED = guard(
    _all_answered,
    Says("尚有被请求机关未复函", "a requested agency has not answered yet"),
    OURS,
)
ELSEWHERE = guard(
    _elsewhere,
    Says(
        "不能转送给自己或请求机关",
        "a letter is forwarded neither to its own agency nor to the requester",
    ),
    OURS,
    asks="payload",
)
NOT_ITSELF = guard(
    _not_itself,
    Says("请求机关不能请求自己协助", "a requester does not ask itself"),
    OURS,
    asks="payload",
)
