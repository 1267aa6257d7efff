"""Joint enforcement (执法联动): a lead invites, each agency answers for itself, one outcome for
all.

The founding plans ask for it and print no steps. These follow the European Union's Internal Market
Information System (Regulation (EU) No 1024/2012): a request is accepted, forwarded, split or
refused with a reason, by an agreed date. Lengths are the jurisdiction's.
"""

from contracts import joint_enforcement as states
from contracts.agencies import Role
from contracts.says import Says
from workflows.procedure.model import (
    SUPERIORS,
    Attempt,
    By,
    Clock,
    Moves,
    Opens,
    Procedure,
    Step,
    Table,
    from_jurisdiction,
    guard,
    stages,
    until,
)

LIAISON = By(Role.LIAISON)
HEAD = By(Role.HEAD)
INSPECTOR = By(Role.INSPECTOR)
LEAD = By(Role.LIAISON, at="main")
LAW = By(Role.SYSTEM)

OURS = "联合执法规程（我们所设，仿欧盟内部市场信息系统） ours, after the EU's IMI"
AGREED = "约定的日期 the date agreed"
LOCAL = "本辖区联合执法期限 the jurisdiction's times of joint enforcement"


# ── guards ───────────────────────────────────────────────────────────────────────────────────────


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

# ── the task of one agency ───────────────────────────────────────────────────────────────────────

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

# ── a lead's agreement, and a lead given away ────────────────────────────────────────────────────

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

# ── the operation ────────────────────────────────────────────────────────────────────────────────

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

JOINT_ENFORCEMENT = Procedure(
    "joint_enforcement",
    1,
    owner="coordination",
    zh="联合执法",
    main=OPERATION,
    parts=(TASK, CONSENT, MANDATE),
)
