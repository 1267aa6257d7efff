"""A jurisdiction's file: read as it stands, with keys beside it, and read again when it changes."""

import os
from datetime import date
from pathlib import Path

import pytest

from contracts.agencies import Role
from services.kit.directory.file import BadJurisdiction, DirectoryFile, load_directory
from tests.support.jurisdiction import SOUND, changed, written

TODAY = date(2026, 3, 2)
PUBLIC = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"  # RFC 8037, appendix A.2


def test_a_sound_file_is_read_with_its_posts_spread_over_the_agencies(tmp_path: Path) -> None:
    directory = load_directory(written(tmp_path))

    assert directory.chain("county", TODAY) == ("city", "nation")
    assert directory.principal("county.head", "county", TODAY).roles == (Role.HEAD,)
    assert directory.principal("county.head", "city", TODAY).roles == ()
    assert [h.principal for h in directory.holding(Role.HEAD, "police", TODAY)] == ["police.head"]


def test_a_post_is_held_only_while_its_agency_stands(tmp_path: Path) -> None:
    directory = load_directory(written(tmp_path))

    [holder] = directory.holding(Role.HEAD, "former", date(2019, 12, 31))
    assert (holder.valid_from, holder.valid_to) == (date(2010, 1, 1), date(2020, 1, 1))
    assert directory.holding(Role.HEAD, "county", date(2019, 12, 31)) == ()


def test_a_post_made_later_was_never_held_at_an_agency_gone_before(tmp_path: Path) -> None:
    directory = load_directory(written(tmp_path, changed("2010-01-01", "2021-01-01")))

    assert [h for h in directory.holders if h.agency == "former"] == []


def test_a_role_is_held_from_the_first_day_up_to_the_last(tmp_path: Path) -> None:
    directory = load_directory(written(tmp_path))

    def roles(day: date) -> tuple[Role, ...]:
        return directory.principal("county.second", "county", day).roles

    assert roles(date(2023, 12, 31)) == ()
    assert roles(date(2024, 1, 1)) == (Role.HEAD,)
    assert roles(date(2024, 12, 31)) == (Role.HEAD,)
    assert roles(date(2025, 1, 1)) == ()


def test_the_version_tells_two_texts_of_one_version_apart(tmp_path: Path) -> None:
    one = load_directory(written(tmp_path)).version
    other = load_directory(written(tmp_path, changed("县局副职", "县局副局长"))).version

    assert one.startswith("1+")
    assert other.startswith("1+")
    assert one != other


def test_the_same_code_may_stand_twice_one_after_the_other(tmp_path: Path) -> None:
    later = """
    [[agencies]]
    code = "former"
    name = "县质检所"
    name_en = "Later"
    kind = "institute"
    level = "county"
    valid_from = 2020-01-01
    """
    directory = load_directory(written(tmp_path, SOUND + later))

    names = [directory.agency("former", date(year, 6, 1)) for year in (2019, 2021)]
    assert [a and a.name for a in names] == ["原县质监局", "县质检所"]


# ── keys beside the file ─────────────────────────────────────────────────────────────────────────


def overlay(agency: str = "county", kid: str = "k1", x: str = PUBLIC, more: str = "") -> str:
    entry = f'agency = "{agency}"\nkid = "{kid}"\nx = "{x}"\nvalid_from = 2020-01-01\n'
    return f"[[keys]]\n{entry}{more}\n"


def test_keys_come_from_a_file_of_their_own(tmp_path: Path) -> None:
    keys = written(tmp_path, overlay(), "keys.toml")

    directory = load_directory(written(tmp_path), keys)

    found = directory.of_source("/agencies/county", TODAY)
    assert found is not None
    assert [(k.kid, k.x) for k in found.keys] == [("k1", PUBLIC)]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (overlay(agency="town"), "keys[0].agency"),
        (overlay(x=PUBLIC[:-2]), "keys[0].x"),
        (overlay(x=PUBLIC + "="), "keys[0].x"),
        (overlay(x="é" * 43), "keys[0].x"),
        (overlay(more="valid_to = 2019-01-01"), "keys[0].valid_to"),
        (overlay(more="colour = 1"), "keys[0].colour"),
        (overlay() + overlay(agency="city"), "agencies[2].keys[0].kid"),
        ("[[kyes]]\n", "kyes"),
    ],
)
def test_a_wrong_file_of_keys_is_refused_by_its_own_name(
    tmp_path: Path, text: str, key: str
) -> None:
    keys = written(tmp_path, text, "keys.toml")

    with pytest.raises(BadJurisdiction) as refusal:
        load_directory(written(tmp_path), keys)

    assert (refusal.value.file, refusal.value.key) == (keys, key)


# ── read again when it changes ───────────────────────────────────────────────────────────────────


def test_a_changed_file_is_read_again_and_an_unchanged_one_is_not(tmp_path: Path) -> None:
    file = DirectoryFile(written(tmp_path))
    first = file.current()

    assert file.current() is first

    _later(written(tmp_path, changed("县局副职", "县局副局长")))
    assert next(h.name for h in file.current().holders) == "县局副局长"


def test_new_keys_are_heard_of(tmp_path: Path) -> None:
    keys = tmp_path / "keys.toml"
    keys.write_text("", encoding="utf-8")
    file = DirectoryFile(written(tmp_path), keys)
    assert file.current().of_source("/agencies/county", TODAY).keys == ()  # type: ignore[union-attr]

    _later(written(tmp_path, overlay(), "keys.toml"))

    assert file.current().of_source("/agencies/county", TODAY).keys[0].kid == "k1"  # type: ignore[union-attr]


def test_a_wrong_change_keeps_the_last_good_directory_until_it_is_mended(tmp_path: Path) -> None:
    file = DirectoryFile(written(tmp_path))
    good = file.current()

    _later(written(tmp_path, "nonsense ["))
    assert file.current() is good
    (tmp_path / "small.toml").unlink()
    assert file.current() is good

    _later(written(tmp_path, changed('version = "1"', 'version = "2"')), seconds=20)
    assert file.current().version.startswith("2+")


def test_a_wrong_file_at_the_start_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadJurisdiction):
        DirectoryFile(written(tmp_path, "nonsense [")).current()


def _later(file: Path, seconds: int = 10) -> None:
    """As saved some time after: a file system's clock may be coarse."""
    stamp = file.stat().st_mtime_ns + seconds * 10**9
    os.utime(file, ns=(stamp, stamp))
