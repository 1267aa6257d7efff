"""Gauges as its tests know it, and a review played step by step."""

from contracts.agencies import Role
from services.gauges.app import unit
from services.gauges.effects import effects
from tests.support.directories import directory, person
from tests.support.owner.house import Owner
from tests.support.recorded import Recorded
from workflows.gauge_review import GAUGE_REVIEW

OWNER = Owner("gauges", unit, effects(directory), directory())


def reviewed() -> Recorded:
    """From its opening to its end."""
    play = Recorded(GAUGE_REVIEW, level="IV")
    play.take("examine_gauge", person(Role.INSPECTOR), deviation_um=4711)
    play.take("close_review", person(Role.HEAD), outcome="beyond", reasons="超差")
    return play
