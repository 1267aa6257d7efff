"""Puts the net-content unit together."""

from contracts.topics import INTAKE
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
from services.kit.temporal import activities_worker
from services.kit.web import create_app, database_check
from services.net_content.api import (
    campaigns,
    checks,
    findings,
    measurements,
    papers,
    register,
    trials,
)
from services.net_content.effects import effects
from services.net_content.handlers import HANDLERS

NAME = "net_content"


def unit(settings: Settings) -> Unit:
    """The process that holds draws, judges lots and keeps the record of every check."""
    ours = settings.steelyard
    directory = DirectoryFile(ours.jurisdiction, ours.jurisdiction_keys).current
    writing = engine(settings.database, NAME, "worker")
    reading = engine(settings.database, NAME, "app")
    record, asked = sessions(writing, NAME), sessions(reading, NAME)
    outcomes = Outcomes(NAME, dsn(settings.database, NAME, "app"))
    app = create_app(
        NAME,
        ours,
        routers=[
            campaigns.router,
            checks.router,
            findings.router,
            measurements.router,
            papers.router,
            register.router,
            trials.router,
        ],
        identity=Identity(ours, directory),
        checks={"database": database_check(reading)},
        larger={"/subjects": ours.max_file_bytes},
        sessions=asked,
        directory=directory,
        clock=Clock(),
        taker=Taker(asked, settings.temporal, outcomes),
    )
    hearing = Hearing(
        NAME,
        record,
        settings.kafka,
        handlers=HANDLERS,
        topics=[INTAKE],
        directory=directory,
        drills=ours.drills,
    )
    take_step = step_activity(NAME, record, effects(directory))
    return Unit(
        name=NAME,
        settings=settings,
        app=app,
        hearing=hearing,
        relay=Relay(NAME, dsn(settings.database, NAME), settings.kafka.bootstrap_servers),
        workers=[lambda client: activities_worker(client, NAME, [take_step])],
        closing=[outcomes.stop, writing.dispose, reading.dispose],
    )
