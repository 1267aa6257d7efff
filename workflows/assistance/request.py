"""The letter (协助调查函) at one agency: signed for, answered in fifteen working days or by the
day told.
"""

from contracts import assistance as states
from workflows.assistance.guards import ANSWER_CLOCKS, ELSEWHERE, NOT_EXPIRED
from workflows.assistance.people import LIAISON, OURS, REQUESTER
from workflows.law import PROC
from workflows.procedure.model import (
    SUPERIORS,
    Clock,
    Opens,
    Step,
    Table,
    from_jurisdiction,
    stages,
    until,
    working_days,
)

TOLD = "期限届满前告知的日期 the day told before expiry"
LOCAL = "本辖区协查函签收期限 the jurisdiction's time to sign for a letter"

AT_WORK = stages("received", "delayed")
UNANSWERED = stages("sent", "received", "delayed")

REQUEST = Table(
    "request",
    first="sent",
    ends=stages("answered", "forwarded", "returned", "withdrawn"),
    starts=("receipt",),
    clocks=(
        Clock(
            "receipt",
            from_jurisdiction("assistance_receipt", "working_days"),
            LOCAL,
            ladder=SUPERIORS,
        ),
        Clock("answer_15wd", working_days(15), PROC(45), ladder=SUPERIORS),
        Clock("delayed_answer", until("answer_by"), TOLD, roll="none", ladder=SUPERIORS),
    ),
    steps=(
        Step(
            "receive",
            LIAISON,
            stages("sent"),
            "received",
            zh="签收协助调查函",
            basis=PROC(45),
            meets=("receipt",),
            starts=("answer_15wd",),
            payload=states.ReceiveLetter,
        ),
        Step(
            "tell_delay",
            LIAISON,
            AT_WORK,
            "delayed",
            zh="告知延期",
            basis=PROC(45),
            needs=(NOT_EXPIRED,),
            keeps=("answer_by",),
            meets=ANSWER_CLOCKS,
            starts=("delayed_answer",),
            payload=states.TellDelay,
        ),
        Step(
            "answer",
            LIAISON,
            AT_WORK,
            "answered",
            zh="复函",
            basis=PROC(45),
            meets=ANSWER_CLOCKS,
            payload=states.AnswerRequest,
        ),
        Step(
            "forward",
            LIAISON,
            UNANSWERED,
            "forwarded",
            zh="转送有权机关",
            basis=OURS,
            needs=(ELSEWHERE,),
            meets=("receipt", *ANSWER_CLOCKS),
            opens=Opens("request", named="to_agency", at_named=True),
            payload=states.ForwardRequest,
        ),
        Step(
            "return_request",
            LIAISON,
            UNANSWERED,
            "returned",
            zh="退回（不属于本机关职权）",
            basis=OURS,
            meets=("receipt", *ANSWER_CLOCKS),
            payload=states.ReturnRequest,
        ),
        Step(
            "withdraw_request",
            REQUESTER,
            UNANSWERED,
            "withdrawn",
            zh="撤回协助请求",
            basis=OURS,
            payload=states.WithdrawRequest,
        ),
    ),
    zh={
        "sent": "已发函",
        "received": "已签收",
        "delayed": "已告知延期",
        "answered": "已复函",
        "forwarded": "已转送",
        "returned": "已退回",
        "withdrawn": "已撤回",
    },
)
