"""What follows from a finding that stands: rectification, re-check, publication, closing."""

from contracts import net_content as states
from workflows.net_content_check.guards import (
    BY_DRAWN,
    COMMISSIONED,
    FAILED,
    NOT_YET_PUBLISHED,
    PASSED,
    PUBLISHED,
)
from workflows.net_content_check.people import HEAD, INSPECTOR, LAW
from workflows.net_content_check.sources import DISCLOSURE, DRAW, JJF_1070, ORDER_70
from workflows.procedure.model import Step, stages

STANDING = stages("stands", "rectifying", "rectified", "rechecking", "rechecked")

FOLLOW_UP = (
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
