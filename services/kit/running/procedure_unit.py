"""Puts the unit of an owner together: what every service that keeps records of procedures runs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter

from contracts.agencies import Directory
from contracts.catalogue import topics_of
from contracts.topics import INTAKE
from services.kit.clock import WallClock
from services.kit.directory.file import DirectoryFile
from services.kit.events.handling import Reaction, handlers_by_type
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
from services.kit.storage.database import Sessions, dsn, engine, sessions
from services.kit.storage.retention import keep_forgetting


@dataclass(frozen=True)
class Parts:
    """What handlers may need of the unit they belong to."""

    directory: Callable[[], Directory]
    taker: Taker
    """Takes steps, as the API does."""
    drills: bool


Handlers = Callable[[Parts], Sequence[Callable[..., Reaction]]]


def hears_nothing(_parts: Parts) -> Sequence[Callable[..., Reaction]]:
    """For a service that no event is news to: what opens its procedures, the engine hears."""
    return ()


def procedure_unit(
    name: str,
    settings: Settings,
    *,
    routers: Sequence[APIRouter],
    effects: Callable[[Callable[[], Directory]], Effects],
    handlers: Handlers = hears_nothing,
    larger: Mapping[str, int] | None = None,
    **state: Any,
) -> Unit:
    """A service's process: its API, its ear, its relay, and the worker that records its steps.

    Without `handlers` it has no ear. `larger`: paths whose bodies may have more bytes than
    others'. `state`: what the service's own routes find in the application.
    """
    ours = settings.steelyard
    directory = DirectoryFile(ours.jurisdiction, ours.jurisdiction_keys).current
    writing, reading = engine(settings.database, name), engine(settings.database, name, "app")
    record, shown = sessions(writing, name), sessions(reading, name)
    outcomes = StepListener(name, dsn(settings.database, name, "app"))
    taker = Taker(shown, settings.temporal, outcomes)
    reactions = handlers(Parts(directory, taker, ours.drills))
    hearing = _hearing(name, settings, record, reactions, directory) if reactions else None
    submissions = Submissions(settings.kafka, INTAKE, hearing.reader) if hearing else None
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
        background=[] if hearing else [lambda: keep_forgetting(record)],
        closing=[
            *([submissions.stop] if submissions else []),
            outcomes.stop,
            writing.dispose,
            reading.dispose,
        ],
    )


def _hearing(
    name: str,
    settings: Settings,
    record: Sessions,
    handlers: Sequence[Callable[..., Reaction]],
    directory: Callable[[], Directory],
) -> Hearing:
    """An ear on the topics on which what the handlers hear is told."""
    return Hearing(
        name,
        record,
        settings.kafka,
        handlers=handlers,
        topics=topics_of(handler.event for handler in handlers_by_type(handlers).values()),
        directory=directory,
        drills=settings.steelyard.drills,
    )
