"""What each route shows to whom: a matrix, and the one way it is held against an application."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
from fastapi import FastAPI

HIDDEN = (403, 404)
OF_EVERY_UNIT = frozenset({"GET /health/live", "GET /health/ready"})
"""They say whether a process is up, to whoever asks."""


@dataclass(frozen=True)
class Door:
    """One way to ask a route, and which of the world's marks its answer may hold, by who asks."""

    route: str
    """`GET /matters/{procedure}/{matter}`, as the application has it."""
    path: str
    shows: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By viewer; whoever is not here is shown none."""
    params: Mapping[str, Any] = field(default_factory=dict)
    body: Any = None
    lists: bool = False
    """Whoever is shown nothing gets an empty answer, not a refusal."""

    def __str__(self) -> str:
        asked = "&".join(f"{name}={value}" for name, value in self.params.items())
        return f"{self.route} {asked}".strip()

    @property
    def method(self) -> str:
        return self.route.partition(" ")[0]


def routes(app: FastAPI) -> set[str]:
    """Every route of an application, by method and path."""
    paths = app.openapi()["paths"]
    return {
        f"{method.upper()} {path}"
        for path, methods in paths.items()
        for method in methods
        if f"{method.upper()} {path}" not in OF_EVERY_UNIT
    }


Ask = Callable[[str, Door], Awaitable[httpx.Response]]
"""Asks a door as one viewer or another."""


async def across(
    ask: Ask, doors: Iterable[Door], viewers: Iterable[str], marks: Iterable[str]
) -> list[str]:
    """Every way in which an answer is not what the matrix says, in words."""
    viewers, marks = tuple(viewers), tuple(marks)
    wrong = []
    for door in doors:
        for viewer in viewers:
            answer = await ask(viewer, door)
            found = {mark for mark in marks if mark in answer.text}
            expected = door.shows.get(viewer)
            if found != (expected or set()):
                wrong.append(
                    f"{viewer}: {door}: shown {found}, to be shown {expected or 'nothing'}"
                )
            hidden = expected is None and not door.lists
            if (answer.status_code in HIDDEN) is not hidden or answer.status_code >= 500:
                wrong.append(f"{viewer}: {door}: {answer.status_code} {answer.text[:200]}")
    return wrong
