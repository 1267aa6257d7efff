"""The task of one agency that was invited: accepted, forwarded, split, refused or done."""

from contracts import joint_enforcement as states
from workflows.joint_enforcement.guards import ELSEWHERE
from workflows.joint_enforcement.people import AGREED, INSPECTOR, LEAD, LIAISON, OURS
from workflows.procedure.model import (
    SUPERIORS,
    Clock,
    Opens,
    Step,
    Table,
    stages,
    until,
)

DATES = ("reply_by", "due_on")
INVITED = stages("invited")
OPEN = stages("invited", "accepted")

TASK = Table(
    "task",
    first="invited",
    ends=stages("done", "forwarded", "split", "refused", "withdrawn"),
    starts=("reply",),
    clocks=(
        Clock("reply", until("reply_by"), AGREED, roll="none", ladder=SUPERIORS),
        Clock("task_due", until("due_on"), AGREED, roll="none", ladder=SUPERIORS),
    ),
    steps=(
        Step(
            "accept",
            LIAISON,
            INVITED,
            "accepted",
            zh="接受邀请",
            basis=OURS,
            meets=("reply",),
            starts=("task_due",),
            payload=states.AcceptInvitation,
        ),
        Step(
            "forward",
            LIAISON,
            INVITED,
            "forwarded",
            zh="转送有权机关",
            basis=OURS,
            needs=(ELSEWHERE,),
            meets=("reply",),
            opens=Opens("task", named="to_agency", at_named=True, carries=DATES),
            payload=states.ForwardInvitation,
        ),
        Step(
            "split",
            LIAISON,
            INVITED,
            "split",
            zh="分办",
            basis=OURS,
            meets=("reply",),
            opens=Opens("task", each="agencies", at_named=True, carries=DATES),
            payload=states.SplitInvitation,
        ),
        Step(
            "refuse",
            LIAISON,
            INVITED,
            "refused",
            zh="拒绝并说明理由",
            basis=OURS,
            meets=("reply",),
            payload=states.RefuseInvitation,
        ),
        Step(
            "propose_date",
            LIAISON,
            OPEN,
            zh="提议变更期限",
            basis=OURS,
            payload=states.ProposeDate,
        ),
        Step(
            "agree_date",
            LEAD,
            OPEN,
            zh="同意变更期限",
            basis=OURS,
            keeps=DATES,
            payload=states.AgreeDate,
        ),
        Step(
            "withdraw_invitation",
            LEAD,
            OPEN,
            "withdrawn",
            zh="撤回邀请",
            basis=OURS,
            payload=states.WithdrawInvitation,
        ),
        Step(
            "share_evidence",
            INSPECTOR,
            stages("accepted"),
            zh="共享证据",
            basis=OURS,
            payload=states.ShareEvidence,
        ),
        Step(
            "attach_decision",
            LIAISON,
            stages("accepted"),
            zh="附本机关决定",
            basis=OURS,
            payload=states.AttachDecision,
        ),
        Step(
            "complete_task",
            LIAISON,
            stages("accepted"),
            "done",
            zh="完成任务",
            basis=OURS,
            meets=("task_due",),
            payload=states.CompleteTask,
        ),
    ),
    zh={
        "invited": "已邀请",
        "accepted": "已接受",
        "done": "已完成",
        "forwarded": "已转送",
        "split": "已分办",
        "refused": "已拒绝",
        "withdrawn": "已撤回",
    },
)
