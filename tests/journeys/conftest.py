"""One Steelyard for all journeys, and the people and agencies that act on it."""

from collections.abc import AsyncIterator, Iterator

import pytest

from deploy.play.cast import Cast
from tests.journeys.up import Up
from tests.support.servers import server_home


@pytest.fixture(scope="session")
def up() -> Iterator[Up]:
    with server_home() as folder:
        up = Up(folder)
        up.start()
        try:
            yield up
        finally:
            up.interrupt()


@pytest.fixture
async def cast(up: Up) -> AsyncIterator[Cast]:
    async with Cast.of(up.where, up.folder) as cast:
        yield cast
