"""What the agency does once the police have filed: goods, and how the case came out."""

from contracts import criminal_handoff as states
from workflows.criminal_handoff.clocks import both_readings
from workflows.criminal_handoff.guards import POLICE_FILED
from workflows.criminal_handoff.people import LIAISON
from workflows.law import AEL, APL, TRANS, both
from workflows.procedure.model import Step, stages

WITH_OTHERS = stages("with_police", "reconsidering", "under_supervision")

OUTCOME = (
    Step(
        "receive_filing_notice",
        LIAISON,
        WITH_OTHERS,
        "filed",
        zh="收到立案通知书",
        basis=TRANS(8, 12),
        needs=(POLICE_FILED,),
        meets=("answer_review", "supplement_papers"),
        starts=both_readings("goods"),
        payload=states.ReceiveNotice,
    ),
    Step(
        "hand_over_goods",
        LIAISON,
        stages("filed"),
        "with_justice",
        zh="移交涉案物品",
        basis=both(TRANS(12), AEL(21)),
        meets=both_readings("goods"),
        starts=("answer_review",),
        payload=states.HandOverGoods,
    ),
    Step(
        "ask_after",
        LIAISON,
        WITH_OTHERS | stages("with_justice"),
        zh="查询办理情况",
        basis="本辖区查询间隔 local interval; no text sets one",
        # asking meets its clock and starts it anew
        meets=("answer_review",),
        starts=("answer_review",),
        payload=states.AskAfter,
    ),
    Step(
        "record_judgment",
        LIAISON,
        stages("with_justice"),
        "judged",
        zh="记录刑事判决",
        basis=both(TRANS(11), APL(35)),
        meets=("answer_review",),
        payload=states.RecordJudgment,
    ),
    Step(
        "record_return",
        LIAISON,
        stages("filed", "with_justice"),
        "returned",
        zh="司法机关移送回行政机关",
        basis=APL(27),
        meets=("answer_review", *both_readings("goods")),
        payload=states.RecordReturn,
    ),
)
