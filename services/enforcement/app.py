"""Puts the enforcement unit together."""

from services.enforcement.api import cases, files, intake, reporters
from services.enforcement.effects import effects
from services.enforcement.folder import Folder
from services.enforcement.handlers import handlers
from services.enforcement.vault import Vault
from services.kit.running.procedure_unit import procedure_unit
from services.kit.running.unit import Unit
from services.kit.settings import Settings

NAME = "enforcement"


def unit(settings: Settings) -> Unit:
    """The process that takes reports in and keeps the record of every case."""
    ours = settings.steelyard
    return procedure_unit(
        NAME,
        settings,
        routers=[cases.router, intake.router, reporters.router, files.router],
        handlers=lambda parts: handlers(parts.directory, drills=parts.drills),
        effects=effects,
        larger={"/files": ours.max_file_bytes},
        vault=Vault(ours.reporter_keys),
        folder=Folder(ours.files_dir),
    )
