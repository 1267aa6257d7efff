"""Supervision down the line of command (执法监督): notice, decision, supervised case (督办), and
their answers.

SUPV: 市场监督管理执法监督暂行规定 (SAMR Order 22 of 2019), in force 2020-04-01. No national text
prints the times of supervised handling; those of a government's own supervision differ from
province to province. Both are the jurisdiction's.
"""

from workflows.procedure.model import Procedure, Table, stages
from workflows.supervision.answering import ANSWERING
from workflows.supervision.clocks import CLOCKS
from workflows.supervision.issuing import ISSUING
from workflows.supervision.objection import OBJECTION

SUPERVISION = Procedure(
    "supervision",
    1,
    owner="coordination",
    zh="执法监督",
    main=Table(
        "supervision",
        first="prepared",
        ends=stages("closed", "withdrawn"),
        starts=("issue",),
        steps=(*ISSUING, *ANSWERING),
        clocks=CLOCKS,
        zh={
            "prepared": "拟制中",
            "noticed": "已发监督通知",
            "supervised": "督办中",
            "opinion_issued": "已发监督意见",
            "decided": "已发监督决定",
            "corrected": "已改正",
            "answered": "已答复",
            "returned": "已退回答复",
            "closed": "已办结",
            "withdrawn": "已撤回",
        },
    ),
    parts=(OBJECTION,),
)
