"""Which events open a net-content check, and tell it what was found."""

from typing import Any

from contracts.agencies import Directory
from contracts.net_content import CheckDrawn, FindingMade, RecheckFindingMade, RetestFindingMade
from workflows.triggers.model import Opening, Trigger


def _opening(event: CheckDrawn, _directory: Directory) -> Opening:
    facts = {"drawn_by": event.agency, "inspectors": list(event.inspectors)}
    return Opening((event.agency,), facts, event.drill_shift_s)


def _finding(event: FindingMade) -> dict[str, Any]:
    return event.model_dump(mode="json", include={"verdict", "finding_sha256", "laboratory"})


TRIGGERS = (
    Trigger(CheckDrawn, "net_content_check", opens=_opening),
    *(
        # the step's time is its receipt: what follows counts from when the agency knew
        Trigger(event, "net_content_check", step=step, payload=_finding, if_not_open="alarm")
        for event, step in (
            (FindingMade, "note_finding"),
            (RetestFindingMade, "note_retest"),
            (RecheckFindingMade, "note_recheck"),
        )
    ),
)
