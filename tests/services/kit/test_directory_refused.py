"""Every way a jurisdiction's file can be wrong is refused with file, key and reason."""

from pathlib import Path

import pytest

from services.kit.directory.file import BadJurisdiction, load_directory
from tests.support.jurisdiction import SOUND, changed, written

COUNTY = 'code = "county"\n'

PLAN = """
[[tasks]]
clause = "四（五）"
name = "计量执法"
name_en = "Enforcement"
subjects = ["enforcement"]
leads = ["city"]
leads_printed = ["市局"]
valid_from = 2023-10-08
origin = "printed"
source = "a plan of 2023"
quote = "(市局牵头)"

[[targets]]
code = "units"
name = "示范单位"
name_en = "Units"
value = 300
unit = "家"
comparator = ">="
valid_from = 2023-10-08
reason = "for tests"

[[duties]]
code = "evaluation"
name = "中期评估"
name_en = "Evaluation"
due_on = 2025-12-31
valid_from = 2023-10-08
reason = "for tests"
"""


def planned(old: str, new: str) -> str:
    """The sound file with a plan in which one passage is changed."""
    assert old in PLAN, old
    return SOUND + PLAN.replace(old, new, 1)


WRONG = {
    "a task of an unknown agency": (
        planned('leads = ["city"]', 'leads = ["town"]'),
        "tasks[0].leads[0]",
        "'town'",
    ),
    "a task of an agency that the plan does not name": (
        planned('leads = ["city"]', 'leads = ["city", "county"]'),
        "tasks[0].leads[1]",
        "'county' is not among the names printed",
    ),
    "a printed task without its quote": (
        planned('quote = "(市局牵头)"\n', ""),
        "tasks[0].quote",
        "source",
    ),
    "a subject that is none": (
        planned('["enforcement"]', '["Enforcement!"]'),
        "tasks[0].subjects[0]",
        "pattern",
    ),
    "a range with one end": (
        planned('comparator = ">="', 'comparator = "range"'),
        "targets[0].value",
        "range",
    ),
    "a contradiction with nothing": (
        planned("value = 300", 'value = 300\ncontradicts = "units"'),
        "targets[0].contradicts",
        "'units'",
    ),
    "a target twice": (
        planned(
            "[[duties]]", PLAN[PLAN.index("[[targets]]") : PLAN.index("[[duties]]")] + "[[duties]]"
        ),
        "targets[1]",
        "重叠",
    ),
    "a duty without a day": (
        planned("due_on = 2025-12-31\n", ""),
        "duties[0].due_on",
        "缺少此键",
    ),
    "a clock that names who set it": (
        changed('clock = "suspension_review"', 'clock = "suspension_review"\nset_by = "province"'),
        "clocks[0].set_by",
        "inherited",
    ),
    "a post for a kind that no agency is of": (
        changed('agencies = "*"', 'agencies = "*"\nkinds = ["army"]'),
        "posts[0].kinds",
        "'army'",
    ),
    "a successor that came too late": (
        changed('successor = "county"', 'successor = "former"'),
        "agencies[3].successor",
        "nobody stands in its place",
    ),
    "not TOML": (changed("[[clocks]]", "[[clocks]"), "", "not TOML"),
    "an unknown key": (changed('level = "city"', 'levle = "city"'), "agencies[1].level", "缺少"),
    "a key too many": (changed(COUNTY, COUNTY + "rank = 1\n"), "agencies[2].rank", "未知的键"),
    "an unknown key at the top": ("colour = 1\n" + SOUND, "colour", "未知的键"),
    "an unknown section of defaults": (
        changed("[defaults.agencies]", "[defaults.agency]"),
        "defaults.agency",
        "未知的键",
    ),
    "a missing key": (changed('name_en = "County"\n', ""), "agencies[2].name_en", "缺少此键"),
    "a wrong type": (changed("number = 30", 'number = "soon"'), "clocks[0].number", "integer"),
    "a clock without length": (changed("number = 30", "number = 0"), "clocks[0].number", "greater"),
    "an unknown level of agency": (
        changed('level = "city"', 'level = "town"'),
        "agencies[1].level",
        "'national'",
    ),
    "a code that is none": (changed('code = "police"', 'code = "Police"'), "agencies[4].code", "^"),
    "a code used twice": (changed('code = "police"', 'code = "county"'), "agencies[4]", "重叠"),
    "an unknown parent": (
        changed('parent = "city"', 'parent = "town"'),
        "agencies[2].parent",
        "'town'",
    ),
    "a circle of command": (
        changed('parent = "nation"', 'parent = "county"'),
        "agencies[1].parent",
        "city → county → city",
    ),
    "an agency above itself": (
        changed('parent = "city"', 'parent = "county"'),
        "agencies[2].parent",
        "county → county",
    ),
    "a regulator under nobody": (
        changed('parent = "nation"\n', ""),
        "agencies[1].parent",
        "'nation'",
    ),
    "a parent long gone": (
        changed('parent = "city"', 'parent = "former"'),
        "agencies[2].parent",
        "never stands beside it",
    ),
    "an unknown national agency": (
        changed('national = "nation"', 'national = "world"'),
        "national",
        "'world'",
    ),
    "an unknown successor": (
        changed('successor = "county"', 'successor = "nobody"'),
        "agencies[3].successor",
        "'nobody'",
    ),
    "a successor of one that stands": (
        changed(COUNTY, COUNTY + 'successor = "city"\n'),
        "agencies[2].successor",
        "still stands",
    ),
    "validity the wrong way round": (
        changed("valid_to = 2025-01-01", "valid_to = 2023-01-01"),
        "holders[0].valid_to",
        "2023-01-01",
    ),
    "validity of no day": (
        changed("valid_to = 2025-01-01", "valid_to = 2024-01-01"),
        "holders[0].valid_to",
        "2024-01-01",
    ),
    "a region of five digits": (
        changed('"370202"', '"37020"'),
        "agencies[2].regions[0]",
        "pattern",
    ),
    "a holder at an unknown agency": (
        changed('agency = "county"', 'agency = "town"'),
        "holders[0].agency",
        "'town'",
    ),
    "a holder of an unknown role": (
        changed('role = "head"\nvalid_from = 2024', 'role = "boss"\nvalid_from = 2024'),
        "holders[0].role",
        "'inspector'",
    ),
    "a holder of the engine's role": (
        changed('role = "head"\nvalid_from = 2024', 'role = "system"\nvalid_from = 2024'),
        "holders[0].role",
        "engine",
    ),
    "a post with the engine's role": (
        changed('role = "head"', 'role = "system"'),
        "posts[0].role",
        "engine",
    ),
    "a post at an unknown agency": (
        changed('agencies = "*"', 'agencies = ["county", "town"]'),
        "posts[0].agencies",
        "'town'",
    ),
    "posts that are no list": (changed("[[posts]]", "[posts]"), "posts", "[[posts]]"),
    "ours without a reason": (
        changed(
            'basis = "local"\nvalid_from = 2020-01-01\nreason = "for tests"',
            'basis = "local"\nvalid_from = 2020-01-01',
        ),
        "clocks[0].reason",
        "reason",
    ),
    "printed without a source": (
        changed('source = "a decision of 2019"\n', ""),
        "agencies[3].source",
        "source",
    ),
    "printed without a quote": (
        changed('quote = "原县质监局"\n', ""),
        "agencies[3].quote",
        "source",
    ),
    "a level missing": (
        changed('[[levels]]\nlevel = "IV"\nname = "一般"\n', ""),
        "levels",
        "level IV is missing",
    ),
    "a level twice": (changed('level = "II"', 'level = "I"'), "levels[1]", "重叠"),
    "the lowest level with criteria": (
        changed(
            'name = "一般"',
            'name = "一般"\nany_of = [{ field = "crowd", at_least = 1, says = "x" }]',
        ),
        "levels[3].any_of",
        "only level IV",
    ),
    "a higher level without criteria": (
        changed('any_of = [{ field = "deaths", at_least = 1, says = "致人死亡" }]\n', ""),
        "levels[0].any_of",
        "only level IV",
    ),
    "a level without times": (
        changed("on_site_min = 60\n", ""),
        "levels[0].times.on_site_min",
        "缺少此键",
    ),
    "a criterion on an unknown field": (
        changed('field = "deaths"', 'field = "weather"'),
        "levels[0].any_of[0].field",
        "'weather'",
    ),
    "a criterion without a bound": (
        changed("at_least = 1, ", ""),
        "levels[0].any_of[0]",
        "bounds do not fit",
    ),
    "a flag with an amount": (
        changed("equals = true", "at_least = 1"),
        "levels[1].any_of[0]",
        "bounds do not fit",
    ),
    "a criterion on an unlisted violation": (
        changed('one_of = ["cheating_scale_use"]', 'one_of = ["bad_weather"]'),
        "levels[2].any_of[0].one_of",
        "'bad_weather'",
    ),
    "a key that is none": (
        changed(
            'code = "city"',
            'code = "city"\nkeys = [{ kid = "k1", x = "abc", valid_from = 2020-01-01 }]',
        ),
        "agencies[1].keys[0].x",
        "Ed25519",
    ),
}


def test_a_file_with_a_plan_is_read(tmp_path: Path) -> None:
    directory = load_directory(written(tmp_path, SOUND + PLAN))

    assert [t.leads for t in directory.tasks] == [("city",)]
    assert [t.code for t in directory.targets] == ["units"]
    assert [d.code for d in directory.duties] == ["evaluation"]


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_file_is_refused_with_file_key_and_reason(tmp_path: Path, what: str) -> None:
    text, key, reason = WRONG[what]
    file = written(tmp_path, text)

    with pytest.raises(BadJurisdiction) as refusal:
        load_directory(file)

    assert refusal.value.code == "bad_jurisdiction"
    assert (refusal.value.file, refusal.value.key) == (file, key)
    assert reason in refusal.value.reason
    assert str(file) in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "reason"),
    [("defaults = 1", "应为表"), ("[defaults]\nagencies = 1", "应为表"), ("posts = [1]", "posts")],
)
def test_a_file_of_another_shape_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(BadJurisdiction) as refusal:
        load_directory(written(tmp_path, text))

    assert reason in str(refusal.value)


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadJurisdiction, match="cannot be read"):
        load_directory(tmp_path / "nowhere.toml")

    (tmp_path / "bytes.toml").write_bytes(b"name = '\xff'")
    with pytest.raises(BadJurisdiction, match="UTF-8"):
        load_directory(tmp_path / "bytes.toml")
