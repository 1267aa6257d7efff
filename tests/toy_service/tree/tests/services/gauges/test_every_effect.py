"""Every effect of a review, asked twice and failing; and what a review leaves behind."""

from tests.services.gauges.house import OWNER, reviewed
from tests.services.gauges.ways import WAYS
from tests.support.owner.behaviour import EveryEffect
from tests.support.owner.record import Record


class TestEveryEffect(EveryEffect):
    effects, ways = OWNER.effects, WAYS


async def test_a_review_keeps_its_reading_and_tells_how_it_ended(record: Record) -> None:
    await record.take_all(reviewed().records)

    [gauge] = await record.rows("gauge")
    assert (gauge["deviation_um"], gauge["outcome"]) == (4711, "beyond")
    assert await record.told("gauges") == ["gauges.gauge_reviewed.v1"]
