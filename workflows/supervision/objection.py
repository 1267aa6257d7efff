"""An objection to a supervision decision (申请复查): replied to in ten working days."""

from contracts import supervision as states
from workflows.law import SUPV
from workflows.procedure.model import Step, Table, stages
from workflows.supervision.clocks import OBJECTION_CLOCKS
from workflows.supervision.people import SUPERVISOR

OBJECTION = Table(
    "objection",
    first="raised",
    ends=stages("upheld", "revised"),
    starts=("objection_reply_10wd",),
    clocks=OBJECTION_CLOCKS,
    steps=(
        Step(
            "uphold_decision",
            SUPERVISOR,
            stages("raised"),
            "upheld",
            zh="维持监督决定",
            basis=SUPV(20),
            meets=("objection_reply_10wd",),
            payload=states.ReplyToObjection,
        ),
        # what is revised is issued anew, or withdrawn
        Step(
            "revise_decision",
            SUPERVISOR,
            stages("raised"),
            "revised",
            zh="变更或撤销监督决定",
            basis=SUPV(20),
            meets=("objection_reply_10wd",),
            payload=states.ReplyToObjection,
        ),
    ),
    zh={"raised": "已申请复查", "upheld": "维持", "revised": "变更或撤销"},
)
