"""Which event starts or advances which procedure: a table, and the hand that carries it out.

A procedure never calls another; both hear events. The event's id is the request id, so hearing it
again is harmless. Triggers of one case run one after another.
"""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Literal
from uuid import UUID, uuid5

import structlog
from temporalio.client import Client, WorkflowUpdateFailedError
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from contracts.agencies import MARKET_REGULATION, SYSTEM, Directory
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
from contracts.legal_day import legal_day
from contracts.messages import CaseEvent
from contracts.plans import ENFORCEMENT
from contracts.procedure import OpenProcedure, TakeStep, procedure_id
from services.kit.errors import Refusal
from services.kit.hearing import Decision, Heard, hears
from workflows.procedure import registry

log = structlog.get_logger()
NAMESPACE = UUID("0c1f6c2e-5a1f-5d0e-9c55-6f3a4f0f7a11")

IfNotOpen = Literal["note", "hold", "alarm"]
"""`note`: on record, and on; `hold`: again as the case moves; `alarm`: set aside, loudly."""


@dataclass(frozen=True)
class Opening:
    """Where a procedure starts: at which agencies, with which facts."""

    agencies: tuple[str, ...]
    facts: dict[str, Any]
    shift_s: int = 0


@dataclass(frozen=True)
class Trigger:
    """One row: an event, the procedure of its case, and what happens to it."""

    event: type[CaseEvent]
    procedure: str | Callable[[Any], str]
    """Its name, or where the event names it."""
    of: Callable[[Any], UUID | None] = lambda event: event.case_id
    """Whose it is: the event's own case or, of an event about another's, that one; None if it is
    about no case.
    """
    opens: Callable[[Any, Directory], Opening | None] | None = None
    step: str | None = None
    payload: Callable[[Any], dict[str, Any]] | None = None
    if_not_open: IfNotOpen = "note"

    def name(self, event: CaseEvent) -> str:
        """Of the procedure this event is for."""
        return self.procedure if isinstance(self.procedure, str) else self.procedure(event)


# ── the table ────────────────────────────────────────────────────────────────────────────────────


def _case(event: CaseOpened, _directory: Directory) -> Opening:
    return Opening((event.agency,), {"level": event.level}, event.drill_shift_s)


def _response(event: CaseOpened | LevelRaised, directory: Directory) -> Opening | None:
    """A level that mobilises sets off a response; every rung below the top owes a report up."""
    if not event.mobilises:
        return None
    line = (event.agency, *directory.chain(event.agency, legal_day(event.occurred_at)))
    facts: dict[str, Any] = {"level": event.level, "reports_by": list(line[:-1])}
    if isinstance(event, CaseOpened):
        facts |= {"violation": event.violation, "region": event.region}
    return Opening((event.agency,), facts, event.drill_shift_s)


def _matter(event: MatterOpened, _directory: Directory) -> Opening:
    return Opening(event.agencies, event.facts, event.drill_shift_s)


JOINT_LEVELS = ("I", "II")
"""Levels whose response is joined by other agencies; ours: no text says at which."""


def _operation(event: ResponseMobilised, directory: Directory) -> Opening | None:
    """A grave response is led jointly: whom the jurisdiction names for enforcement is invited."""
    if event.level not in JOINT_LEVELS:
        return None
    on = legal_day(event.occurred_at)
    facts = {
        "level": event.level,
        "of_case": str(event.case_id),
        "invited": _partners(event, directory, on),
        "reply_by": _local_day(directory, "invitation_reply", event.occurred_at, on),
        "due_on": _local_day(directory, "joint_conclusion", event.occurred_at, on),
    }
    return Opening((event.agency,), facts, event.drill_shift_s)


def _partners(event: ResponseMobilised, directory: Directory, on: date) -> list[str]:
    """The other authorities the jurisdiction names for this kind of violation, near the place."""
    about = event.violation or ENFORCEMENT
    found = (directory.agency(c, on) for c in directory.partners(about, on, event.region))
    return [a.code for a in found if a and a.is_authority and a.kind != MARKET_REGULATION]


def _local_day(directory: Directory, clock: str, since: datetime, on: date) -> str:
    """The day on which so much of the jurisdiction's time has passed."""
    local = directory.local_clock(clock, on)
    if local is None:
        raise NoLocalClock(f"{directory.jurisdiction} gives no {clock}")
    unit = {"hours": "hours", "minutes": "minutes"}.get(local.unit, "days")
    return legal_day(since + timedelta(**{unit: local.number})).isoformat()


def _handoff(event: CaseReferred, _directory: Directory) -> Opening:
    facts = {
        "of_case": str(event.case_id),
        "report_by": event.report_by.isoformat(),
        "standing": list(event.standing),
        "fine_paid_yuan": str(event.fine_paid_yuan),
    }
    return Opening((event.agency,), facts, event.drill_shift_s)


def _of_case(event: CrimeTransferred | CrimeAccepted | CrimeDeclined | CrimeReturned) -> UUID:
    return event.of_case


def _stating(**fields: str) -> Callable[[CaseEvent], dict[str, Any]]:
    """A payload of the event's own fields, with the moment it came about; by the step's names."""

    def payload(event: CaseEvent) -> dict[str, Any]:
        said = event.model_dump(mode="json")
        return {"happened_at": said["occurred_at"]} | {to: said[of] for to, of in fields.items()}

    return payload


HANDOFF = (
    Trigger(CaseReferred, "criminal_handoff", of=lambda event: event.handoff, opens=_handoff),
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
    Trigger(CaseOpened, "enforcement_case", opens=_case),
    Trigger(CaseOpened, "fast_response", opens=_response),
    Trigger(LevelRaised, "fast_response", opens=_response),
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
    Trigger(MatterOpened, lambda event: str(event.procedure), opens=_matter),
    Trigger(ResponseMobilised, "joint_enforcement", opens=_operation),
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


# ── the hand ─────────────────────────────────────────────────────────────────────────────────────


class NoLocalClock(LookupError):
    """The jurisdiction's file lacks a length that the opening of a procedure needs."""


class TriggerNotOpen(Refusal):
    """An event asked for a step that its procedure does not have open."""

    def __init__(self, procedure: str, step: str, why: str) -> None:
        super().__init__(
            "trigger_not_open",
            f"{step!r} is not open in {procedure}: {why}",
            f"程序 {procedure} 中步骤「{step}」未开放。",
        )


class StepHeld(Exception):
    """A step not open yet, asked for again as the case moves."""


@dataclass(frozen=True)
class Hand:
    """Carries triggers out on Temporal."""

    client: Callable[[], Awaitable[Client]]
    directory: Callable[[], Directory]
    triggers: tuple[Trigger, ...] = TRIGGERS

    def handlers(self) -> Iterator[Callable[..., Decision]]:
        """One handler for each event that triggers something, in the table's order."""
        by_event: dict[type[CaseEvent], list[Trigger]] = defaultdict(list)
        for trigger in self.triggers:
            by_event[trigger.event].append(trigger)
        for event, triggers in by_event.items():
            yield hears(event)(partial_decision(self, triggers))

    async def carry_out(self, trigger: Trigger, heard: Heard[Any]) -> None:
        """Start the procedure, or take its step."""
        what, name, of = trigger.step or "open", trigger.name(heard.event), trigger.of(heard.event)
        if of is None:
            return
        request = uuid5(NAMESPACE, f"{heard.envelope.id}:{name}:{what}")
        if trigger.opens is not None:
            opening = trigger.opens(heard.event, self.directory())
            if opening is not None:
                await self._open(trigger, heard.event, of, opening, request)
        if trigger.step is not None:
            await self._take(trigger, heard.event, of, request)

    async def _open(
        self, trigger: Trigger, event: CaseEvent, of: UUID, opening: Opening, request: UUID
    ) -> None:
        procedure = registry.latest(trigger.name(event))
        client = await self.client()
        try:
            await client.start_workflow(
                "procedure.v1",
                OpenProcedure(
                    procedure=procedure.name,
                    version=procedure.version,
                    case_id=of,
                    agencies=opening.agencies,
                    opened_at=event.occurred_at,
                    request_id=request,
                    facts=opening.facts,
                    shift_s=opening.shift_s,
                ),
                id=procedure_id(procedure.name, of),
                task_queue="workflows",
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            )
        except WorkflowAlreadyStartedError:
            log.info("procedure_ran_before", procedure=procedure.name, case_id=str(of))

    async def _take(self, trigger: Trigger, event: CaseEvent, of: UUID, request: UUID) -> None:
        assert trigger.step is not None, "asked for only where the row names a step"
        payload = trigger.payload(event) if trigger.payload else {}
        asked = TakeStep(request_id=request, step=trigger.step, by=SYSTEM, payload=payload)
        id_ = procedure_id(trigger.name(event), of)
        handle = (await self.client()).get_workflow_handle(id_)
        try:
            await handle.execute_update("take", asked, id=str(request))
        except WorkflowUpdateFailedError as failed:
            self._not_open(trigger, id_, str(_reason(failed)))
        except RPCError as error:
            if error.status != RPCStatusCode.NOT_FOUND:
                raise
            self._not_open(trigger, id_, "it is not running")

    def _not_open(self, trigger: Trigger, id_: str, why: str) -> None:
        step = str(trigger.step)
        if trigger.if_not_open == "hold":
            raise StepHeld(f"{id_}: {step} is not open yet ({why})")
        if trigger.if_not_open == "alarm":
            log.error("trigger_not_open", procedure=id_, step=step, says=why)
            raise TriggerNotOpen(id_, step, why)
        log.info("trigger_noted", procedure=id_, step=step, says=why)


def partial_decision(hand: Hand, triggers: list[Trigger]) -> Callable[..., Decision]:
    """A handler that decides on calls alone: what they write belongs to others."""

    def pull(heard: Heard[Any]) -> Decision:
        """Start or advance the procedures of this event."""
        return Decision(calls=[partial(hand.carry_out, trigger, heard) for trigger in triggers])

    return pull


def _reason(failed: WorkflowUpdateFailedError) -> str:
    cause = failed.cause
    return cause.message if isinstance(cause, ApplicationError) else str(cause)
