"""What the agency does when the police decline: reconsideration, procuratorate, or itself."""

from contracts import criminal_handoff as states
from workflows.criminal_handoff.clocks import both_readings
from workflows.criminal_handoff.guards import (
    POLICE_DECLINED,
    REFUSAL_JUSTIFIED,
    REFUSAL_UPHELD,
    SAME_POLICE,
)
from workflows.criminal_handoff.people import HEAD, LAW, LIAISON
from workflows.law import TRANS
from workflows.procedure.model import Opens, Step, stages

OBJECTING = (
    Step(
        "receive_refusal_notice",
        LIAISON,
        stages("with_police"),
        "refused_by_police",
        zh="收到不予立案通知书",
        basis=TRANS(8, 9),
        needs=(POLICE_DECLINED,),
        meets=("answer_review", "supplement_papers"),
        starts=both_readings("objection"),
        payload=states.ReceiveNotice,
    ),
    Step(
        "ask_reconsideration",
        HEAD,
        stages("refused_by_police"),
        "reconsidering",
        zh="提请复议",
        basis=TRANS(9),
        needs=(SAME_POLICE,),
        meets=both_readings("objection"),
        starts=("answer_review",),
        opens=Opens("reconsideration", named="police", at_named=True, carries=("of_case",)),
        payload=states.AskReconsideration,
    ),
    Step(
        "receive_reconsideration",
        LIAISON,
        stages("reconsidering"),
        "upheld",
        zh="收到复议决定",
        basis=TRANS(9),
        needs=(REFUSAL_UPHELD,),
        meets=("answer_review",),
        starts=both_readings("supervision_request"),
        payload=states.ReceiveNotice,
    ),
    Step(
        "ask_procuratorate",
        HEAD,
        stages("refused_by_police", "upheld"),
        "under_supervision",
        zh="建议立案监督",
        basis=TRANS(9),
        meets=(*both_readings("objection"), *both_readings("supervision_request")),
        starts=("answer_review",),
        opens=Opens("supervision", named="procuratorate", at_named=True, carries=("of_case",)),
        payload=states.AskProcuratorate,
    ),
    Step(
        "receive_supervision_result",
        LIAISON,
        stages("under_supervision"),
        "declined",
        zh="收到不立案理由成立的答复",
        basis=TRANS(9, 10),
        needs=(REFUSAL_JUSTIFIED,),
        meets=("answer_review",),
        payload=states.ReceiveNotice,
    ),
    Step(
        "accept_refusal",
        HEAD,
        stages("refused_by_police", "upheld"),
        "declined",
        zh="不再提出异议，依法自行处理",
        basis=TRANS(10),
        meets=(*both_readings("objection"), *both_readings("supervision_request")),
        payload=states.AcceptRefusal,
    ),
    Step(
        "let_refusal_stand",
        LAW,
        stages("refused_by_police"),
        "declined",
        zh="逾期未提出异议，依法自行处理",
        basis=TRANS(9, 10),
        meets=both_readings("objection"),
    ),
    Step(
        "let_upheld_refusal_stand",
        LAW,
        stages("upheld"),
        "declined",
        zh="逾期未建议立案监督，依法自行处理",
        basis=TRANS(9, 10),
        meets=both_readings("supervision_request"),
    ),
)
