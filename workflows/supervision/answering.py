"""What the supervised agency does: it answers, reports, corrects, or objects."""

from contracts import supervision as states
from workflows.law import SUPV
from workflows.procedure.model import Opens, Step, stages
from workflows.supervision.clocks import ANSWERS
from workflows.supervision.guards import MAY_STILL_OBJECT
from workflows.supervision.people import CASE, HEAD, LAW, LIAISON

ANSWERING = (
    Step(
        "answer",
        HEAD,
        stages("noticed", "supervised", "opinion_issued", "returned"),
        "answered",
        zh="书面答复",
        basis=SUPV(18),
        meets=ANSWERS,
        starts=("review",),
        payload=states.AnswerNotice,
    ),
    Step(
        "report_progress",
        LIAISON,
        stages("supervised"),
        zh="报告督办进展",
        basis=CASE,
        payload=states.ReportProgress,
    ),
    Step(
        "complete_correction",
        HEAD,
        stages("decided"),
        "corrected",
        zh="改正完毕",
        basis=SUPV(19),
        meets=("correction",),
        starts=("correction_report_10wd",),
        payload=states.CompleteCorrection,
    ),
    Step(
        "report_correction",
        HEAD,
        stages("corrected"),
        "answered",
        zh="报告改正情况",
        basis=SUPV(19),
        meets=("correction_report_10wd",),
        starts=("review",),
        payload=states.AnswerNotice,
    ),
    # nothing says that an objection stops the time to correct, so it does not
    Step(
        "object_to_decision",
        HEAD,
        stages("decided", "corrected"),
        zh="申请复查",
        basis=SUPV(20),
        needs=(MAY_STILL_OBJECT,),
        meets=("objection_5wd",),
        opens=Opens("objection"),
        payload=states.ObjectToDecision,
    ),
    Step(
        "lapse_objection",
        LAW,
        stages("decided", "corrected", "answered", "returned"),
        zh="逾期未申请复查",
        basis=SUPV(20),
        meets=("objection_5wd",),
    ),
)
