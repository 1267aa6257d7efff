"""Puts the net-content unit together."""

from services.kit.running.procedure_unit import procedure_unit
from services.kit.running.unit import Unit
from services.kit.settings import Settings
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
ROUTERS = [
    campaigns.router,
    checks.router,
    findings.router,
    measurements.router,
    papers.router,
    register.router,
    trials.router,
]


def unit(settings: Settings) -> Unit:
    """The process that holds draws, judges lots and keeps the record of every check."""
    return procedure_unit(
        NAME,
        settings,
        routers=ROUTERS,
        handlers=lambda _: HANDLERS,
        effects=effects,
        larger={"/subjects": settings.steelyard.max_file_bytes},
    )
