"""From the notice to the finding, and how the dealer is told of it."""

from contracts import net_content as states
from workflows.net_content_check.clocks import STANDS
from workflows.net_content_check.guards import (
    BY_DRAWN,
    COMMISSIONED,
    FAILED,
    PASSED,
    RIGHT_TOLD,
    TWO_OFFICERS,
)
from workflows.net_content_check.people import HEAD, INSPECTOR, LAW
from workflows.net_content_check.sources import DRAW, JJF_1070, ORDER_70
from workflows.procedure.model import Step, stages

FINDING = (
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
)
