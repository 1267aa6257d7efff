"""Assistance in an investigation (协助调查): a letter, fifteen working days, told if it takes
longer.

PROC art. 45. It never stops the requester's clocks: it opens no window, and no clock of a case
stops for one of its kind.
"""

from contracts import assistance as states
from workflows.assistance.guards import ALL_ANSWERED, NOT_ITSELF
from workflows.assistance.people import LIAISON, OURS
from workflows.assistance.request import REQUEST
from workflows.law import PROC
from workflows.procedure.model import (
    SUPERIORS,
    Clock,
    Opens,
    Procedure,
    Step,
    Table,
    stages,
    until,
)

LETTER = "协助调查函写明的日期 the day the letter states"

ASSISTANCE = Procedure(
    "assistance",
    1,
    owner="coordination",
    zh="协助调查",
    main=Table(
        "assistance",
        first="requested",
        ends=stages("closed", "withdrawn"),
        starts=("needed_by",),
        opens=(Opens("request", each="requested", at_named=True),),
        clocks=(Clock("needed_by", until("needed_by"), LETTER, roll="none", ladder=SUPERIORS),),
        steps=(
            Step(
                "ask_another",
                LIAISON,
                stages("requested"),
                zh="增发协助调查函",
                basis=PROC(45),
                needs=(NOT_ITSELF,),
                opens=Opens("request", each="agencies", at_named=True),
                payload=states.AskAnother,
            ),
            Step(
                "move_needed_by",
                LIAISON,
                stages("requested"),
                zh="变更需要日期",
                basis=OURS,
                keeps=("needed_by",),
                payload=states.MoveNeededBy,
            ),
            Step(
                "close",
                LIAISON,
                stages("requested"),
                "closed",
                zh="协助办结",
                basis=OURS,
                needs=(ALL_ANSWERED,),
                meets=("needed_by",),
                payload=states.CloseAssistance,
            ),
            Step(
                "withdraw",
                LIAISON,
                stages("requested"),
                "withdrawn",
                zh="撤回全部请求",
                basis=OURS,
                payload=states.WithdrawRequest,
            ),
        ),
        zh={"requested": "等待复函", "closed": "已办结", "withdrawn": "已撤回"},
    ),
    parts=(REQUEST,),
)
