"""Puts the workflows unit together: the engine's worker, and the triggers that feed it."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from temporalio import activity
from temporalio.client import Client
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from contracts.catalogue import topics_of
from contracts.procedure import ProcedureState
from services.kit.directory.file import DirectoryFile
from services.kit.events.hearing import Hearing
from services.kit.http.application import create_app, database_check
from services.kit.running.temporal import BUILD_ID, GRACE, connect
from services.kit.running.unit import Unit
from services.kit.settings import Settings, TemporalSettings
from services.kit.storage.database import engine, sessions
from workflows import registry
from workflows.procedure.reckon import Reckoned, Reckoner
from workflows.procedure.time.calendar import Calendar, load_calendar
from workflows.registry import TRIGGERS
from workflows.triggers.runner import TriggerRunner
from workflows.workflow import ProcedureRun

NAME = "workflows"


def unit(settings: Settings) -> Unit:
    """The process that runs procedures. It owns no record: only its inbox and what it holds."""
    ours = settings.steelyard
    directory = DirectoryFile(ours.jurisdiction, ours.jurisdiction_keys).current
    working = engine(settings.database, NAME, "worker")
    reckoning = Reckoning(DirectoryFile(ours.jurisdiction), CalendarFile(ours.calendar))
    runner = TriggerRunner(Door(settings.temporal).client, directory, TRIGGERS)
    return Unit(
        name=NAME,
        settings=settings,
        app=create_app(NAME, ours, routers=[], checks={"database": database_check(working)}),
        hearing=Hearing(
            NAME,
            sessions(working, NAME),
            settings.kafka,
            handlers=list(runner.handlers()),
            topics=topics_of(trigger.event for trigger in TRIGGERS),
        ),
        workers=[lambda client: worker(client, reckoning)],
        closing=[working.dispose],
    )


def worker(client: Client, reckoning: "Reckoning", *, task_queue: str = NAME) -> Worker:
    """The worker of the engine.

    It goes without Temporal's sandbox, which took a third of its time: what procedures may import
    is checked before they run, and recorded histories are replayed in the sandbox.
    """
    return Worker(
        client,
        task_queue=task_queue,
        workflows=[ProcedureRun],
        activities=[reckoning.reckon],
        build_id=BUILD_ID,
        no_remote_activities=True,
        workflow_runner=UnsandboxedWorkflowRunner(),
        graceful_shutdown_timeout=GRACE,
        max_cached_workflows=2000,
    )


@dataclass
class CalendarFile:
    """The calendar as its file has it now."""

    path: Path
    _read: tuple[int, Calendar] | None = None

    def current(self) -> Calendar:
        modified = self.path.stat().st_mtime_ns
        if self._read is None or self._read[0] != modified:
            self._read = modified, load_calendar(self.path.read_text("utf-8"))
        return self._read[1]


@dataclass(frozen=True)
class Reckoning:
    """The local activity that works deadlines out."""

    directory: DirectoryFile
    calendar: CalendarFile

    @activity.defn(name="reckon")
    async def reckon(self, state: ProcedureState, now: datetime, anew: bool = False) -> Reckoned:
        """Deadlines, derivations and ladders from calendar and directory as they stand."""
        procedure = registry.find(state.procedure, state.version)
        reckoner = Reckoner(self.calendar.current(), self.directory.current())
        return reckoner.reckon(procedure, state, now, anew=anew)


@dataclass
class Door:
    """One lasting client, made when first asked for."""

    settings: TemporalSettings
    _client: Client | None = None
    _opening: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def client(self) -> Client:
        async with self._opening:
            if self._client is None:
                self._client = await connect(self.settings, lazy=True)
            return self._client
