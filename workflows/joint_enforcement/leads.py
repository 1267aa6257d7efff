"""What leads agree on among themselves: the outcome, and a lead given away for a time."""

from contracts import joint_enforcement as states
from workflows.joint_enforcement.guards import STILL_THERE
from workflows.joint_enforcement.people import AGREED, HEAD, LEAD, LOCAL, OURS
from workflows.procedure.model import (
    SUPERIORS,
    Clock,
    Moves,
    Step,
    Table,
    from_jurisdiction,
    stages,
    until,
)

CONSENT = Table(
    "consent",
    first="asked",
    ends=stages("agreed", "objected", "lapsed"),
    starts=("outcome_consent",),
    clocks=(
        Clock(
            "outcome_consent",
            from_jurisdiction("outcome_consent", "working_days"),
            LOCAL,
            ladder=SUPERIORS,
        ),
    ),
    steps=(
        Step(
            "agree_outcome",
            HEAD,
            stages("asked"),
            "agreed",
            zh="同意处理结果",
            basis=OURS,
            meets=("outcome_consent",),
            payload=states.AgreeOutcome,
        ),
        Step(
            "object_to_outcome",
            HEAD,
            stages("asked"),
            "objected",
            zh="不同意处理结果",
            basis=OURS,
            meets=("outcome_consent",),
            payload=states.ObjectToOutcome,
        ),
        Step(
            "withdraw_draft",
            LEAD,
            stages("asked"),
            "lapsed",
            zh="撤回征求意见",
            basis=OURS,
            payload=states.ResumeOperation,
        ),
    ),
    zh={"asked": "征求意见", "agreed": "同意", "objected": "不同意", "lapsed": "已撤回"},
)

MANDATE = Table(
    "mandate",
    first="away",
    ends=stages("returned", "left"),
    starts=("lead_return",),
    clocks=(Clock("lead_return", until("return_on"), AGREED, roll="none", ladder=SUPERIORS),),
    steps=(
        Step(
            "take_back_lead",
            HEAD,
            stages("away"),
            "returned",
            zh="收回牵头",
            basis=OURS,
            needs=(STILL_THERE,),
            meets=("lead_return",),
            payload=states.TakeBackLead,
            moves=Moves(line="main", instead_of="named"),
        ),
        Step(
            "leave_lead",
            HEAD,
            stages("away"),
            "left",
            zh="不再收回牵头",
            basis=OURS,
            meets=("lead_return",),
            payload=states.LeaveLead,
        ),
    ),
    zh={"away": "已移交牵头", "returned": "已收回", "left": "不再收回"},
)
