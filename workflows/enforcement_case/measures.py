"""The parts of an enforcement case: preserved evidence, seizures and tests, a line each."""

from contracts import enforcement as states
from workflows.enforcement_case.people import (
    HEAD,
    INSPECTOR,
    LAW,
    TESTS,
)
from workflows.law import AEL, APL, PROC, both
from workflows.procedure.model import (
    SUPERIORS,
    Clock,
    Grant,
    Step,
    Table,
    calendar_days,
    from_jurisdiction,
    hours,
    stages,
    working_days,
)

APPROVAL_24H = Clock(
    "approval_24h", hours(24), both(PROC(33, 36), AEL(19)), roll="none", ladder=SUPERIORS
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
            both(PROC(35), APL(56)),
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
            basis=PROC(33),
            meets=("approval_24h",),
            payload=states.ApproveMeasure,
        ),
        Step(
            "refuse_preservation",
            HEAD,
            stages("unapproved"),
            "lifted",
            zh="不同意保存,立即解除",
            basis=PROC(33),
            meets=("approval_24h", "disposal_7wd"),
            payload=states.Lift,
        ),
        Step(
            "dispose_preserved",
            HEAD,
            stages("held"),
            "disposed",
            zh="处理保存证据",
            basis=PROC(35),
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
            basis=PROC(35),
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
            both(PROC(38), AEL(25)),
            roll="none",
            extensions=(Grant(HEAD, 30, basis=PROC(38)),),
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
            basis=PROC(36),
            meets=("approval_24h",),
            payload=states.ApproveMeasure,
        ),
        Step(
            "lift_seizure",
            HEAD,
            stages("unapproved", "held"),
            "lifted",
            zh="解除强制措施",
            basis=PROC(42),
            meets=("approval_24h", "seizure_30d"),
            payload=states.Lift,
        ),
        Step(
            "confiscate_seized",
            HEAD,
            stages("held"),
            "confiscated",
            zh="依法没收",
            basis=AEL(27),
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
            "本辖区催问间隔 local interval; the law sets none",
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
            basis=PROC(64),
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
            basis=PROC(64),
            meets=("test_review",),
            resumes=("testing",),
        ),
    ),
    zh={"under_test": "检测中", "tested": "已出结果", "withdrawn": "已撤回"},
)
