"""The ordinary procedure of an administrative penalty (行政处罚普通程序): from a lead to a closed
case.

PROC: 市场监督管理行政处罚程序规定 (SAMR Order 2 of 2018, amended by Orders 42 of 2021 and 61 of
2022), in force 2019-04-01.
APL: 行政处罚法 (2021). PUB: 市场监督管理行政处罚信息公示规定 (Order 45 of 2021). HEAR: 听证办法
(Order 3 of 2018, amended 2021).
"""

from decimal import Decimal

from contracts import enforcement as states
from contracts.agencies import Role
from workflows.procedure.model import (
    SUPERIORS,
    Attempt,
    By,
    Clock,
    Grant,
    Guard,
    Opens,
    Procedure,
    Step,
    Table,
    calendar_days,
    from_jurisdiction,
    hours,
    stages,
    working_days,
)

INSPECTOR = By(Role.INSPECTOR)
UNIT_HEAD = By(Role.UNIT_HEAD)
REVIEWER = By(Role.LEGAL_REVIEWER)
HEAD = By(Role.HEAD)
LAW = By(Role.SYSTEM)

TESTS = frozenset({"testing"})
"""Testing, inspection, quarantine and appraisal: windows of one kind, so that overlapping ones
merge.
"""


# ── guards ───────────────────────────────────────────────────────────────────────────────────────


def _four_conditions(a: Attempt) -> bool:
    names = ("initial_evidence", "penalty_due", "own_jurisdiction", "within_limitation")
    return all((a.payload or {}).get(name) is True for name in names)


def _investigators(a: Attempt) -> list[str]:
    named = a.main().facts.get("investigators")
    return [str(x) for x in named] if isinstance(named, list) else []


def _two_named(a: Attempt) -> bool:
    named = (a.payload or {}).get("investigators")
    return isinstance(named, list | tuple) and len(set(named)) >= 2


def _reviewer_is_no_investigator(a: Attempt) -> bool:
    return a.by is None or a.by.id not in _investigators(a)


def _is_investigator(a: Attempt) -> bool:
    return a.by is None or a.by.id in _investigators(a)


def _measures_over(a: Attempt) -> bool:
    return all(x.ended for x in a.state.lines if x.table in ("preservation", "seizure"))


def _tests_over(a: Attempt) -> bool:
    return all(x.ended for x in a.lines("testing"))


def _hearing_right_told(a: Attempt) -> bool:
    """HEAR art. 5: fines or confiscation of 10 000 yuan (person) or 100 000 yuan (organisation)
    and more.
    """
    stated = a.payload or {}
    limit = Decimal(10_000) if stated.get("party") == "person" else Decimal(100_000)
    sums = ("proposed_fine_yuan", "proposed_confiscation_yuan")
    heavy = any(Decimal(str(stated.get(name, 0))) >= limit for name in sums)
    return not heavy or stated.get("hearing_right_told") is True


def _discussed_where_required(a: Attempt) -> bool:
    facts = a.main().facts
    return facts.get("legal_review_required") is not True or "attended" in facts


def _not_above_the_notice(a: Attempt) -> bool:
    """APL art. 45: stating one's case never makes the penalty heavier than what was notified."""
    told = Decimal(str(a.main().facts.get("proposed_fine_yuan", 0)))
    return Decimal(str((a.payload or {}).get("fine_yuan", 0))) <= told


def _published(a: Attempt) -> bool:
    clock = a.clock("publication_20wd")
    return clock is None or clock.status == "met"


def _not_yet_published(a: Attempt) -> bool:
    return not _published(a)


FOUR_CONDITIONS = Guard(
    _four_conditions,
    "立案须四项条件全部具备",
    "filing needs all four conditions",
    "PROC art. 19",
    asks="payload",
)
TWO_INVESTIGATORS = Guard(
    _two_named,
    "办案人员不得少于两人",
    "at least two investigators are named",
    "PROC art. 19",
    asks="payload",
)
INVESTIGATORS_NAMED = Guard(
    lambda a: len(_investigators(a)) >= 2,
    "尚未指定两名以上办案人员",
    "two investigators have not been named yet",
    "PROC art. 19",
)
BY_INVESTIGATOR = Guard(
    _is_investigator,
    "须由本案办案人员实施",
    "only a named investigator of this case takes this step",
    "PROC art. 19",
    asks="person",
)
REVIEWER_APART = Guard(
    _reviewer_is_no_investigator,
    "办案人员不得作为本案审核人员",
    "an investigator may not review the case",
    "PROC art. 52",
    asks="person",
)
TESTS_OVER = Guard(_tests_over, "检测、鉴定尚未完成", "a test is still under way", "PROC art. 48")
MEASURES_OVER = Guard(
    _measures_over,
    "尚有未处理的先行登记保存或强制措施",
    "a preserved or seized item is still undisposed of",
    "PROC arts 35, 42",
)
HEARING_TOLD = Guard(
    _hearing_right_told,
    "拟罚没数额达到听证标准,须告知听证权利",
    "at these sums the right to a hearing must be told",
    "HEAR art. 5; APL art. 63",
    asks="payload",
)
DISCUSSED = Guard(
    _discussed_where_required,
    "应当法制审核的案件须经集体讨论",
    "a case under legal review is discussed collectively before a penalty",
    "PROC art. 60",
)
NOT_ABOVE_NOTICE = Guard(
    _not_above_the_notice,
    "罚款不得高于告知书载明的数额",
    "the fine may not exceed what was notified",
    "APL art. 45",
    asks="payload",
)
PUBLISHED = Guard(
    _published, "处罚决定尚未公示", "the decision has not been made public yet", "PUB art. 9"
)
NOT_YET_PUBLISHED = Guard(
    _not_yet_published, "处罚决定已公示", "the decision is public already", "PUB art. 9"
)


# ── clocks of the main line ──────────────────────────────────────────────────────────────────────

CLOCKS = (
    Clock(
        "lead_verification_15wd",  # P01
        working_days(15),
        "PROC art. 18",
        extensions=(Grant(HEAD, 15, basis="PROC art. 18"),),
        stops_for=TESTS,
        ladder=SUPERIORS,
    ),
    Clock(
        "decision_90d",  # P17
        calendar_days(90),
        "PROC art. 64; APL art. 60",
        extensions=(
            Grant(HEAD, 30, basis="PROC art. 64"),
            # further time by collective discussion, which fixes its length
            Grant(HEAD, None, times=1, basis="PROC art. 64"),
        ),
        stops_for=TESTS | {"suspension", "hearing", "public_notice", "refund"},
        ladder=SUPERIORS,
    ),
    Clock(
        "review_10wd",  # P10
        working_days(10),
        "PROC art. 55",
        extensions=(Grant(HEAD, None, times=None, basis="PROC art. 55"),),
        ladder=SUPERIORS,
    ),
    Clock(
        "statement_5wd",  # P11
        working_days(5),
        "PROC art. 57; APL art. 64(1)",
        then="waive_statement",
    ),
    Clock("service_7wd", working_days(7), "PROC art. 81; APL art. 61", ladder=SUPERIORS),  # P18
    Clock("publication_20wd", working_days(20), "PUB art. 9", ladder=SUPERIORS),  # P29
    Clock(
        "payment_15d",  # P20
        calendar_days(15),
        "PROC art. 72; APL art. 67",
        extensions=(Grant(HEAD, None, times=None, basis="PROC art. 74"),),
        ladder=SUPERIORS,
    ),
    Clock("closing_15wd", working_days(15), "PROC art. 77", ladder=SUPERIORS),  # P26
    Clock(
        "suspension_review",
        from_jurisdiction("suspension_review"),
        "local: a suspended case is looked at again (PROC art. 46 sets no time)",
        ladder=SUPERIORS,
    ),
)


# ── the main line ────────────────────────────────────────────────────────────────────────────────

INVESTIGATING = stages("investigating")
UNDER_WAY = stages("verified", "investigating", "reviewed", "approved", "heard")

STEPS = (
    Step(
        "verify_lead",
        INSPECTOR,
        stages("lead"),
        "verified",
        zh="核查案源",
        basis="PROC art. 18",
        payload=states.VerifyLead,
    ),
    Step(
        "file_case",
        HEAD,
        stages("verified"),
        "investigating",
        zh="立案",
        basis="PROC art. 19",
        needs=(FOUR_CONDITIONS,),
        keeps=("cause",),
        starts=("decision_90d",),
        meets=("lead_verification_15wd",),
        payload=states.FileCase,
    ),
    Step(
        "decline_to_file",
        HEAD,
        stages("verified"),
        "not_filed",
        zh="不予立案",
        basis="PROC art. 20",
        keeps=("grounds",),
        meets=("lead_verification_15wd",),
        payload=states.DeclineToFile,
    ),
    Step(
        "name_investigators",
        UNIT_HEAD,
        INVESTIGATING,
        zh="指定办案人员",
        basis="PROC art. 19",
        needs=(TWO_INVESTIGATORS,),
        keeps=("investigators",),
        payload=states.NameInvestigators,
    ),
    Step(
        "investigate",
        INSPECTOR,
        INVESTIGATING,
        zh="调查取证",
        basis="PROC art. 22",
        needs=(INVESTIGATORS_NAMED, BY_INVESTIGATOR),
        payload=states.Investigate,
    ),
    Step(
        "preserve_evidence",
        INSPECTOR,
        INVESTIGATING,
        zh="先行登记保存",
        basis="PROC art. 33",
        needs=(INVESTIGATORS_NAMED, BY_INVESTIGATOR),
        opens=Opens("preservation", named="place"),
        payload=states.PreserveEvidence,
    ),
    Step(
        "preserve_evidence_at_once",
        INSPECTOR,
        INVESTIGATING,
        zh="紧急先行登记保存",
        basis="PROC art. 33",
        needs=(INVESTIGATORS_NAMED, BY_INVESTIGATOR),
        opens=Opens("preservation", named="place", first="unapproved", starts=("approval_24h",)),
        payload=states.PreserveEvidence,
    ),
    Step(
        "seize",
        INSPECTOR,
        INVESTIGATING,
        zh="查封、扣押",
        basis="PROC art. 36",
        needs=(INVESTIGATORS_NAMED, BY_INVESTIGATOR),
        opens=Opens("seizure", named="place"),
        payload=states.Seize,
    ),
    Step(
        "seize_at_once",
        INSPECTOR,
        INVESTIGATING,
        zh="当场查封、扣押",
        basis="PROC art. 36; AEL art. 19",
        needs=(INVESTIGATORS_NAMED, BY_INVESTIGATOR),
        opens=Opens("seizure", named="place", first="unapproved", starts=("approval_24h",)),
        payload=states.Seize,
    ),
    Step(
        "commission_test",
        INSPECTOR,
        stages("lead", "verified", "investigating"),
        zh="委托检测、检定、鉴定",
        basis="PROC arts 18, 64",
        pauses=("testing",),
        opens=Opens("testing", named="laboratory"),
        payload=states.CommissionTest,
    ),
    Step(
        "suspend",
        HEAD,
        INVESTIGATING,
        "suspended",
        zh="中止调查",
        basis="PROC art. 46",
        starts=("suspension_review",),
        pauses=("suspension",),
        payload=states.Suspend,
    ),
    Step(
        "resume",
        HEAD,
        stages("suspended"),
        "investigating",
        zh="恢复调查",
        basis="PROC art. 46",
        meets=("suspension_review",),
        resumes=("suspension",),
        payload=states.Resume,
    ),
    Step(
        "terminate",
        HEAD,
        INVESTIGATING,
        "terminated",
        zh="终止调查",
        basis="PROC art. 47",
        starts=("closing_15wd",),
        meets=("decision_90d",),
        payload=states.Terminate,
    ),
    Step(
        "conclude_investigation",
        INSPECTOR,
        INVESTIGATING,
        "in_review",
        zh="调查终结",
        basis="PROC art. 48",
        needs=(INVESTIGATORS_NAMED, BY_INVESTIGATOR, TESTS_OVER),
        keeps=("legal_review_required",),
        starts=("review_10wd",),
        payload=states.ConcludeInvestigation,
    ),
    Step(
        "agree_in_review",
        REVIEWER,
        stages("in_review"),
        "reviewed",
        zh="审核同意",
        basis="PROC art. 54",
        needs=(REVIEWER_APART,),
        meets=("review_10wd",),
        payload=states.Review,
    ),
    Step(
        "return_for_investigation",
        REVIEWER,
        stages("in_review"),
        "investigating",
        zh="退回补充调查",
        basis="PROC art. 54",
        needs=(REVIEWER_APART,),
        meets=("review_10wd",),
        payload=states.Review,
    ),
    Step(
        "approve_proposal",
        HEAD,
        stages("reviewed"),
        "approved",
        zh="批准处理建议",
        basis="PROC art. 56",
        payload=states.ApproveProposal,
    ),
    Step(
        "serve_notice",
        INSPECTOR,
        stages("approved"),
        "notified",
        zh="送达处罚告知书",
        basis="PROC art. 57",
        needs=(HEARING_TOLD,),
        keeps=("proposed_fine_yuan", "party"),
        starts=("statement_5wd",),
        payload=states.ServeNotice,
    ),
    Step(
        "hear_statement",
        INSPECTOR,
        # also after the waiver: a statement made in time but entered late still counts
        stages("notified", "heard"),
        "heard",
        zh="听取陈述申辩",
        basis="PROC art. 57",
        meets=("statement_5wd",),
        payload=states.HearStatement,
    ),
    Step(
        "waive_statement",
        LAW,
        stages("notified"),
        "heard",
        zh="视为放弃陈述申辩",
        basis="PROC art. 57",
        meets=("statement_5wd",),
    ),
    Step(
        "discuss_collectively",
        HEAD,
        stages("heard"),
        zh="集体讨论",
        basis="PROC art. 60",
        keeps=("attended",),
        payload=states.DiscussCollectively,
    ),
    Step(
        "decide_penalty",
        HEAD,
        stages("heard"),
        "decided",
        zh="作出处罚决定",
        basis="PROC art. 60(1)",
        needs=(DISCUSSED, NOT_ABOVE_NOTICE),
        keeps=("fine_yuan", "confiscated_yuan"),
        starts=("service_7wd", "publication_20wd"),
        meets=("decision_90d",),
        payload=states.DecidePenalty,
    ),
    Step(
        "decide_no_penalty",
        HEAD,
        stages("approved", "heard"),
        "no_penalty",
        zh="不予行政处罚",
        basis="PROC art. 60(2)",
        starts=("closing_15wd",),
        meets=("decision_90d",),
        payload=states.DecideNoPenalty,
    ),
    Step(
        "find_not_proved",
        HEAD,
        stages("approved", "heard"),
        "not_proved",
        zh="违法事实不能成立",
        basis="PROC art. 60(3)",
        starts=("closing_15wd",),
        meets=("decision_90d",),
        payload=states.DecideNoPenalty,
    ),
    Step(
        "hand_over",
        HEAD,
        UNDER_WAY,
        "handed_over",
        zh="移送其他机关",
        basis="PROC art. 17, art. 60(4), (5)",
        keeps=("to",),
        starts=("closing_15wd",),
        meets=("decision_90d", "lead_verification_15wd"),
        payload=states.HandOver,
    ),
    Step(
        "serve_decision",
        INSPECTOR,
        stages("decided"),
        "served",
        zh="送达处罚决定书",
        basis="PROC art. 81",
        starts=("payment_15d",),
        meets=("service_7wd",),
        payload=states.ServeDecision,
    ),
    Step(
        "publish_decision",
        INSPECTOR,
        stages("decided", "served", "executed"),
        zh="公示处罚决定",
        basis="PUB art. 9",
        needs=(NOT_YET_PUBLISHED,),
        meets=("publication_20wd",),
        payload=states.PublishDecision,
    ),
    Step(
        "record_payment",
        INSPECTOR,
        stages("served"),
        "executed",
        zh="缴纳罚没款",
        basis="PROC art. 72",
        keeps=("paid_yuan",),
        starts=("closing_15wd",),
        meets=("payment_15d",),
        payload=states.RecordPayment,
    ),
    Step(
        "close_case",
        HEAD,
        stages("executed", "no_penalty", "not_proved", "handed_over", "terminated"),
        "closed",
        zh="结案",
        basis="PROC art. 77",
        needs=(MEASURES_OVER, PUBLISHED),
        meets=("closing_15wd",),
        payload=states.CloseCase,
    ),
)


# ── parts ────────────────────────────────────────────────────────────────────────────────────────

APPROVAL_24H = Clock(
    "approval_24h", hours(24), "PROC arts 33, 36; AEL art. 19", roll="none", ladder=SUPERIORS
)

PRESERVATION = Table(
    "preservation",
    first="held",
    ends=stages("disposed", "lifted"),
    starts=("disposal_7wd",),
    clocks=(
        APPROVAL_24H,  # P05
        Clock(
            "disposal_7wd",  # P06: hard, it limits state power; past it the measure lifts by itself
            working_days(7),
            "PROC art. 35; APL art. 56",
            roll="none",
            then="lift_by_law",
        ),
    ),
    steps=(
        Step(
            "approve_preservation",
            HEAD,
            stages("unapproved"),
            "held",
            zh="补办保存批准",
            basis="PROC art. 33",
            meets=("approval_24h",),
            payload=states.ApproveMeasure,
        ),
        Step(
            "refuse_preservation",
            HEAD,
            stages("unapproved"),
            "lifted",
            zh="不同意保存,立即解除",
            basis="PROC art. 33",
            meets=("approval_24h", "disposal_7wd"),
            payload=states.Lift,
        ),
        Step(
            "dispose_preserved",
            HEAD,
            stages("held"),
            "disposed",
            zh="处理保存证据",
            basis="PROC art. 35",
            keeps=("disposal",),
            meets=("disposal_7wd",),
            payload=states.DisposePreserved,
        ),
        Step(
            "lift_by_law",
            LAW,
            stages("unapproved", "held"),
            "lifted",
            zh="逾期未处理,自动解除",
            basis="PROC art. 35",
            meets=("approval_24h", "disposal_7wd"),
        ),
    ),
    zh={"unapproved": "待补批", "held": "保存中", "disposed": "已处理", "lifted": "已解除"},
)

SEIZURE = Table(
    "seizure",
    first="held",
    ends=stages("lifted", "confiscated"),
    starts=("seizure_30d",),
    clocks=(
        APPROVAL_24H,  # P07
        Clock(
            "seizure_30d",  # P08: hard; past it the measure must be lifted (PROC art. 42(4))
            calendar_days(30),
            "PROC art. 38; AEL art. 25",
            roll="none",
            extensions=(Grant(HEAD, 30, basis="PROC art. 38"),),
            stops_for=TESTS,
            ladder=SUPERIORS,
        ),
    ),
    steps=(
        Step(
            "approve_seizure",
            HEAD,
            stages("unapproved"),
            "held",
            zh="补办强制措施批准",
            basis="PROC art. 36",
            meets=("approval_24h",),
            payload=states.ApproveMeasure,
        ),
        Step(
            "lift_seizure",
            HEAD,
            stages("unapproved", "held"),
            "lifted",
            zh="解除强制措施",
            basis="PROC art. 42",
            meets=("approval_24h", "seizure_30d"),
            payload=states.Lift,
        ),
        Step(
            "confiscate_seized",
            HEAD,
            stages("held"),
            "confiscated",
            zh="依法没收",
            basis="AEL art. 27",
            meets=("seizure_30d",),
            payload=states.Lift,
        ),
    ),
    zh={"unapproved": "待补批", "held": "查封扣押中", "lifted": "已解除", "confiscated": "已没收"},
)

TESTING = Table(
    "testing",
    first="under_test",
    ends=stages("tested", "withdrawn"),
    starts=("test_review",),
    clocks=(
        Clock(
            "test_review",
            from_jurisdiction("test_review"),
            "local: a test that drags on is looked into; the law sets no limit",
            ladder=SUPERIORS,
        ),
    ),
    steps=(
        Step(
            "receive_test_result",
            INSPECTOR,
            stages("under_test"),
            "tested",
            zh="收到检测结果",
            basis="PROC art. 64",
            meets=("test_review",),
            resumes=("testing",),
            payload=states.TestResult,
        ),
        Step(
            "withdraw_test",
            INSPECTOR,
            stages("under_test"),
            "withdrawn",
            zh="撤回委托",
            basis="PROC art. 64",
            meets=("test_review",),
            resumes=("testing",),
        ),
    ),
    zh={"under_test": "检测中", "tested": "已出结果", "withdrawn": "已撤回"},
)


ENFORCEMENT_CASE = Procedure(
    "enforcement_case",
    1,
    owner="enforcement",
    zh="行政处罚普通程序",
    main=Table(
        "case",
        first="lead",
        ends=stages("not_filed", "closed"),
        starts=("lead_verification_15wd",),
        steps=STEPS,
        clocks=CLOCKS,
        zh={
            "lead": "案源登记",
            "verified": "已核查",
            "not_filed": "不予立案",
            "investigating": "调查取证",
            "suspended": "中止",
            "terminated": "终止",
            "in_review": "审核中",
            "reviewed": "审核通过",
            "approved": "已批准处理建议",
            "notified": "已告知",
            "heard": "已听取意见",
            "decided": "已决定",
            "served": "已送达",
            "executed": "已执行",
            "no_penalty": "不予处罚",
            "not_proved": "事实不能成立",
            "handed_over": "已移送",
            "closed": "已结案",
        },
    ),
    parts=(PRESERVATION, SEIZURE, TESTING),
)
