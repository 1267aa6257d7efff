"""A way to each effect of coordination's procedures: the first play in which it is taken."""

from collections.abc import Callable
from functools import partial

from tests.services.coordination import between, handoffs
from tests.services.coordination.house import COUNTY_GOVERNMENT, OWNER
from tests.services.coordination.operations import cancelled, three_agencies
from tests.services.coordination.responses import escalated, fought_through
from tests.support.owner.behaviour import ways_by
from tests.support.recorded import Recorded

PLAYS: tuple[Callable[[], Recorded], ...] = (
    fought_through,
    escalated,
    three_agencies,
    cancelled,
    *handoffs.PLAYS,
    *between.PLAYS,
    partial(between.government_opinion, COUNTY_GOVERNMENT),
)

WAYS = ways_by(PLAYS, OWNER.effects)
