"""Which event starts or advances which procedure of enforcement and coordination: a table.

A procedure never calls another; both hear events. Other services' procedures have their rows
beside their own tables; `workflows.registry.TRIGGERS` has them all.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from contracts.coordination import (
    CrimeAccepted,
    CrimeDeclined,
    CrimeReturned,
    CrimeTransferred,
    JurisdictionFixed,
    MatterOpened,
    ResponseMobilised,
)
from contracts.enforcement import CaseHandedOver, CaseOpened, CaseReferred, LevelRaised
from contracts.messages import CaseEvent
from workflows.triggers import openings
from workflows.triggers.model import Trigger


def _of_case(event: CrimeTransferred | CrimeAccepted | CrimeDeclined | CrimeReturned) -> UUID:
    return event.of_case


def _stating(**fields: str) -> Callable[[CaseEvent], dict[str, Any]]:
    """A payload of the event's own fields, with the moment it came about; by the step's names."""

    def payload(event: CaseEvent) -> dict[str, Any]:
        said = event.model_dump(mode="json")
        return {"happened_at": said["occurred_at"]} | {to: said[of] for to, of in fields.items()}

    return payload


HANDOFF = (
    Trigger(
        CaseReferred, "criminal_handoff", of=lambda event: event.handoff, opens=openings.handoff
    ),
    Trigger(
        CrimeTransferred,
        "fast_response",
        of=_of_case,
        step="note_hand_over",
        payload=_stating(to="police"),
    ),
    Trigger(
        CrimeTransferred,
        "joint_enforcement",
        of=_of_case,
        step="note_hand_over",
        payload=_stating(to="police"),
    ),
    # a case whose decision stands does not wait: there it is noted, and no more
    Trigger(
        CrimeDeclined,
        "enforcement_case",
        of=_of_case,
        step="resume_from_police",
        payload=_stating(handoff="case_id", declined_by="by"),
    ),
    Trigger(
        CrimeAccepted,
        "enforcement_case",
        of=_of_case,
        step="hand_over_to_justice",
        payload=_stating(handoff="case_id", to="police"),
    ),
    Trigger(
        CrimeReturned,
        "enforcement_case",
        of=_of_case,
        step="take_case_back",
        payload=_stating(handoff="case_id", returned_by="by"),
    ),
)
"""The criminal hand-off, and the case that waits for it."""

JURISDICTION = Trigger(
    JurisdictionFixed,
    "enforcement_case",
    of=lambda event: event.of_case,
    step="change_jurisdiction",
    # without the moment: a case that took a step meanwhile moves all the same
    payload=lambda event: (
        event.model_dump(mode="json", include={"by", "how", "parties"}) | {"to_agency": event.to}
    ),
    # a case that stays where it is, against what was fixed, is for someone to look at
    if_not_open="alarm",
)

TRIGGERS = (
    Trigger(CaseOpened, "enforcement_case", opens=openings.case),
    Trigger(CaseOpened, "fast_response", opens=openings.response),
    Trigger(LevelRaised, "fast_response", opens=openings.response),
    Trigger(
        LevelRaised,
        "fast_response",
        step="raise_level",
        payload=lambda event: {"level": event.level},
        if_not_open="note",
    ),
    Trigger(
        CaseHandedOver,
        "fast_response",
        step="note_hand_over",
        payload=lambda event: {"to": event.to, "happened_at": event.occurred_at.isoformat()},
        if_not_open="note",
    ),
    Trigger(MatterOpened, lambda event: str(event.procedure), opens=openings.matter),
    Trigger(ResponseMobilised, "joint_enforcement", opens=openings.operation),
    Trigger(
        CaseHandedOver,
        "joint_enforcement",
        step="note_hand_over",
        payload=lambda event: {"to": event.to, "happened_at": event.occurred_at.isoformat()},
        if_not_open="note",
    ),
    *HANDOFF,
    JURISDICTION,
)
