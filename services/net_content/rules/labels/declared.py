"""What a declaration of net content (净含量标注) says, read from the words on the package."""

import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple

from contracts.says import Says
from services.net_content.rules.refusals import BadInput
from services.net_content.rules.sheets.numbers import exact
from services.net_content.rules.units import MeasureUnit

WORDS = "净含量"
SPELLINGS = {
    **dict.fromkeys(("g", "克"), MeasureUnit.G),
    **dict.fromkeys(("kg", "千克", "公斤"), MeasureUnit.KG),
    **dict.fromkeys(("ml", "mL", "毫升"), MeasureUnit.ML),
    **dict.fromkeys(("l", "L", "升"), MeasureUnit.L),
    **dict.fromkeys(("mm", "毫米"), MeasureUnit.MM),
    **dict.fromkeys(("cm", "厘米"), MeasureUnit.CM),
    **dict.fromkeys(("m", "米"), MeasureUnit.M),
    **dict.fromkeys(("mm2", "平方毫米"), MeasureUnit.MM2),
    **dict.fromkeys(("cm2", "平方厘米"), MeasureUnit.CM2),
    **dict.fromkeys(("dm2", "平方分米"), MeasureUnit.DM2),
    **dict.fromkeys(("m2", "平方米"), MeasureUnit.M2),
    **dict.fromkeys(
        ("个", "片", "支", "张", "只", "枚", "粒", "根", "块", "件"), MeasureUnit.PIECE
    ),
}
"""Legal units and their Chinese names; counting units are in Chinese. 公斤 is 千克."""
COUNTERS = "包袋瓶盒罐听杯支条块片个件枚只"
UNLAWFUL = (
    "斤",
    "两",
    "钱",
    "磅",
    "盎司",
    "lb",
    "lbs",
    "oz",
    "Oz",
    "cc",
    "CC",
    "Kg",
    "KG",
    "gm",
    "G",
)
"""Units and spellings that people do write and that are no legal ones."""


class DeclaredPart(NamedTuple):
    """One content of a declaration: `50 g × 10` has the content of one and how many there are."""

    content: Decimal
    spelling: str
    unit: MeasureUnit | None
    """Nothing if the unit is not a legal one."""
    times: int | None


class Declaration(NamedTuple):
    """Everything declared, in the order of the words."""

    has_words: bool
    parts: tuple[DeclaredPart, ...]


def declaration(printed: str) -> Declaration:
    """Reads `净含量：500克`, `50g×10`, `10袋×50g`, `净含量：500g（10×50g）`."""
    text = unicodedata.normalize("NFKC", printed).replace("²", "2")
    if re.search(r"\d,\d", text):
        exact(",", "printed")  # refused there, with the rule's name
    parts = tuple(_part(found) for found in _PART.finditer(text))
    if not parts:
        raise BadInput(
            "no_content_declared",
            Says(
                f"printed：“{printed[:40]}”中没有数字和单位。",
                f"printed: {printed[:40]!r} has no number with a unit.",
            ),
            field="printed",
        )
    return Declaration(WORDS in text, parts)


def _part(match: re.Match[str]) -> DeclaredPart:
    times = match["before"] or match["after"]
    spelling = match["unit"]
    return DeclaredPart(
        exact(match["content"], "printed"),
        spelling,
        SPELLINGS.get(spelling),
        int(times) if times else None,
    )


_UNIT = "|".join(sorted(map(re.escape, (*SPELLINGS, *UNLAWFUL)), key=len, reverse=True))
_PART = re.compile(
    rf"""
    (?: (?P<before>\d{{1,6}}) \s* [{COUNTERS}]? \s* [×xX*] \s* )?
    (?P<content>\d{{1,12}}(?:\.\d{{1,9}})?) \s* (?P<unit>{_UNIT}) (?![A-Za-z])
    (?: (?:/[{COUNTERS}])? \s* [×xX*] \s* (?P<after>\d{{1,6}}) \s* [{COUNTERS}]? )?
    """,
    re.VERBOSE,
)
