"""What happens to a review of a gauge."""

from collections.abc import Mapping

from tests.replay.telling import Story, take
from tests.support.engine import Engine


async def reviewed(engine: Engine) -> str:
    id_ = await engine.open("gauge_review", level="IV")
    await take(engine, id_, "examine_gauge", deviation_um=3)
    await take(engine, id_, "close_review", outcome="within", reasons="在允差之内")
    return id_


STORIES: Mapping[str, tuple[Story, ...]] = {"gauge_review.v1": (reviewed,)}
