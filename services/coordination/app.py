"""Puts the coordination unit together."""

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
from services.kit.running.procedure_unit import procedure_unit
from services.kit.running.unit import Unit
from services.kit.settings import Settings

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
    return procedure_unit(
        NAME,
        settings,
        routers=ROUTERS,
        handlers=lambda parts: handlers(parts.directory, parts.taker.take, drills=parts.drills),
        effects=effects,
    )
