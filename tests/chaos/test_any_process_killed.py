"""Whichever process is killed while agencies work together: the same outcome, nothing twice."""

from collections.abc import AsyncIterator

import pytest

from tests.chaos.killing import disturb, planned
from tests.chaos.outcome import EXPECTED
from tests.chaos.stage import Stage, staged
from tests.chaos.verdict import findings
from tests.support.chance import Chance
from tests.support.servers import server_home

pytestmark = pytest.mark.journey


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    with server_home() as folder:
        async with staged(folder) as stage:
            yield stage


async def test_one_forwards_one_refuses_and_whoever_is_killed_the_outcome_is_the_same(
    stage: Stage, chance: Chance
) -> None:
    """A server, a unit and an agency's system; `make test-chaos` kills everyone many times."""
    groups = (stage.stack.servers.ours, stage.stack.units, stage.agencies)
    kills = planned(chance, tuple(chance.choice(sorted(group)) for group in groups), len(groups))

    for number, kill in enumerate(kills):
        result = await disturb(stage, f"K-{number}", kill)
        assert result.found == EXPECTED, str(kill)

    references = [f"K-{number}" for number in range(len(kills))]
    assert await findings(stage, references) == [], str(kills)
