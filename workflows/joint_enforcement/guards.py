"""What must hold before a step of a joint operation."""

from contracts.says import Says
from workflows.joint_enforcement.people import OURS
from workflows.procedure.guard import Attempt, guard


def _all_answered(a: Attempt) -> bool:
    return all(line.ended for line in a.lines("task"))


def _every_lead_agreed(a: Attempt) -> bool:
    """To the present draft: its lines are the last ones, one for each lead."""
    asked = a.lines("consent")[-len(a.main().agencies) :]
    return all(line.stage == "agreed" for line in asked)


def _none_is_asked(a: Attempt) -> bool:
    return all(line.ended for line in a.lines("consent"))


def _takes_part(a: Attempt) -> bool:
    joined = {x.agencies[0] for x in a.lines("task") if x.stage in ("accepted", "done")}
    joined |= {x.agencies[0] for x in a.lines("mandate")}
    to = str((a.payload or {}).get("to_agency"))
    return to in joined and to not in a.main().agencies


def _still_where_it_went(a: Attempt) -> bool:
    return a.line.named in a.main().agencies


def _lead_not_invited(a: Attempt) -> bool:
    invited = (a.payload or {}).get("agencies", ())
    return not set(map(str, invited)) & set(a.main().agencies)


def _elsewhere(a: Attempt) -> bool:
    return (a.payload or {}).get("to_agency") not in a.line.agencies


ALL_ANSWERED = guard(
    _all_answered,
    Says("尚有受邀机关未答复或任务未完成", "an invitation is unanswered, or a task is not done"),
    OURS,
)
EVERY_LEAD_AGREED = guard(
    _every_lead_agreed,
    Says("尚有牵头机关未同意处理结果", "a lead has not agreed to the outcome"),
    OURS,
)
NONE_ASKED = guard(
    _none_is_asked,
    Says("尚有牵头机关未答复处理结果", "a lead has not answered the draft yet"),
    OURS,
)
TAKES_PART = guard(
    _takes_part,
    Says(
        "牵头只能移交给参加的机关",
        "the lead goes to an agency that takes part and does not lead yet",
    ),
    OURS,
    asks="payload",
)
STILL_THERE = guard(
    _still_where_it_went,
    Says("接受移交的机关已不再牵头", "the agency it was given to does not lead any more"),
    OURS,
)
LEAD_NOT_INVITED = guard(
    _lead_not_invited,
    Says("牵头机关不能邀请自己", "a lead is not invited by itself"),
    OURS,
    asks="payload",
)
ELSEWHERE = guard(
    _elsewhere,
    Says("不能转送给自己", "an invitation is not forwarded to its own agency"),
    OURS,
    asks="payload",
)
