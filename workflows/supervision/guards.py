"""What must hold before a step of supervision."""

from contracts.says import Says
from workflows.law import SUPV
from workflows.procedure.guard import Attempt, Guard, guard
from workflows.supervision.people import CASE


def _may_still_object(a: Attempt) -> bool:
    clock = a.clock("objection_5wd")
    return clock is not None and clock.status == "running"


def _objections_replied(a: Attempt) -> bool:
    return all(line.ended for line in a.lines("objection"))


MAY_STILL_OBJECT = guard(
    _may_still_object,
    Says(
        "申请复查的五个工作日已过或已经申请",
        "the five working days to object are over, or it was objected already",
    ),
    SUPV(20),
)
OBJECTIONS_REPLIED = guard(
    _objections_replied,
    Says("复查申请尚未答复", "the objection has not been replied to yet"),
    SUPV(20),
)
OF_A_CASE = Guard(
    lambda a: bool(a.main().facts.get("of_case")),
    "督办须指明案件",
    "supervised handling is of a case",
    CASE,
)
