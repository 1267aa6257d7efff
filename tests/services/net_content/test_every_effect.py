"""Every effect of a net-content check, asked twice and failing."""

from tests.services.net_content.house import OWNER
from tests.services.net_content.ways import WAYS
from tests.support.owner.behaviour import EveryEffect


class TestEveryEffect(EveryEffect):
    effects, ways = OWNER.effects, WAYS
