"""The Temporal wrapper: one step at a time, under the law's clocks, and never forgetting where it
was.
"""

import asyncio
from datetime import datetime, timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError, ApplicationError

with workflow.unsafe.imports_passed_through():
    from contracts.legal_day import SHANGHAI
    from contracts.procedure import (
        OpenProcedure,
        ProcedureState,
        RecordStep,
        StepOutcome,
        TakeStep,
    )
    from workflows import registry
    from workflows.procedure.reckon import Reckoned, adopt
    from workflows.procedure.refusal import StepRefused
    from workflows.procedure.state import Taken, open_steps, opened, take
    from workflows.procedure.time import due

PATIENT = RetryPolicy(
    initial_interval=timedelta(milliseconds=200),
    backoff_coefficient=2.0,
    maximum_interval=timedelta(seconds=20),
)
"""Without limit: a fault is asked again until the service answers; a refusal never is."""

OUT_OF_STEP = "out_of_step"
"""The record is at another step than we are: to go on would be to write history anew."""


@workflow.defn(name="procedure.v1")
class ProcedureRun:
    """One procedure on one case."""

    @workflow.init
    def __init__(self, opening: OpenProcedure) -> None:
        self._opening = opening
        self._procedure = registry.find(opening.procedure, opening.version)
        self._state = opening.state or opened(self._procedure, opening).state
        self._recorded = opening.state is not None
        self._turn = asyncio.Lock()
        self._changes = 0
        self._upgrade = False
        self._again = False
        self._stopped: ApplicationError | None = None
        self._sleeps_on = False

    @workflow.run
    async def run(self, opening: OpenProcedure) -> str:
        """Runs until the main line ends; answers with its last stage."""
        self._sleeps_on = workflow.patched("sleep-on")
        if not self._recorded:
            try:
                await self._open()
            except ApplicationError as refused:
                if refused.type == "already_open":
                    return "already_open"
                raise
        while not self._state.ended:
            if self._upgrade or workflow.info().is_continue_as_new_suggested():
                await workflow.wait_condition(workflow.all_handlers_finished)
                workflow.continue_as_new(opening.model_copy(update={"state": self._state}))
            await self._until_due()
            if self._stopped:
                workflow.logger.error("procedure stopped: %s", self._stopped)
                raise self._stopped
            if self._again:
                self._again = False
                await self._take_itself(self._reckoning())
            elif asked := self._due():
                await self._take_itself(asked)
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self._state.lines[0].stage

    @workflow.update(name="take")
    async def take_step(self, request: TakeStep) -> StepOutcome:
        """A person, an agency's system or a trigger takes a step."""
        await workflow.wait_condition(lambda: self._recorded)
        return await self._take(request)

    @take_step.validator
    def check_step(self, request: TakeStep) -> None:
        """Refuse what the state forbids already: such a refusal leaves no history.

        While a step is being taken, its record may be ahead of us: then it is judged in turn.
        """
        if self._turn.locked():
            return
        try:
            take(self._procedure, self._state, request, self._now())
        except StepRefused as refused:
            raise _as_error(refused) from None

    @workflow.query(name="state")
    def state(self) -> ProcedureState:
        return self._state

    @workflow.signal(name="reckon_again")
    def reckon_again(self) -> None:
        """Calendar or directory have changed: work the deadlines out anew."""
        self._again = True
        self._changes += 1

    @workflow.signal(name="upgrade")
    def upgrade(self) -> None:
        """Go on as a new run, on the engine code of today."""
        self._upgrade = True
        self._changes += 1

    # ── inside ───────────────────────────────────────────────────────────────────────────────────

    def _now(self) -> datetime:
        """Legal time: the server's, plus a drill's shift."""
        return workflow.now().astimezone(SHANGHAI) + timedelta(seconds=self._state.shift_s)

    async def _open(self) -> None:
        async with self._turn:
            await self._commit(opened(self._procedure, self._opening))
            self._recorded = True

    def _due(self) -> TakeStep | None:
        return due.due(self._procedure, self._state, self._now())

    async def _take(self, request: TakeStep) -> StepOutcome:
        """For someone else: in turn, and checked again, for the turn before may have changed it."""
        async with self._turn:
            try:
                taken = take(self._procedure, self._state, request, self._now())
            except StepRefused as refused:
                raise _as_error(refused) from None
            try:
                return await self._commit(taken)
            except ApplicationError as refused:
                if refused.type == OUT_OF_STEP:
                    self._stopped = refused
                    self._changes += 1
                raise

    async def _take_itself(self, request: TakeStep) -> None:
        """By the clock. A person who came first may have made it pointless: then nothing happens.

        A refusal here is a fault of the tables or of the record: it ends the run, loudly.
        """
        async with self._turn:
            if not self._state.ended and request in (self._due(), self._reckoning()):
                taken = take(self._procedure, self._state, request, self._now())
                await self._commit(taken)

    def _reckoning(self) -> TakeStep:
        return due.asked_of_itself(self._state, "reckon_again")

    async def _commit(self, taken: Taken) -> StepOutcome:
        """Deadlines, then the owner's one transaction, then our own memory: in that order."""
        now = self._now()
        asked = taken.step
        reckoned = await self._reckoned(taken.state, now, anew=asked.step == "reckon_again")
        after, corrections = adopt(taken.state, reckoned, now)
        line = next((x for x in after.lines if x.key == taken.line), None)
        record = RecordStep(
            request_id=asked.request_id,
            digest=asked.digest,
            procedure=after.procedure,
            case_id=after.case_id,
            seq=after.seq,
            step=asked.step,
            line=taken.line,
            table=line.table if line else "",
            basis=taken.basis,
            by=asked.by.model_copy(update={"roles": (taken.role,)}),
            payload=asked.payload,
            taken_at=now,
            happened_at=taken.happened_at,
            state=after,
            open_steps=open_steps(self._procedure, after),
            tells=(*taken.tells, *corrections),
        )
        try:
            outcome: StepOutcome = await workflow.execute_activity(
                f"{self._procedure.owner}.take_step",
                record,
                task_queue=self._procedure.owner,
                result_type=StepOutcome,
                start_to_close_timeout=timedelta(seconds=30),
                retry_policy=PATIENT,
            )
        except ActivityError as failed:
            if isinstance(failed.cause, ApplicationError):
                raise failed.cause from None
            raise
        if outcome.seq == after.seq:  # otherwise a repeat, written down before
            self._state = after
            self._changes += 1
        return outcome

    async def _reckoned(self, state: ProcedureState, now: datetime, *, anew: bool) -> Reckoned:
        reckoned: Reckoned = await workflow.execute_local_activity(
            "reckon",
            args=[state, now, anew],
            result_type=Reckoned,
            start_to_close_timeout=timedelta(seconds=10),
            retry_policy=PATIENT,
        )
        return reckoned

    async def _until_due(self) -> None:
        """Sleep until the nearest instant of the state, or until something is to be done before.

        A step that only moves that instant further away leaves the sleeper alone: it wakes for
        nothing and sleeps on, which costs the server less than a new timer at each step.
        """
        seen = self._changes
        at = due.next_instant(self._state)
        wait = None if at is None else at - self._now()
        if wait is not None and wait <= timedelta(0):
            return
        try:
            await workflow.wait_condition(lambda: self._is_roused(seen, at), timeout=wait)
        except TimeoutError:
            return

    def _is_roused(self, seen: int, moment: datetime | None) -> bool:
        if self._changes == seen or not self._sleeps_on:
            return self._changes != seen
        if self._state.ended or self._stopped or self._again or self._upgrade:
            return True
        instant = due.next_instant(self._state)
        sooner = instant is not None and (moment is None or instant < moment)
        return sooner or workflow.info().is_continue_as_new_suggested()


def _as_error(refused: StepRefused) -> ApplicationError:
    detail = {"zh": refused.says.zh, "en": refused.says.en, **refused.fields}
    return ApplicationError(str(refused), detail, type=refused.code, non_retryable=True)
