"""Every effect of an enforcement case, asked twice and failing."""

from contracts.procedure import RecordStep
from tests.services.enforcement.house import OWNER
from tests.services.enforcement.record import open_case
from tests.services.enforcement.ways import WAYS, records_to
from tests.support.owner.behaviour import EveryEffect, Way
from tests.support.owner.house import House


def _to(step: str) -> Way:
    async def way(house: House) -> RecordStep:
        await open_case(house.record)
        *before, asked = records_to(step)
        await house.record.take_all(before)
        return asked

    return way


TO_EACH = {("enforcement_case", step): _to(step) for step in WAYS}


class TestEveryEffect(EveryEffect):
    effects, ways = OWNER.effects, TO_EACH
