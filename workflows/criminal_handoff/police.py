"""The police: receipt, whose case it is, whether to file it, and the same once more."""

from contracts import criminal_handoff as states
from workflows.criminal_handoff.clocks import PAPERS, both_readings, three_days
from workflows.criminal_handoff.guards import ELSEWHERE, NOT_FOR_PAPERS
from workflows.criminal_handoff.people import HEAD, LIAISON
from workflows.law import TRANS, both
from workflows.procedure.model import (
    SUPERIORS,
    Clock,
    Opens,
    Step,
    Table,
    from_jurisdiction,
    hours,
    stages,
)

POLICE = Table(
    "police",
    first="sent",
    ends=stages("forwarded", "filed", "declined"),
    starts=("police_receipt",),
    clocks=(
        Clock(
            "police_receipt",
            from_jurisdiction("police_receipt", "hours"),
            f"{TRANS(7)}（签收未定时限，由本辖区定 no time for the receipt, local）",
            roll="none",
            ladder=SUPERIORS,
        ),
        # T04: what is not theirs goes on within 24 hours, so by then they say whose it is
        Clock("forwarding_24h", hours(24), TRANS(7), roll="none", ladder=SUPERIORS),
        *three_days("police_decision", TRANS(8)),  # T05
    ),
    steps=(
        Step(
            "sign_receipt",
            LIAISON,
            stages("sent"),
            "received",
            zh="回执签字",
            basis=TRANS(7),
            meets=("police_receipt",),
            starts=("forwarding_24h", *both_readings("police_decision")),
            payload=states.SignReceipt,
        ),
        Step(
            "accept_case",
            LIAISON,
            stages("received"),
            "accepted",
            zh="受理",
            basis=TRANS(7, 8),
            meets=("forwarding_24h",),
            payload=states.AcceptCase,
        ),
        Step(
            "name_missing_papers",
            LIAISON,
            stages("received"),
            "accepted",
            zh="受理并告知补正材料",
            basis=both(TRANS(7), PAPERS),
            keeps=("missing",),
            meets=("forwarding_24h",),
            starts=("/supplement_papers",),
            payload=states.NameMissingPapers,
        ),
        Step(
            "forward_case",
            LIAISON,
            stages("received"),
            "forwarded",
            zh="转送有管辖权的公安机关",
            basis=TRANS(7),
            needs=(ELSEWHERE,),
            meets=("forwarding_24h",),
            opens=Opens(
                "police", named="to_agency", at_named=True, carries=("of_case", "document_no")
            ),
            payload=states.ForwardCase,
        ),
        Step(
            "decide_to_file",
            HEAD,
            stages("accepted"),
            "filed",
            zh="决定立案",
            basis=TRANS(8),
            meets=both_readings("police_decision"),
            payload=states.DecideToFile,
        ),
        Step(
            "decide_not_to_file",
            HEAD,
            stages("accepted"),
            "declined",
            zh="决定不予立案",
            basis=TRANS(8),
            needs=(NOT_FOR_PAPERS,),
            keeps=("ground",),
            meets=both_readings("police_decision"),
            payload=states.DecideNotToFile,
        ),
    ),
    zh={
        "sent": "已移送",
        "received": "已签收",
        "accepted": "已受理",
        "forwarded": "已转送",
        "filed": "已立案",
        "declined": "不予立案",
    },
)

RECONSIDERATION = Table(
    "reconsideration",
    first="asked",
    ends=stages("filed", "upheld"),
    starts=both_readings("reconsideration"),
    clocks=three_days("reconsideration", TRANS(9)),  # T07
    steps=(
        Step(
            "file_on_reconsideration",
            HEAD,
            stages("asked"),
            "filed",
            zh="复议后决定立案",
            basis=TRANS(9),
            meets=both_readings("reconsideration"),
            payload=states.DecideToFile,
        ),
        Step(
            "uphold_refusal",
            HEAD,
            stages("asked"),
            "upheld",
            zh="复议维持不予立案",
            basis=TRANS(9),
            meets=both_readings("reconsideration"),
            payload=states.UpholdRefusal,
        ),
    ),
    zh={"asked": "复议中", "filed": "已立案", "upheld": "维持不予立案"},
)
