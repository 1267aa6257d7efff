"""A way to each effect of a review: they are all on one path."""

from tests.services.gauges.house import OWNER, reviewed
from tests.support.owner.behaviour import ways_by

WAYS = ways_by([reviewed], OWNER.effects)
