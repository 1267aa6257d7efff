"""How an escalation is shown: whose it is to answer, and where."""

from contracts.agencies import Principal
from services.coordination.models import Escalation
from services.coordination.rules import responses as rules
from services.coordination.rules.openings import MATTERS
from services.coordination.rules.responses import FAST_RESPONSE
from services.coordination.views.escalations import EscalationView

STEPS_AT = {
    "enforcement_case": "/cases/{}/steps",
    FAST_RESPONSE: "/responses/{}/steps",
    "net_content_check": "/checks/{}/steps",
} | {name: f"/matters/{name}/{{}}/steps" for name in MATTERS}
"""Where the steps of a procedure are taken, and so the answers to its escalations."""


def escalation_view(row: Escalation, asking: Principal) -> EscalationView:
    steps_at = STEPS_AT.get(row.procedure)
    shown = row.model_dump() | {
        "yours": row.outcome is None and rules.may_answer(asking, row.agency, row.role),
        "steps_at": steps_at.format(row.case_id) if steps_at else None,
    }
    return EscalationView.model_validate(shown)
