"""The operation itself: who is invited, what is found, and one outcome for all."""

from contracts import joint_enforcement as states
from workflows.joint_enforcement.guards import (
    ALL_ANSWERED,
    EVERY_LEAD_AGREED,
    LEAD_NOT_INVITED,
    NONE_ASKED,
    TAKES_PART,
)
from workflows.joint_enforcement.people import HEAD, INSPECTOR, LAW, LIAISON, LOCAL, OURS
from workflows.joint_enforcement.task import DATES
from workflows.procedure.model import (
    SUPERIORS,
    Clock,
    Moves,
    Opens,
    Step,
    Table,
    from_jurisdiction,
    stages,
)

OPERATING = stages("operating")
RUNNING = stages("operating", "concluding")

OPERATION = Table(
    "operation",
    first="operating",
    ends=stages("concluded", "cancelled"),
    starts=("joint_conclusion",),
    opens=(Opens("task", each="invited", at_named=True, carries=DATES),),
    clocks=(
        Clock("joint_conclusion", from_jurisdiction("joint_conclusion"), LOCAL, ladder=SUPERIORS),
    ),
    steps=(
        Step(
            "invite",
            LIAISON,
            OPERATING,
            zh="邀请参加",
            basis=OURS,
            needs=(LEAD_NOT_INVITED,),
            opens=Opens("task", each="agencies", at_named=True, carries=DATES),
            payload=states.InviteAgencies,
        ),
        Step(
            "share_evidence",
            INSPECTOR,
            RUNNING,
            zh="共享证据",
            basis=OURS,
            payload=states.ShareEvidence,
        ),
        Step(
            "record_joint_inspection",
            INSPECTOR,
            OPERATING,
            zh="联合检查记录",
            basis=OURS,
            payload=states.RecordJointInspection,
        ),
        Step("write_note", LIAISON, RUNNING, zh="内部记录", basis=OURS, payload=states.WriteNote),
        Step(
            "attach_decision",
            LIAISON,
            RUNNING,
            zh="附本机关决定",
            basis=OURS,
            payload=states.AttachDecision,
        ),
        Step(
            "hand_over_lead",
            HEAD,
            OPERATING,
            zh="移交牵头",
            basis=OURS,
            needs=(TAKES_PART,),
            opens=Opens("mandate", named="to_agency", at_asker=True, carries=("return_on",)),
            payload=states.HandOverLead,
            moves=Moves("to_agency", instead_of="asker"),
        ),
        Step(
            "propose_outcome",
            LIAISON,
            OPERATING,
            "concluding",
            zh="拟定处理结果",
            basis=OURS,
            needs=(ALL_ANSWERED,),
            opens=Opens("consent", each_agency=True),
            payload=states.ProposeOutcome,
        ),
        Step(
            "resume_operation",
            LIAISON,
            stages("concluding"),
            "operating",
            zh="继续联合执法",
            basis=OURS,
            needs=(NONE_ASKED,),
            payload=states.ResumeOperation,
        ),
        Step(
            "conclude",
            LIAISON,
            stages("concluding"),
            "concluded",
            zh="形成联合处理结果",
            basis=OURS,
            needs=(EVERY_LEAD_AGREED,),
            meets=("joint_conclusion",),
            payload=states.ConcludeOperation,
        ),
        Step(
            "cancel",
            HEAD,
            RUNNING,
            "cancelled",
            zh="取消联合执法",
            basis=OURS,
            meets=("joint_conclusion",),
            payload=states.CancelOperation,
        ),
        Step(
            "note_hand_over",
            LAW,
            RUNNING,
            zh="案件已移送",
            basis=OURS,
            keeps=("to",),
            payload=states.NoteCaseHandedOver,
        ),
    ),
    zh={
        "operating": "联合执法中",
        "concluding": "征求牵头机关意见",
        "concluded": "已形成结果",
        "cancelled": "已取消",
    },
)
