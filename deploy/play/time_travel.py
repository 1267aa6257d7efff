"""Skips time for the procedures of one case and its matters, on the ordinary server.

Temporal's time skipping is experimental; this is the one file that knows of it. A drill goes to the
nearest due instant of any of its procedures, waits until all is quiet, and goes on: never in one
long jump, or a consequence of day 10 would begin on day 30.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode
from temporalio.testing import TimeSkipper

from contracts.legal_day import SHANGHAI
from contracts.procedure import ProcedureState, procedure_id
from contracts.says import Says
from deploy.play.quiet import NeverQuiet
from services.kit.clock import WallClock
from workflows.procedure.time.due import next_instant
from workflows.registry import PROCEDURES

A_SECOND = timedelta(seconds=1)
"""A workflow's own time lags a little behind ours."""
A_WHILE = timedelta(seconds=2)
"""What is shorter passes by itself."""
A_MOMENT_S = 0.1
PATIENCE_S = 60.0


class TimeTravel:
    """The drill's own time: the server's, shifted to its fixed dates, and what was skipped."""

    def __init__(
        self,
        client: Client,
        cases: Callable[[], Awaitable[Iterable[UUID]]],
        shift: timedelta,
        quiet: Callable[[], Awaitable[None]],
        passing: Callable[[datetime], None] = lambda _due: None,
    ) -> None:
        self._client = client
        self._skipper = TimeSkipper(client)
        self._cases = cases
        self._shift = shift
        self._quiet = quiet
        self._passing = passing
        self._clock = WallClock()
        self._skipped = timedelta(0)
        self._of: dict[str, timedelta] = {}

    def now(self) -> datetime:
        """Legal time in the drill."""
        return (self._clock.now() + self._shift + self._skipped).astimezone(SHANGHAI)

    def shift_s(self) -> int:
        """The shift of what begins now."""
        return round((self.now() - self._clock.now()).total_seconds())

    def began_now(self, id_: str) -> None:
        """A procedure began with that shift: nothing of what was skipped is left to skip for it."""
        self._of[id_] = self._skipped

    async def to(self, moment: datetime) -> None:
        """Let time pass up to a moment: what falls due on the way happens at its own instant."""
        await self._settle()
        moment += A_SECOND
        while (left := moment - self.now()) > timedelta(0):
            dues = [at for state in await self._running() if (at := next_instant(state))]
            nearest = min(dues, default=moment)
            if nearest < moment:
                await self._pass(nearest)
            elif left < A_WHILE:
                await asyncio.sleep(left.total_seconds())
            else:
                await self._skip(left)
            await self._settle()

    async def _pass(self, due: datetime) -> None:
        """Skip to shortly before an instant, and let it come by itself.

        A skip that goes a little beyond is overtaken by real time while the workflow is busy with
        what fell due; Temporal then goes on to its next timer, however far off that is.
        """
        ahead = due - A_SECOND - self.now()
        if ahead >= A_WHILE:
            self._passing(due)
            await self._skip(ahead)
        else:
            await asyncio.sleep(A_MOMENT_S)
        if self.now() - due > timedelta(seconds=PATIENCE_S):
            raise NeverQuiet(Says("未平静", f"never quiet: {due} does not pass"))

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
        """The procedures that run on the case, and on the matters that serve it."""
        found = []
        names = sorted({p.name for p in PROCEDURES})
        for id_ in [procedure_id(n, case) for case in await self._cases() for n in names]:
            try:
                about = await self._client.get_workflow_handle(id_).describe()
            except RPCError as error:
                if error.status != RPCStatusCode.NOT_FOUND:
                    raise
                continue
            if about.status == WorkflowExecutionStatus.RUNNING:
                found.append(id_)
        return found
