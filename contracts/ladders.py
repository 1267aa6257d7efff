"""Whom a missed clock calls in one jurisdiction, rung by rung (逐级升级)."""

from typing import Annotated

from pydantic import Field

from contracts.messages import Message
from contracts.roles import Role
from contracts.validity import DirectoryEntry


class LadderRung(Message):
    """Who is called, and how long may pass without an answer."""

    role: Role
    up: Annotated[int, Field(ge=0, le=5)] = 0
    """0: the line's own agency; 1: the next above, and so on."""
    within_h: Annotated[int, Field(ge=1, le=720)]


class Ladder(DirectoryEntry):
    """A ladder of this place, in the stead of the one a procedure's table has."""

    clocks: tuple[str, ...] = ()
    """Which clocks it is for; none named: every clock that no other ladder of the place names."""
    rungs: Annotated[tuple[LadderRung, ...], Field(min_length=1)]
