"""What each route shows to whom: a matrix, and what holds of every application that has one.

    class TestEveryRoute(EveryRoute):
        "Shows each agency its part of a case."

with a fixture `matrix` that puts marks on record and says who is to be shown which of them.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from contracts.agencies import Role
from tests.support.directories import COUNTY
from tests.support.owner.house import BOTH_WALLS, QUERIES_ALONE, House
from tests.support.owner.record import Record

HIDDEN = (403, 404)
NO_ROLE = "without a role"
OF_EVERY_UNIT = frozenset({"GET /health/live", "GET /health/ready"})
"""They say whether a process is up, to whoever asks."""

each_wall_alone = pytest.mark.parametrize("walls", [BOTH_WALLS, QUERIES_ALONE])
"""As the unit is, and as a role from which the database hides nothing: the queries must do."""


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
    roles: Sequence[Role] = ()
    """At the record's own agency, to which alone it is open. For a step the table says that."""
    anywhere: bool = False
    """A role at whatever agency opens it: there is nothing behind it to be hidden."""

    def __str__(self) -> str:
        asked = "&".join(f"{name}={value}" for name, value in self.params.items())
        return f"{self.route} {asked}".strip()

    @property
    def method(self) -> str:
        return self.route.partition(" ")[0]


@dataclass(frozen=True)
class Matrix:
    """Who is shown what by every route of one application."""

    viewers: Mapping[str, str]
    """Whoever asks, such as `above`, and as whom: `city.head`."""
    marks: Sequence[str]
    """What is told from everything else in an answer."""
    shows: Sequence[Door]
    acts: Sequence[Door] = ()
    """What changes something, asked so that it does not: tried only, or said as it stands."""
    shows_nothing: frozenset[str] = frozenset()
    """Routes that read no record, and those that a role or a signature opens."""
    strangers: Sequence[str] = ("uninvolved", NO_ROLE)

    @property
    def routes(self) -> set[str]:
        return {door.route for door in (*self.shows, *self.acts)} | self.shows_nothing


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


def asking(house: House, viewers: Mapping[str, str]) -> Ask:
    """Asks this house's application."""

    async def ask(viewer: str, door: Door) -> httpx.Response:
        async with house.asked_as(viewers[viewer]) as client:
            return await client.request(
                door.method, door.path, params=dict(door.params), json=door.body
            )

    return ask


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


class EveryRoute:
    """A base class of tests."""

    async def test_every_table_is_under_row_level_security(self, record: Record) -> None:
        found = await record.select(
            "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
            " AND relkind IN ('r', 'p') AND relname <> 'alembic_version'"
            " AND NOT (relrowsecurity AND relforcerowsecurity)"
        )

        bare = [row["relname"] for row in found]
        assert not bare, f"{bare}: call `wall_v1` in the migration that makes the table"

    async def test_every_route_is_in_the_matrix(self, house: House, matrix: Matrix) -> None:
        assert matrix.routes == routes(house.unit.app), "say of each route who is shown what"

    @pytest.mark.timeout(120)
    @each_wall_alone
    async def test_each_route_shows_each_agency_its_part_and_no_more(
        self, house: House, matrix: Matrix, walls: str
    ) -> None:
        house.stand_behind(walls)

        wrong = await across(
            asking(house, matrix.viewers), matrix.shows, matrix.viewers, matrix.marks
        )

        assert not wrong, "\n".join(wrong)

    async def test_what_changes_something_is_open_to_its_roles_and_no_other(
        self, house: House, matrix: Matrix
    ) -> None:
        roles = [role for role in Role if role is not Role.SYSTEM]
        ask = asking(house, {role: f"{COUNTY}.{role}" for role in roles})
        before = await house.record.everything()
        for door in matrix.acts:
            for role in roles if door.roles else ():
                answer = await ask(role, door)
                refused = answer.status_code == 403
                assert refused is (role not in door.roles), f"{role}: {door}: {answer.text}"
                assert answer.status_code < 500, f"{role}: {door}: {answer.text}"
        assert await house.record.everything() == before

    @each_wall_alone
    async def test_who_has_no_part_in_it_can_do_nothing_to_it(
        self, house: House, matrix: Matrix, walls: str
    ) -> None:
        house.stand_behind(walls)
        ask = asking(house, matrix.viewers)
        for door in matrix.acts:
            for viewer in matrix.strangers if not door.anywhere else (NO_ROLE,):
                answer = await ask(viewer, door)
                assert answer.status_code in HIDDEN, f"{viewer}: {door}: {answer.text}"
                assert not any(mark in answer.text for mark in matrix.marks), f"{viewer}: {door}"
