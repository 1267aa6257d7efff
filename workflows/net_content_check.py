"""The check of prepackaged goods' net content (定量包装商品净含量计量监督抽查): notice, sampling,
measurement, finding, objection and re-test, rectification, re-check, publication.

Order 70: 定量包装商品计量监督管理办法, in force 2023-06-01. JJF 1070: how lots are sampled,
measured and judged. SD-ML: 山东省计量条例, whose times to object and to re-test a jurisdiction may
adopt. Double random draw: 国办发〔2015〕58号.
"""

from contracts import net_content as states
from contracts.agencies import Role
from contracts.says import Says
from workflows.law import Act
from workflows.procedure.model import (
    SUPERIORS,
    Attempt,
    By,
    Clock,
    Procedure,
    Step,
    Table,
    from_jurisdiction,
    guard,
    stages,
    until,
    working_days,
)

INSPECTOR = By(Role.INSPECTOR)
HEAD = By(Role.HEAD)
LAW = By(Role.SYSTEM)

SD_ML = Act("SD-ML", "山东省计量条例")
ORDER_70 = "定量包装商品计量监督管理办法(市场监管总局令第70号) Order 70"
JJF_1070 = "JJF 1070 定量包装商品净含量计量检验规则"
DRAW = "国办发〔2015〕58号 double random inspection"
DISCLOSURE = (
    "国办发〔2018〕118号;公示信息抽查办法第十一条 results are public within 20 working days"
)
LOCAL = "本辖区期限 local time; the national texts set none"

STANDING = stages("stands", "rectifying", "rectified", "rechecking", "rechecked")


# ── what must hold ───────────────────────────────────────────────────────────────────────────────


def _is_drawn(a: Attempt) -> bool:
    """As long as the check is where it was drawn: elsewhere nobody was."""
    facts = a.main().facts
    drawn, moved = facts.get("inspectors"), facts.get("drawn_by") not in a.main().agencies
    return a.by is None or moved or (isinstance(drawn, list) and a.by.id in drawn)


def _two_named(a: Attempt) -> bool:
    named = (a.payload or {}).get("officers")
    return isinstance(named, list | tuple) and len(set(named)) >= 2


def _failed(a: Attempt) -> bool:
    return a.main().facts.get("verdict") == "fail"


def _passed(a: Attempt) -> bool:
    return a.main().facts.get("verdict") == "pass"


def _another_laboratory(a: Attempt) -> bool:
    return (a.payload or {}).get("laboratory") != a.main().facts.get("laboratory")


def _commissioned(a: Attempt) -> bool:
    """The laboratory that measured is the one the line names last."""
    return (a.payload or {}).get("laboratory") == a.main().facts.get("laboratory")


def _right_told(a: Attempt) -> bool:
    return (a.payload or {}).get("objection_right_told") is True


def _published(a: Attempt) -> bool:
    clock = a.clock("publication_20wd")
    return clock is not None and clock.status == "met"


def _not_yet_published(a: Attempt) -> bool:
    return not _published(a)


BY_DRAWN = guard(
    _is_drawn,
    Says("须由随机抽取的检查人员实施", "only an inspector drawn for this check takes this step"),
    DRAW,
    asks="person",
)
TWO_OFFICERS = guard(
    _two_named, Says("检查人员不得少于两人", "at least two officers attend"), DRAW, asks="payload"
)
FAILED = guard(_failed, Says("检验结论为合格", "the lot passed"), JJF_1070)
PASSED = guard(_passed, Says("检验结论为不合格", "the lot failed"), JJF_1070)
ANOTHER_LABORATORY = guard(
    _another_laboratory,
    Says("复检须由另一机构承担", "a re-test is done by another laboratory"),
    SD_ML(30),
    asks="payload",
)
COMMISSIONED = guard(
    _commissioned,
    Says("数据不是由委托的机构出具", "the data are not of the laboratory that was commissioned"),
    JJF_1070,
    asks="payload",
)
RIGHT_TOLD = guard(
    _right_told,
    Says("不合格结果须告知异议权利", "with a failing result the right to object must be told"),
    SD_ML(30),
    asks="payload",
)
PUBLISHED = guard(_published, Says("检查结果尚未公示", "the result is not public yet"), DISCLOSURE)
NOT_YET_PUBLISHED = guard(
    _not_yet_published, Says("检查结果已公示", "the result is public already"), DISCLOSURE
)


# ── the table ────────────────────────────────────────────────────────────────────────────────────


def _local(name: str, basis: str = LOCAL, *, length: str = "") -> Clock:
    given = from_jurisdiction(f"net_content_{length or name}")
    return Clock(name, given, basis, ladder=SUPERIORS)


CLOCKS = (
    _local("notice"),
    _local("sampling"),
    _local("measurement"),
    # clocks of their own: one that starts anew forgets that it was missed
    _local("retest_measurement", length="measurement"),
    _local("recheck_measurement", length="measurement"),
    _local("telling"),
    Clock(
        "objection",
        from_jurisdiction("net_content_objection"),
        SD_ML(30),
        then="let_finding_stand",
    ),
    _local("retest", SD_ML(30)),
    Clock("publication_20wd", working_days(20), DISCLOSURE, ladder=SUPERIORS),
    _local("follow_up"),
    _local("recheck_follow_up", length="follow_up"),
    Clock("rectification", until("due_on"), ORDER_70, ladder=SUPERIORS),
    _local("recheck"),
)

STANDS = ("publication_20wd", "follow_up")
"""From the day a finding stands: it is to be made public, and something follows from it."""

STEPS = (
    Step(
        "notify_check",
        INSPECTOR,
        stages("drawn"),
        "notified",
        zh="送达检查通知",
        basis=DRAW,
        needs=(BY_DRAWN, TWO_OFFICERS),
        starts=("sampling",),
        meets=("notice",),
        payload=states.NotifyCheck,
    ),
    Step(
        "call_off",
        HEAD,
        stages("drawn", "notified", "sampled"),
        "called_off",
        zh="终止抽查",
        basis=DRAW,
        keeps=("grounds",),
        meets=("notice", "sampling", "measurement"),
        payload=states.CallOff,
    ),
    Step(
        "record_sampling",
        INSPECTOR,
        stages("notified"),
        "sampled",
        zh="抽样",
        basis=JJF_1070,
        needs=(BY_DRAWN,),
        keeps=("laboratory",),
        starts=("measurement",),
        meets=("sampling",),
        payload=states.RecordSampling,
    ),
    Step(
        "note_finding",
        LAW,
        stages("sampled"),
        "found",
        zh="作出检验结论",
        basis=JJF_1070,
        needs=(COMMISSIONED,),
        keeps=("verdict", "finding_sha256"),
        starts=("telling",),
        meets=("measurement",),
        payload=states.NoteFinding,
    ),
    Step(
        "tell_pass",
        INSPECTOR,
        stages("found"),
        "stands",
        zh="告知合格结果",
        basis=ORDER_70,
        needs=(PASSED,),
        starts=STANDS,
        meets=("telling",),
        payload=states.TellFinding,
    ),
    Step(
        "tell_shortfall",
        INSPECTOR,
        stages("found"),
        "told",
        zh="告知不合格结果",
        basis=ORDER_70,
        needs=(FAILED, RIGHT_TOLD),
        starts=("objection",),
        meets=("telling",),
        payload=states.TellFinding,
    ),
    Step(
        "take_objection",
        INSPECTOR,
        stages("told"),
        "objected",
        zh="受理异议",
        basis=SD_ML(30),
        starts=("retest",),
        meets=("objection",),
        payload=states.TakeObjection,
    ),
    Step(
        "accept_finding",
        INSPECTOR,
        stages("told"),
        "stands",
        zh="企业认可结果",
        basis=SD_ML(30),
        starts=STANDS,
        meets=("objection",),
        payload=states.AcceptFinding,
    ),
    Step(
        "let_finding_stand",
        LAW,
        stages("told"),
        "stands",
        zh="逾期未提出异议",
        basis=SD_ML(30),
        starts=STANDS,
        meets=("objection",),
    ),
    Step(
        "refuse_objection",
        HEAD,
        stages("objected"),
        "stands",
        zh="不予复检",
        basis=SD_ML(30),
        starts=STANDS,
        meets=("retest",),
        payload=states.RefuseObjection,
    ),
    Step(
        "commission_retest",
        INSPECTOR,
        stages("objected"),
        "retesting",
        zh="委托复检",
        basis=SD_ML(30),
        needs=(ANOTHER_LABORATORY,),
        keeps=("laboratory",),
        starts=("retest_measurement",),
        meets=("retest",),
        payload=states.CommissionRetest,
    ),
    Step(
        "note_retest",
        LAW,
        stages("retesting"),
        "stands",
        zh="作出复检结论",
        basis=JJF_1070,
        needs=(COMMISSIONED,),
        keeps=("verdict", "finding_sha256"),
        starts=STANDS,
        meets=("retest_measurement",),
        payload=states.NoteFinding,
    ),
    Step(
        "order_rectification",
        HEAD,
        stages("stands", "rechecked"),
        "rectifying",
        zh="责令改正",
        basis=ORDER_70,
        needs=(FAILED,),
        keeps=("due_on",),
        starts=("rectification",),
        meets=("follow_up", "recheck_follow_up"),
        payload=states.OrderRectification,
    ),
    Step(
        "report_rectification",
        INSPECTOR,
        stages("rectifying"),
        "rectified",
        zh="核实整改",
        basis=ORDER_70,
        starts=("recheck",),
        meets=("rectification",),
        payload=states.ReportRectification,
    ),
    Step(
        "sample_again",
        INSPECTOR,
        stages("rectified"),
        "rechecking",
        zh="复查抽样",
        basis=JJF_1070,
        needs=(BY_DRAWN,),
        keeps=("laboratory",),
        starts=("recheck_measurement",),
        meets=("recheck",),
        payload=states.RecordSampling,
    ),
    Step(
        "note_recheck",
        LAW,
        stages("rechecking"),
        "rechecked",
        zh="作出复查结论",
        basis=JJF_1070,
        needs=(COMMISSIONED,),
        keeps=("verdict", "finding_sha256"),
        starts=("recheck_follow_up",),
        meets=("recheck_measurement",),
        payload=states.NoteFinding,
    ),
    Step(
        "publish_result",
        INSPECTOR,
        STANDING,
        zh="公示检查结果",
        basis=DISCLOSURE,
        needs=(NOT_YET_PUBLISHED,),
        meets=("publication_20wd",),
        payload=states.PublishResult,
    ),
    Step(
        "close_check",
        HEAD,
        stages("stands", "rechecked"),
        "closed",
        zh="办结",
        basis=DRAW,
        needs=(PASSED, PUBLISHED),
        meets=("follow_up", "recheck_follow_up"),
        payload=states.CloseCheck,
    ),
)

NET_CONTENT_CHECK = Procedure(
    "net_content_check",
    1,
    owner="net_content",
    zh="定量包装商品净含量计量监督抽查",
    main=Table(
        "check",
        first="drawn",
        ends=stages("closed", "called_off"),
        starts=("notice",),
        steps=STEPS,
        clocks=CLOCKS,
        zh={
            "drawn": "已抽取",
            "notified": "已通知",
            "sampled": "已抽样",
            "found": "已有结论",
            "told": "已告知",
            "objected": "异议待处理",
            "retesting": "复检中",
            "stands": "结论确定",
            "rectifying": "整改中",
            "rectified": "已整改",
            "rechecking": "复查中",
            "rechecked": "已复查",
            "closed": "已办结",
            "called_off": "已终止",
        },
    ),
)
