"""Puts the oversight unit together."""

from contracts.catalogue import TOPICS
from services.kit.directory.file import DirectoryFile
from services.kit.events.hearing import Hearing
from services.kit.http.application import create_app, database_check
from services.kit.rights.identity import Identity
from services.kit.running.unit import Unit
from services.kit.settings import Settings
from services.kit.storage.database import engine, sessions
from services.oversight.api import router
from services.oversight.checkpointing import Checkpoints
from services.oversight.handlers import keep
from services.oversight.keys import AuditSettings, checkpoint_key

NAME = "oversight"


def unit(settings: Settings) -> Unit:
    """The process that keeps the audit log."""
    ours = settings.steelyard
    directory = DirectoryFile(ours.jurisdiction, ours.jurisdiction_keys).current
    appending = engine(settings.database, NAME, "worker")
    reading = engine(settings.database, NAME, "app")
    checkpoints = Checkpoints(sessions(appending, NAME), checkpoint_key(AuditSettings()))
    app = create_app(
        NAME,
        ours,
        routers=[router],
        identity=Identity(ours, directory),
        checks={"database": database_check(reading)},
        sessions=sessions(reading, NAME),
    )
    hearing = Hearing(
        NAME,
        sessions(appending, NAME),
        settings.kafka,
        handlers=[keep],
        topics=TOPICS,
        directory=directory,
        drills=ours.drills,
    )
    return Unit(
        name=NAME,
        settings=settings,
        app=app,
        hearing=hearing,
        background=[checkpoints.run],
        closing=[checkpoints.try_one, appending.dispose, reading.dispose],
    )
