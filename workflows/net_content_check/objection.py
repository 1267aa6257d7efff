"""The finding is accepted, stands by silence, or is measured again by another laboratory."""

from contracts import net_content as states
from workflows.net_content_check.clocks import STANDS
from workflows.net_content_check.guards import ANOTHER_LABORATORY, COMMISSIONED
from workflows.net_content_check.people import HEAD, INSPECTOR, LAW
from workflows.net_content_check.sources import JJF_1070, SD_ML
from workflows.procedure.model import Step, stages

OBJECTION = (
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
)
