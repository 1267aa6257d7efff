"""Puts the coordination unit together."""

from contracts.catalogue import TOPICS
from contracts.topics import INTAKE
from services.coordination.api import (
    escalations,
    intake,
    matters,
    operations,
    responses,
    stream,
)
from services.coordination.effects import effects
from services.coordination.handlers import handlers
from services.kit.clock import Clock
from services.kit.database import dsn, engine, sessions
from services.kit.directory import DirectoryFile
from services.kit.hearing import Hearing
from services.kit.outcomes import Outcomes
from services.kit.relay import Relay
from services.kit.running import Unit
from services.kit.security import Identity
from services.kit.settings import Settings
from services.kit.step_routes import Taker
from services.kit.steps import step_activity
from services.kit.submitting import Submissions
from services.kit.temporal import activities_worker
from services.kit.web import create_app, database_check

NAME = "coordination"
ROUTERS = [
    responses.router,
    escalations.router,
    *matters.ROUTERS,
    operations.router,
    stream.router,
    intake.router,
]


def unit(settings: Settings) -> Unit:
    """The process of fast responses, escalations and all matters between agencies."""
    ours = settings.steelyard
    directory = DirectoryFile(ours.jurisdiction, ours.jurisdiction_keys).current
    working = engine(settings.database, NAME, "worker")
    asking = engine(settings.database, NAME, "app")
    recording, reading = sessions(working, NAME), sessions(asking, NAME)
    outcomes = Outcomes(NAME, dsn(settings.database, NAME, "app"))
    taker = Taker(reading, settings.temporal, outcomes)
    hearing = Hearing(
        NAME,
        recording,
        settings.kafka,
        handlers=handlers(directory, taker.take, drills=ours.drills),
        topics=TOPICS,
        directory=directory,
        drills=ours.drills,
    )
    submissions = Submissions(settings.kafka, INTAKE, hearing.reader)
    app = create_app(
        NAME,
        ours,
        routers=ROUTERS,
        identity=Identity(ours, directory),
        checks={"database": database_check(asking)},
        sessions=reading,
        directory=directory,
        clock=Clock(),
        taker=taker,
        submissions=submissions,
    )
    take_step = step_activity(NAME, recording, effects(directory))
    return Unit(
        name=NAME,
        settings=settings,
        app=app,
        hearing=hearing,
        relay=Relay(NAME, dsn(settings.database, NAME), settings.kafka.bootstrap_servers),
        workers=[lambda client: activities_worker(client, NAME, [take_step])],
        closing=[submissions.stop, outcomes.stop, working.dispose, asking.dispose],
    )
