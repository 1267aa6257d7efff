"""The trigger runner: carries triggers out on Temporal.

The request id is made from the event's id, so hearing an event again is harmless. Triggers of one
case run one after another.
"""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID, uuid5

import structlog
from temporalio.client import Client, WorkflowUpdateFailedError
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from contracts.agencies import SYSTEM, Directory
from contracts.messages import CaseEvent
from contracts.procedure import OpenProcedure, TakeStep, procedure_id
from contracts.says import Says
from services.kit.errors import Refusal
from services.kit.events.handling import Heard, Reaction, hears
from workflows import registry
from workflows.triggers.model import Opening, Trigger

log = structlog.get_logger()
NAMESPACE = UUID("0c1f6c2e-5a1f-5d0e-9c55-6f3a4f0f7a11")


class TriggerNotOpen(Refusal):
    """An event asked for a step that its procedure does not have open."""

    def __init__(self, procedure: str, step: str, why: str) -> None:
        super().__init__(
            "trigger_not_open",
            Says(
                f"程序 {procedure} 中步骤「{step}」未开放。",
                f"{step!r} is not open in {procedure}: {why}",
            ),
        )


@dataclass(frozen=True)
class TriggerRunner:
    """Starts procedures and takes their steps as the table of triggers says."""

    client: Callable[[], Awaitable[Client]]
    directory: Callable[[], Directory]
    triggers: tuple[Trigger, ...]

    def handlers(self) -> Iterator[Callable[..., Reaction]]:
        """One handler for each event that triggers something, in the table's order."""
        by_event: dict[type[CaseEvent], list[Trigger]] = defaultdict(list)
        for trigger in self.triggers:
            by_event[trigger.event].append(trigger)
        for event, triggers in by_event.items():
            yield hears(event)(_handler(self, triggers))

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
        if trigger.if_not_open == "alarm":
            log.error("trigger_not_open", procedure=id_, step=step, says=why)
            raise TriggerNotOpen(id_, step, why)
        log.info("trigger_noted", procedure=id_, step=step, says=why)


def _handler(runner: TriggerRunner, triggers: list[Trigger]) -> Callable[..., Reaction]:
    """A handler that decides on calls alone: this unit has no record of its own to write."""

    def pull(heard: Heard[Any]) -> Reaction:
        """Start or advance the procedures of this event."""
        return Reaction(calls=[partial(runner.carry_out, trigger, heard) for trigger in triggers])

    return pull


def _reason(failed: WorkflowUpdateFailedError) -> str:
    cause = failed.cause
    return cause.message if isinstance(cause, ApplicationError) else str(cause)
