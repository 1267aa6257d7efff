"""Waits for what real processes do in their own time, without sleeping longer than they need."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

Found = TypeVar("Found")


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
        await asyncio.sleep(0.05)
