"""Puts the enforcement unit together."""

from temporalio.client import Client
from temporalio.worker import Worker

from contracts.catalogue import NET_CONTENT
from contracts.topics import INTAKE
from services.enforcement.api import cases, files, intake, reporters
from services.enforcement.effects import effects
from services.enforcement.folder import Folder
from services.enforcement.handlers import handlers
from services.enforcement.vault import Vault
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

NAME = "enforcement"


def unit(settings: Settings) -> Unit:
    """The process that takes reports in and keeps the record of every case."""
    ours = settings.steelyard
    directory = DirectoryFile(ours.jurisdiction, ours.jurisdiction_keys).current
    writing = engine(settings.database, NAME, "worker")
    reading = engine(settings.database, NAME, "app")
    record, asked = sessions(writing, NAME), sessions(reading, NAME)
    hearing = Hearing(
        NAME,
        record,
        settings.kafka,
        handlers=handlers(directory, drills=ours.drills),
        topics=[INTAKE, NET_CONTENT.topic],
        directory=directory,
        drills=ours.drills,
    )
    submissions = Submissions(settings.kafka, INTAKE, hearing.reader)
    outcomes = Outcomes(NAME, dsn(settings.database, NAME, "app"))
    app = create_app(
        NAME,
        ours,
        routers=[cases.router, intake.router, reporters.router, files.router],
        identity=Identity(ours, directory),
        checks={"database": database_check(reading)},
        larger={"/files": ours.max_file_bytes},
        sessions=asked,
        directory=directory,
        clock=Clock(),
        taker=Taker(asked, settings.temporal, outcomes),
        submissions=submissions,
        vault=Vault(ours.reporter_keys),
        folder=Folder(ours.files_dir),
    )
    take_step = step_activity(NAME, record, effects(directory))

    def worker(client: Client) -> Worker:
        return activities_worker(client, NAME, [take_step])

    return Unit(
        name=NAME,
        settings=settings,
        app=app,
        hearing=hearing,
        relay=Relay(NAME, dsn(settings.database, NAME), settings.kafka.bootstrap_servers),
        workers=[worker],
        closing=[submissions.stop, outcomes.stop, writing.dispose, reading.dispose],
    )
