"""A small, sound jurisdiction's file, for tests that break it in one place."""

from pathlib import Path

SOUND = """
jurisdiction = "small"
name = "小辖区"
name_en = "A small place"
version = "1"
national = "nation"

[defaults.agencies]
valid_from = 2020-01-01
reason = "for tests"

[[agencies]]
code = "nation"
name = "国家局"
name_en = "Nation"
level = "national"
regions = ["100000"]

[[agencies]]
code = "city"
name = "市局"
name_en = "City"
level = "city"
parent = "nation"
regions = ["370200"]

[[agencies]]
code = "county"
name = "县局"
name_en = "County"
level = "county"
parent = "city"
regions = ["370202"]

[[agencies]]
code = "former"
name = "原县质监局"
name_en = "Former county"
kind = "quality_supervision"
level = "county"
valid_from = 2000-01-01
valid_to = 2020-01-01
successor = "county"
origin = "printed"
source = "a decision of 2019"
quote = "原县质监局"

[[agencies]]
code = "police"
name = "县公安局"
name_en = "Police"
kind = "public_security"
level = "county"

[[posts]]
agencies = "*"
post = "head"
name = "负责人"
role = "head"
valid_from = 2010-01-01
reason = "for tests"

[[holders]]
principal = "county.second"
name = "县局副职"
agency = "county"
role = "head"
valid_from = 2024-01-01
valid_to = 2025-01-01
reason = "for tests"

[defaults.levels]
valid_from = 2020-01-01
reason = "for tests"
mobilises = false

[defaults.levels.times]
first_contact_min = 15
on_site_min = 60
first_report_min = 30
written_report_min = 60
follow_up_h = 4
after_action_h = 72

[[levels]]
level = "I"
name = "特别重大"
any_of = [{ field = "deaths", at_least = 1, says = "致人死亡" }]

[[levels]]
level = "II"
name = "重大"
any_of = [{ field = "suspected_crime", equals = true, says = "涉嫌犯罪" }]

[[levels]]
level = "III"
name = "较大"
any_of = [{ field = "violation", one_of = ["cheating_scale_use"], says = "作弊秤" }]

[[levels]]
level = "IV"
name = "一般"

[[clocks]]
clock = "suspension_review"
number = 30
unit = "calendar_days"
basis = "local"
valid_from = 2020-01-01
reason = "for tests"

[[violations]]
code = "cheating_scale_use"
name = "使用作弊秤"
name_en = "Using a cheating scale"
valid_from = 2020-01-01
reason = "for tests"
"""


def written(folder: Path, text: str = SOUND, name: str = "small.toml") -> Path:
    """The text as a file of that folder."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def changed(old: str, new: str) -> str:
    """The sound file with one passage changed; the passage must be there."""
    assert old in SOUND, old
    return SOUND.replace(old, new, 1)
