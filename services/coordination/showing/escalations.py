"""How an escalation is shown: whose it is to answer, and where."""

from contracts.agencies import Principal
from contracts.catalogue import find_procedure
from services.coordination.models import Escalation
from services.coordination.rules import responses as rules
from services.coordination.views.escalations import EscalationView


def escalation_view(row: Escalation, asking: Principal) -> EscalationView:
    procedure = find_procedure(row.procedure)
    shown = row.model_dump() | {
        "yours": row.outcome is None and rules.may_answer(asking, row.agency, row.role),
        "steps_at": procedure.steps_at(row.case_id) if procedure else None,
    }
    return EscalationView.model_validate(shown)
