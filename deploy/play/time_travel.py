"""Skips time for the procedures of one case, on the ordinary server.

Temporal's time skipping is experimental; this is the one file that knows of it. A drill goes to the
nearest due instant of any of its procedures, waits until all is quiet, and goes on: never in one
long jump, or a consequence of day 10 would begin on day 30.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from itertools import product
from uuid import UUID

from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode
from temporalio.testing import TimeSkipper

from contracts.legal_day import SHANGHAI
from contracts.procedure import ProcedureState, procedure_id
from services.kit.clock import Clock
from workflows.procedure.due import next_instant
from workflows.procedure.registry import PROCEDURES

A_SECOND = timedelta(seconds=1)
"""A workflow's own time lags a little behind ours."""
A_MOMENT = timedelta(milliseconds=200)
"""Beyond the instant itself, so that it has certainly passed."""


class TimeTravel:
    """The drill's own time: the server's, shifted to its fixed dates, and what was skipped."""

    def __init__(
        self,
        client: Client,
        case_id: UUID,
        shift: timedelta,
        quiet: Callable[[], Awaitable[None]],
        passing: Callable[[datetime], None] = lambda _due: None,
        *,
        linked: Callable[[], Awaitable[Sequence[UUID]]] | None = None,
    ) -> None:
        self._client = client
        self._skipper = TimeSkipper(client)
        self._case_id = case_id
        self._shift = shift
        self._quiet = quiet
        self._passing = passing
        self._linked = linked
        """Further cases that came of this one: their time goes with it."""
        self._clock = Clock()
        self._skipped = timedelta(0)
        self._of: dict[str, timedelta] = {}

    def now(self) -> datetime:
        """Legal time in the drill."""
        return (self._clock.now() + self._shift + self._skipped).astimezone(SHANGHAI)

    async def to(self, moment: datetime) -> None:
        """Let time pass up to a moment: what falls due on the way happens at its own instant."""
        await self._settle()
        moment += A_SECOND
        while (left := moment - self.now()) > timedelta(0):
            dues = [at for state in await self._running() if (at := next_instant(state))]
            nearest = min(dues, default=moment)
            if nearest < moment:
                self._passing(nearest)
            await self._skip(min(left, max(nearest - self.now() + A_MOMENT, A_MOMENT)))
            await self._settle()

    async def _settle(self) -> None:
        """Nothing is under way, and procedures that began meanwhile are at the same time."""
        await self._quiet()
        await self._skip(timedelta(0))
        await self._quiet()

    async def _skip(self, span: timedelta) -> None:
        self._skipped += span
        for id_ in await self._ids():
            behind = self._skipped - self._of.get(id_, timedelta(0))
            if behind > timedelta(0):
                handle = self._client.get_workflow_handle(id_)
                await self._skipper.fast_forward(handle, behind)
                self._of[id_] = self._skipped

    async def _running(self) -> list[ProcedureState]:
        handles = [self._client.get_workflow_handle(id_) for id_ in await self._ids()]
        return [await h.query("state", result_type=ProcedureState) for h in handles]

    async def _ids(self) -> list[str]:
        """The procedures that run on this case, and on what came of it."""
        found = []
        cases = [self._case_id, *(await self._linked() if self._linked else ())]
        for name, case_id in product(sorted({p.name for p in PROCEDURES}), cases):
            id_ = procedure_id(name, case_id)
            try:
                about = await self._client.get_workflow_handle(id_).describe()
            except RPCError as error:
                if error.status != RPCStatusCode.NOT_FOUND:
                    raise
                continue
            if about.status == WorkflowExecutionStatus.RUNNING:
                found.append(id_)
        return found
