"""The procuratorate supervises the filing (立案监督): reasons demanded, filing ordered."""

from contracts import criminal_handoff as states
from workflows.criminal_handoff.clocks import waiting
from workflows.criminal_handoff.guards import POLICE_FILED, REASONS_STATED, SAME_POLICE
from workflows.criminal_handoff.people import HEAD
from workflows.law import SPP, TRANS
from workflows.procedure.model import SUPERIORS, Clock, Opens, Step, Table, calendar_days, stages

SUPERVISION = Table(
    "supervision",
    first="asked",
    ends=stages("justified", "ordered", "over"),
    starts=("supervision_review",),
    clocks=(waiting("supervision_review"),),
    steps=(
        Step(
            "demand_reasons",
            HEAD,
            stages("asked"),
            "reasons_demanded",
            zh="要求说明不立案理由",
            basis=SPP(10),
            needs=(SAME_POLICE,),
            opens=Opens("reasons", named="police", at_named=True, carries=("of_case",)),
            payload=states.DemandReasons,
        ),
        Step(
            "find_refusal_justified",
            HEAD,
            stages("asked", "reasons_demanded"),
            "justified",
            zh="认为不立案理由成立",
            basis=SPP(10),
            meets=("supervision_review",),
            payload=states.FindRefusalJustified,
        ),
        Step(
            "order_filing",
            HEAD,
            stages("reasons_demanded"),
            "ordered",
            zh="通知立案",
            basis=SPP(10),
            needs=(SAME_POLICE, REASONS_STATED),
            meets=("supervision_review",),
            opens=Opens("order", named="police", at_named=True, carries=("of_case",)),
            payload=states.OrderFiling,
        ),
        Step(
            "close_supervision",
            HEAD,
            stages("reasons_demanded"),
            "over",
            zh="公安机关已立案，监督终结",
            basis=TRANS(9),
            needs=(POLICE_FILED,),
            meets=("supervision_review",),
            payload=states.CloseSupervision,
        ),
    ),
    zh={
        "asked": "已受理建议",
        "reasons_demanded": "已要求说明理由",
        "justified": "不立案理由成立",
        "ordered": "已通知立案",
        "over": "监督终结",
    },
)

REASONS = Table(
    "reasons",
    first="owed",
    ends=stages("stated", "filed"),
    starts=("reasons_7d",),
    clocks=(Clock("reasons_7d", calendar_days(7), SPP(10), ladder=SUPERIORS),),
    steps=(
        Step(
            "state_reasons",
            HEAD,
            stages("owed"),
            "stated",
            zh="说明不立案理由",
            basis=SPP(10),
            meets=("reasons_7d",),
            payload=states.StateReasons,
        ),
        Step(
            "file_after_all",
            HEAD,
            stages("owed"),
            "filed",
            zh="主动立案",
            basis=TRANS(8),
            meets=("reasons_7d",),
            payload=states.DecideToFile,
        ),
    ),
    zh={"owed": "待说明理由", "stated": "已说明理由", "filed": "已立案"},
)

ORDER = Table(
    "order",
    first="ordered",
    ends=stages("filed"),
    starts=("ordered_filing_15d",),
    clocks=(Clock("ordered_filing_15d", calendar_days(15), SPP(10), ladder=SUPERIORS),),
    steps=(
        Step(
            "file_as_ordered",
            HEAD,
            stages("ordered"),
            "filed",
            zh="按通知立案",
            basis=SPP(10),
            meets=("ordered_filing_15d",),
            payload=states.DecideToFile,
        ),
    ),
    zh={"ordered": "已通知立案", "filed": "已立案"},
)
