"""A jurisdiction under another: what it takes along, whose clock is whose, and what is refused."""

import os
from datetime import date
from pathlib import Path

import pytest

from contracts.agencies import Role
from services.kit.directory.file import BadJurisdiction, DirectoryFile, load_directory
from tests.support.jurisdiction import SOUND, changed, written

TODAY = date(2026, 3, 2)

CITY = """
jurisdiction = "town"
name = "镇"
name_en = "Town"
version = "1"
national = "nation"
inherits = "small"

[[agencies]]
code = "town"
name = "镇局"
name_en = "Town"
level = "county"
parent = "city"
regions = ["370203"]
valid_from = 2020-01-01
reason = "for tests"

[[posts]]
agencies = "*"
kinds = ["market_regulation"]
post = "chief"
name = "主要负责人"
role = "chief"
valid_from = 2010-01-01
reason = "for tests"

[[clocks]]
clock = "suspension_review"
number = 10
unit = "calendar_days"
basis = "the town's own"
valid_from = 2020-01-01
reason = "for tests"
"""


def town(folder: Path, text: str = CITY) -> Path:
    written(folder)
    return written(folder, text, "town.toml")


def test_the_line_of_command_comes_along_with_its_posts_and_no_neighbour(tmp_path: Path) -> None:
    directory = load_directory(town(tmp_path))

    assert [a.code for a in directory.agencies] == ["town", "nation", "city"]
    assert directory.chain("town", TODAY) == ("city", "nation")
    assert directory.holding(Role.HEAD, "city", TODAY)
    assert directory.holding(Role.CHIEF, "town", TODAY)
    assert directory.holding(Role.CHIEF, "city", TODAY) == ()
    assert directory.holding(Role.HEAD, "town", TODAY) == ()


def test_both_clocks_of_one_name_hold_the_own_one_first(tmp_path: Path) -> None:
    clocks = load_directory(town(tmp_path)).local_clocks("suspension_review", TODAY)

    assert [(c.number, c.set_by, c.basis) for c in clocks] == [
        (10, None, "the town's own"),
        (30, "small", "local"),
    ]


def test_levels_and_violations_are_the_higher_one_s_where_none_are_its_own(tmp_path: Path) -> None:
    directory = load_directory(town(tmp_path))

    assert [x.level for x in directory.levels] == ["I", "II", "III", "IV"]
    assert directory.violation("cheating_scale_use", TODAY) is not None


def test_an_own_entry_lies_over_the_inherited_one(tmp_path: Path) -> None:
    own = CITY.replace('code = "town"', 'code = "city"').replace(
        'parent = "city"', 'parent = "nation"'
    )

    directory = load_directory(town(tmp_path, own))

    assert [a.name for a in directory.agencies if a.code == "city"] == ["镇局"]
    assert [h.role for h in directory.holders if h.agency == "city"] == [Role.CHIEF]


def test_the_version_tells_a_change_of_the_higher_file(tmp_path: Path) -> None:
    one = load_directory(town(tmp_path)).version
    written(tmp_path, changed("县局副职", "县局副局长"))

    assert load_directory(tmp_path / "town.toml").version != one


def test_a_changed_higher_file_is_read_again(tmp_path: Path) -> None:
    file = DirectoryFile(town(tmp_path))
    assert file.current().local_clocks("suspension_review", TODAY)[1].number == 30

    higher = written(tmp_path, changed("number = 30", "number = 20"))
    stamp = higher.stat().st_mtime_ns + 10**10
    os.utime(higher, ns=(stamp, stamp))

    assert file.current().local_clocks("suspension_review", TODAY)[1].number == 20


@pytest.mark.parametrize(
    ("name", "reason"),
    [("nowhere", "nowhere.toml"), ("town", "town → town"), ("../small", "pattern")],
)
def test_a_higher_file_that_cannot_be_had_is_refused(
    tmp_path: Path, name: str, reason: str
) -> None:
    file = town(tmp_path, CITY.replace('inherits = "small"', f'inherits = "{name}"'))

    with pytest.raises(BadJurisdiction) as refusal:
        load_directory(file)

    assert (refusal.value.file, refusal.value.key) == (file, "inherits")
    assert reason in refusal.value.reason


def test_a_circle_of_files_is_refused(tmp_path: Path) -> None:
    higher = tmp_path / "small.toml"
    file = town(tmp_path)
    higher.write_text(changed('version = "1"', 'version = "1"\ninherits = "town"'), "utf-8")

    with pytest.raises(BadJurisdiction, match="town → small → town") as refusal:
        load_directory(file)

    assert (refusal.value.file, refusal.value.key) == (higher, "inherits")


def test_a_fault_of_the_higher_file_is_named_as_its_own(tmp_path: Path) -> None:
    file = town(tmp_path)
    higher = written(tmp_path, changed('parent = "city"', 'parent = "hamlet"'))

    with pytest.raises(BadJurisdiction) as refusal:
        load_directory(file)

    assert (refusal.value.file, refusal.value.key) == (higher, "agencies[2].parent")


def test_a_place_without_a_higher_one_needs_its_own_levels(tmp_path: Path) -> None:
    levels = SOUND[SOUND.index("[defaults.levels]") : SOUND.index("[[clocks]]")]

    with pytest.raises(BadJurisdiction) as refusal:
        load_directory(written(tmp_path, SOUND.replace(levels, "")))

    assert refusal.value.key == "levels"
