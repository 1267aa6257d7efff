"""Puts the unit of an owner together: what every service that keeps records of procedures runs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter

from contracts.agencies import Directory
from contracts.topics import INTAKE, Topic
from services.kit.clock import WallClock
from services.kit.directory.file import DirectoryFile
from services.kit.events.handling import Reaction
from services.kit.events.hearing import Hearing
from services.kit.events.outbox_relay import Relay
from services.kit.events.submitting import Submissions
from services.kit.http.application import create_app, database_check
from services.kit.http.steps import Taker
from services.kit.rights.identity import Identity
from services.kit.running.temporal import activities_worker
from services.kit.running.unit import Unit
from services.kit.settings import Settings
from services.kit.steps.activity import step_activity
from services.kit.steps.effects import Effects
from services.kit.steps.listening import StepListener
from services.kit.storage.database import dsn, engine, sessions


@dataclass(frozen=True)
class Parts:
    """What handlers may need of the unit they belong to."""

    directory: Callable[[], Directory]
    taker: Taker
    """Takes steps, as the API does."""
    drills: bool


def procedure_unit(
    name: str,
    settings: Settings,
    *,
    routers: Sequence[APIRouter],
    handlers: Callable[[Parts], Sequence[Callable[..., Reaction]]],
    effects: Callable[[Callable[[], Directory]], Effects],
    topics: Sequence[Topic],
    larger: Mapping[str, int] | None = None,
    **state: Any,
) -> Unit:
    """A service's process: its API, its ear, its relay, and the worker that records its steps.

    `topics`: what it hears, signed events of agencies among them. `larger`: paths whose bodies may
    have more bytes than others'. `state`: what the service's own routes find in the application.
    """
    ours = settings.steelyard
    directory = DirectoryFile(ours.jurisdiction, ours.jurisdiction_keys).current
    writing, reading = engine(settings.database, name), engine(settings.database, name, "app")
    record, shown = sessions(writing, name), sessions(reading, name)
    outcomes = StepListener(name, dsn(settings.database, name, "app"))
    taker = Taker(shown, settings.temporal, outcomes)
    hearing = Hearing(
        name,
        record,
        settings.kafka,
        handlers=handlers(Parts(directory, taker, ours.drills)),
        topics=topics,
        directory=directory,
        drills=ours.drills,
    )
    submissions = Submissions(settings.kafka, INTAKE, hearing.reader)
    app = create_app(
        name,
        ours,
        routers=routers,
        identity=Identity(ours, directory),
        checks={"database": database_check(reading)},
        larger=larger,
        sessions=shown,
        directory=directory,
        clock=WallClock(),
        taker=taker,
        submissions=submissions,
        **state,
    )
    take_step = step_activity(name, record, effects(directory))
    return Unit(
        name=name,
        settings=settings,
        app=app,
        hearing=hearing,
        relay=Relay(name, dsn(settings.database, name), settings.kafka.bootstrap_servers),
        workers=[lambda client: activities_worker(client, name, [take_step])],
        closing=[submissions.stop, outcomes.stop, writing.dispose, reading.dispose],
    )
