"""How a matter is shown, as far as the asker may see it."""

from collections.abc import Sequence

from contracts.agencies import Principal
from contracts.procedure import ProcedureState
from services.coordination.models import Escalation, Matter, Paper
from services.coordination.queries.matters import VisibleMatter
from services.coordination.rules.sharing import home, seen_of, steps_seen
from services.coordination.showing.escalations import escalation_view
from services.coordination.views.matters import MatterSummary, MatterView, PaperView


def matter_summary(matter: Matter) -> MatterSummary:
    return MatterSummary.model_validate(matter)


def matter_view(
    found: VisibleMatter,
    asking: Principal,
    *,
    papers: Sequence[Paper],
    escalations: Sequence[Escalation],
) -> MatterView:
    matter, state = found.matter, found.state
    shown = matter.model_dump() | {"case_id": matter.id, "whole": found.may.whole}
    if not (found.may.whole or found.may.shared):
        shown["outcome"] = None
    procedure: dict[str, object] = {"lines": (), "clocks": (), "open_steps": (), "escalations": ()}
    if state is not None:
        procedure = _procedure(found, state, asking, escalations)
    return MatterView.model_validate(
        shown | procedure | {"papers": [PaperView.model_validate(paper) for paper in papers]}
    )


def _procedure(
    matter: VisibleMatter,
    state: ProcedureState,
    asking: Principal,
    escalations: Sequence[Escalation],
) -> dict[str, object]:
    part = seen_of(state, matter.may)
    mine = [row for row in escalations if matter.may.shows("line", home(state, row.key))]
    return {
        "lines": part.lines,
        "clocks": part.clocks,
        "open_steps": steps_seen(matter.open_steps, state, matter.may),
        "escalations": [escalation_view(row, asking) for row in mine],
    }
