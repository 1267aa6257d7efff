"""Waits for what real processes do in their own time, without sleeping longer than they need.

The only file of the tests that sleeps (`tests/architecture/test_tests.py` names the exceptions).
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeVar

Found = TypeVar("Found")
LOOK_S = 0.05


async def eventually(look: Callable[[], Awaitable[Found]], *, within: float = 20.0) -> Found:
    """What `look` returns once it is true; an AssertionError before the end of time is patience."""
    deadline = time.monotonic() + within
    while True:
        try:
            found = await look()
            assert found, f"{look} found nothing in {within} s"
        except AssertionError:
            if time.monotonic() > deadline:
                raise
        else:
            return found
        await asyncio.sleep(LOOK_S)


def at_last(look: Callable[[], bool], *, within: float) -> bool:
    """Whether it came true in time, for a fixture that runs in no loop."""
    deadline = time.monotonic() + within
    while not (found := look()) and time.monotonic() < deadline:
        time.sleep(LOOK_S)
    return found


async def every(seconds: float) -> AsyncIterator[None]:
    """Goes on that often, and no more often: the pace of a load."""
    while True:
        yield
        await asyncio.sleep(seconds)
