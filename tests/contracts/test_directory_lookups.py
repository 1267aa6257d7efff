"""What the directory answers: on a day, by name, by division, along successors."""

from datetime import date

import pytest

from contracts.agencies import Agency, Directory
from contracts.validity import Validity

CHANGE = date(2025, 11, 6)
BEFORE, AFTER = date(2025, 11, 5), CHANGE


def agency(code: str, *regions: str, **rest: object) -> Agency:
    dull = {
        "name": code,
        "name_en": code,
        "level": "county",
        "parent": None if code == "nation" else "nation",
        "valid_from": date(2018, 4, 10),
        "reason": "for tests",
    }
    return Agency.model_validate({**dull, "code": code, "regions": regions, **rest})


DIRECTORY = Directory(
    jurisdiction="j",
    name="j",
    name_en="j",
    version="1",
    national="nation",
    agencies=(
        agency("nation", "100000"),
        agency("province", "500000"),
        agency("office", "500112", "500105", valid_to=CHANGE, successor="area"),
        agency("area", "500157", valid_from=CHANGE, sender_names=("新区局",)),
        agency("branch", "500000", parent="province"),
        agency("police", "500112", kind="public_security", parent=None),
        agency("lost", valid_to=CHANGE),
        agency("ring", valid_to=CHANGE, successor="loop"),
        agency("loop", valid_to=CHANGE, successor="ring"),
    ),
    levels=(),
)


def one(code: str) -> Agency:
    return next(a for a in DIRECTORY.agencies if a.code == code)


@pytest.mark.parametrize(
    ("first", "second", "overlap"),
    [
        ((1, 5), (5, 9), False),
        ((1, 5), (4, 9), True),
        ((1, None), (9, None), True),
        ((1, 5), (9, None), False),
        ((3, 4), (1, 9), True),
    ],
)
def test_periods_overlap_when_a_day_is_in_both(
    first: tuple[int, int | None], second: tuple[int, int | None], *, overlap: bool
) -> None:
    one, other = (
        Validity(valid_from=date(2026, 1, a), valid_to=date(2026, 1, b) if b else None)
        for a, b in (first, second)
    )

    assert one.overlaps(other) is overlap
    assert other.overlaps(one) is overlap


def test_an_agency_sends_as_long_as_it_stands() -> None:
    assert DIRECTORY.of_source("/agencies/office", BEFORE) == one("office")
    assert DIRECTORY.of_source("/agencies/office", AFTER) is None
    assert DIRECTORY.of_source("/services/office", BEFORE) is None
    assert DIRECTORY.of_source("office", BEFORE) is None


def test_a_name_once_borne_is_still_known() -> None:
    assert DIRECTORY.named("新区局") == (one("area"),)
    assert DIRECTORY.named("office") == (one("office"),)
    assert DIRECTORY.named("nobody") == ()


def test_the_place_of_an_abolished_agency_is_taken_by_its_successor() -> None:
    assert DIRECTORY.standing(one("office"), BEFORE) == one("office")
    assert DIRECTORY.standing(one("office"), AFTER) == one("area")


@pytest.mark.parametrize("code", ["lost", "ring"])
def test_where_nobody_follows_nobody_is_named(code: str) -> None:
    assert DIRECTORY.standing(one(code), AFTER) is None


@pytest.mark.parametrize(
    ("region", "day", "code"),
    [
        ("500112", BEFORE, "office"),
        ("500112", AFTER, "province"),
        ("500157", AFTER, "area"),
        ("500101", AFTER, "province"),
        ("500000", AFTER, "province"),
        ("510000", AFTER, "nation"),
        ("100000", AFTER, "nation"),
    ],
)
def test_the_nearest_standing_regulator_is_competent(region: str, day: date, code: str) -> None:
    found = DIRECTORY.competent(region, day)

    assert found is not None
    assert found.code == code


def test_without_a_regulator_nobody_is_competent() -> None:
    # anew: a copy would keep its index of regulators
    nobody = Directory.model_validate(dict(DIRECTORY) | {"agencies": (one("police"),)})

    assert nobody.competent("500112", BEFORE) is None
