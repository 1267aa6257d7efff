"""From suspicion to the police: team, report, the principal officer's decision, hand-over."""

from contracts import criminal_handoff as states
from workflows.criminal_handoff.clocks import PAPERS, both_readings
from workflows.criminal_handoff.guards import BY_TEAM, PAPERS_OWED, TEAM_OF_TWO
from workflows.criminal_handoff.people import CHIEF, INSPECTOR, LIAISON, UNIT_HEAD
from workflows.law import TRANS
from workflows.procedure.model import Opens, Step, stages

TRANSFER = (
    Step(
        "form_team",
        UNIT_HEAD,
        stages("suspected"),
        "verifying",
        zh="组成专案组",
        basis=TRANS(5),
        needs=(TEAM_OF_TWO,),
        keeps=("officers",),
        payload=states.FormTeam,
    ),
    Step(
        "report_to_chief",
        INSPECTOR,
        stages("verifying"),
        "reported",
        zh="书面报告正职负责人",
        basis=TRANS(5),
        needs=(BY_TEAM,),
        meets=("team_report",),
        starts=both_readings("chief_decision"),
        payload=states.ReportToChief,
    ),
    Step(
        "approve_transfer",
        CHIEF,
        stages("reported"),
        "approved",
        zh="批准移送",
        basis=TRANS(5),
        meets=both_readings("chief_decision"),
        starts=("hand_over_24h",),
        payload=states.ApproveTransfer,
    ),
    Step(
        "refuse_transfer",
        CHIEF,
        stages("reported"),
        "not_transferred",
        zh="不批准移送",
        basis=TRANS(5),
        meets=both_readings("chief_decision"),
        payload=states.RefuseTransfer,
    ),
    Step(
        "hand_over_papers",
        LIAISON,
        stages("approved"),
        "with_police",
        zh="移送公安机关",
        basis=TRANS(5, 6),
        keeps=("police", "document_no"),
        meets=("hand_over_24h",),
        starts=("answer_review",),
        opens=Opens("police", named="police", at_named=True, carries=("of_case", "document_no")),
        payload=states.HandOverPapers,
    ),
    Step(
        "supplement_papers",
        LIAISON,
        stages("with_police"),
        zh="补正材料",
        basis=PAPERS,
        needs=(PAPERS_OWED,),
        meets=("supplement_papers",),
        payload=states.SupplementPapers,
    ),
)
