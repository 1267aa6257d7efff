"""Every effect of coordination's procedures, asked twice and failing."""

from tests.services.coordination.house import OWNER
from tests.services.coordination.ways import WAYS
from tests.support.owner.behaviour import EveryEffect


class TestEveryEffect(EveryEffect):
    effects, ways = OWNER.effects, WAYS
