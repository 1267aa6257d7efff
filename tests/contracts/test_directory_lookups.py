"""What the directory answers: on a day, by name, by division, along successors."""

from datetime import date

import pytest

from contracts.agencies import Agency, Directory, Violation
from contracts.plans import Task
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


# ── who works together ───────────────────────────────────────────────────────────────────────────


def task(*subjects: str, **rest: object) -> Task:
    dull = {"name": "t", "name_en": "t", "valid_from": date(2023, 10, 8), "reason": "for tests"}
    return Task.model_validate({**dull, "subjects": subjects, **rest})


TOGETHER = Directory.model_validate(
    dict(DIRECTORY)
    | {
        "agencies": (
            *DIRECTORY.agencies,
            agency("ministry", "100000", kind="public_security", parent=None),
            agency("station", "500157", kind="public_security", parent="ministry"),
            agency("power", kind="enterprise", parent=None),
        ),
        "tasks": (
            task("enforcement", leads=("province",), cooperating=("ministry",)),
            task("energy", responsible=("power",), cooperating=("province",)),
            task("archives", leads=("office",), cooperating=("lost",)),
            task("energy", leads=("nation",), valid_to=date(2024, 1, 1)),
        ),
        "violations": (
            Violation(
                code="false_label",
                name="l",
                name_en="l",
                subjects=("energy",),
                valid_from=date(2018, 4, 10),
                reason="for tests",
            ),
        ),
    }
)


def test_a_violation_is_about_enforcement_and_its_own_subjects_leads_first() -> None:
    assert TOGETHER.partners("energy", AFTER) == ("power", "province")
    assert TOGETHER.partners("false_label", AFTER) == ("province", "power", "ministry")
    assert TOGETHER.partners("weather", AFTER) == ()


def test_the_nearest_below_who_is_named_stands_for_it_and_no_one_of_another_line() -> None:
    assert TOGETHER.partners("enforcement", AFTER, "500157") == ("province", "station")
    assert TOGETHER.partners("enforcement", AFTER, "510000") == ("province", "ministry")


def test_the_task_of_an_abolished_agency_is_its_successor_s() -> None:
    assert TOGETHER.partners("archives", BEFORE) == ("office", "lost")
    assert TOGETHER.partners("archives", AFTER) == ("area",)


def test_a_task_holds_in_its_time() -> None:
    assert TOGETHER.partners("energy", date(2023, 12, 31))[0] == "nation"
    assert TOGETHER.partners("energy", date(2024, 1, 1))[0] == "power"
