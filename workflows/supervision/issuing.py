"""What the supervisor does: it issues a paper, looks at the answer, accepts or returns it."""

from contracts import supervision as states
from workflows.law import SUPV
from workflows.procedure.model import Step, stages
from workflows.supervision.clocks import ANSWERS
from workflows.supervision.guards import OBJECTIONS_REPLIED, OF_A_CASE
from workflows.supervision.people import CASE, GOVERNMENT, SUPERVISOR

PREPARED = stages("prepared")
ANSWERED = stages("answered")
RUNNING = stages(
    "prepared",
    "noticed",
    "supervised",
    "opinion_issued",
    "decided",
    "corrected",
    "answered",
    "returned",
)

ISSUING = (
    Step(
        "issue_notice",
        SUPERVISOR,
        PREPARED,
        "noticed",
        zh="发执法监督通知书",
        basis=SUPV(18),
        meets=("issue",),
        starts=("notice_answer_10wd",),
        payload=states.IssueNotice,
    ),
    # a decision follows a notice that was not answered, or answered badly; or it comes at once
    Step(
        "issue_decision",
        SUPERVISOR,
        stages("prepared", "noticed", "decided", "answered", "returned"),
        "decided",
        zh="发执法监督决定书",
        basis=SUPV(19),
        needs=(OBJECTIONS_REPLIED,),
        keeps=("correct_by",),
        meets=("issue", "review", *ANSWERS),
        starts=("correction", "objection_5wd"),
        payload=states.IssueDecision,
    ),
    Step(
        "supervise_case",
        SUPERVISOR,
        PREPARED,
        "supervised",
        zh="案件督办",
        basis=CASE,
        needs=(OF_A_CASE,),
        meets=("issue",),
        starts=("supervised_case_report",),
        payload=states.SuperviseCase,
    ),
    Step(
        "issue_government_opinion",
        SUPERVISOR,
        PREPARED,
        "opinion_issued",
        zh="发行政执法监督意见书",
        basis=GOVERNMENT,
        meets=("issue",),
        starts=("government_report",),
        payload=states.IssueGovernmentOpinion,
    ),
    Step(
        "accept_answer",
        SUPERVISOR,
        ANSWERED,
        "closed",
        zh="认可答复",
        basis=SUPV(18, 19),
        needs=(OBJECTIONS_REPLIED,),
        meets=("review",),
        payload=states.AcceptAnswer,
    ),
    Step(
        "return_answer",
        SUPERVISOR,
        ANSWERED,
        "returned",
        zh="退回答复",
        basis=SUPV(18, 19),
        keeps=("answer_by",),
        meets=("review",),
        starts=("second_answer",),
        payload=states.ReturnAnswer,
    ),
    Step(
        "withdraw",
        SUPERVISOR,
        RUNNING,
        "withdrawn",
        zh="撤回",
        basis=SUPV(18, 19),
        payload=states.WithdrawSupervision,
    ),
)
