"""Puts the gauges unit together."""

from services.gauges.api import router
from services.gauges.effects import effects
from services.kit.running.procedure_unit import procedure_unit
from services.kit.running.unit import Unit
from services.kit.settings import Settings

NAME = "gauges"


def unit(settings: Settings) -> Unit:
    """The process that keeps the record of every gauge."""
    return procedure_unit(NAME, settings, routers=[router], effects=effects)
