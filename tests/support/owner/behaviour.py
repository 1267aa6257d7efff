"""What holds of every effect of a service: asked twice or failed, it leaves what it should.

    class TestEveryEffect(EveryEffect):
        effects, ways = OWNER.effects, WAYS

with a way to each effect, or `ways_by` plays in which they are taken.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar

import pytest

from contracts.procedure import RecordStep
from services.kit.steps.effects import Effects
from tests.support.owner.house import House
from tests.support.recorded import Recorded

Way = Callable[[Any], Awaitable[RecordStep]]
"""Takes a house's record up to a step, and gives that step as its owner is asked to write it."""
Ways = Mapping[tuple[str, str], Way]
"""By procedure and step."""


def ways_by(plays: Iterable[Callable[[], Recorded]], effects: Effects) -> Ways:
    """To each effect, in the first of these plays in which its step is taken."""
    found: dict[tuple[str, str], Way] = {}
    for play in plays:
        for at, step in enumerate(play().records):
            key = step.procedure, step.step
            if key in effects.steps:
                found.setdefault(key, _up_to(play, at))
    return found


def _up_to(play: Callable[[], Recorded], at: int) -> Way:
    async def way(house: House) -> RecordStep:
        records: Sequence[RecordStep] = play().records
        await house.record.take_all(records[:at])
        return records[at]

    return way


class EveryEffect:
    """A base class of tests."""

    effects: ClassVar[Effects]
    ways: ClassVar[Ways]

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        if "way" in metafunc.fixturenames:
            ways = [pytest.param(key, self.ways[key], id=".".join(key)) for key in self.ways]
            metafunc.parametrize(("step", "way"), ways)

    def test_there_is_a_way_to_every_effect(self) -> None:
        assert set(self.ways) == self.effects.steps, "write a way to each effect in ways.py"

    async def test_failed_it_leaves_no_trace_and_asked_twice_it_changes_nothing_more(
        self, house: House, step: tuple[str, str], way: Way
    ) -> None:
        record, asked = house.record, await way(house)
        assert (asked.procedure, asked.step) == step
        before = await record.everything()

        with pytest.raises(ConnectionError):
            await record.fail(asked)
        assert await record.everything() == before

        first = await record.take(asked)
        once = await record.everything()
        assert once != before

        assert await record.take(asked) == first
        assert await record.everything() == once
