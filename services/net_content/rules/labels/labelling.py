"""Whether a label (标签) declares its net content as the law wants it."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from contracts.messages import Message
from contracts.says import Says
from services.net_content.rules.labels.declared import Declaration, DeclaredPart, declaration
from services.net_content.rules.labels.multipacks import multipack
from services.net_content.rules.refusals import BadInput, NotKnown
from services.net_content.rules.regimes.labelling import Heights, UnitChoice, UnitRange
from services.net_content.rules.regimes.model import Regime
from services.net_content.rules.regimes.sourced import Confidence, Sourced
from services.net_content.rules.sheets.numbers import Exact
from services.net_content.rules.units import MeasureUnit, QuantityKind
from services.net_content.rules.verdict.lots import Facts

WORDLESS = {QuantityKind.LENGTH, QuantityKind.AREA, QuantityKind.COUNT}
"""Kinds of declaration that may leave the words for net content out."""


class Inner(Facts):
    """One kind of package inside a multi-pack (套装、多件包装)."""

    content: Exact
    unit: MeasureUnit
    count: int


class Label(Facts):
    """What is printed, and what was measured of it."""

    printed: str
    """The declaration word for word: `净含量：500克`."""
    height_mm: Exact | None = None
    """Measured height of its characters (字符高度)."""
    inner: tuple[Inner, ...] = ()
    """What a multi-pack holds; one entry a kind of goods."""


class LabelFinding(Message):
    """One rule on labels."""

    rule: Literal["form", "unit", "unit_choice", "height", "multipack"]
    holds: bool | None
    """None where the law leaves it open for what is printed here."""
    clause: str
    confidence: Confidence
    zh: str
    en: str


class LabelVerdict(Message):
    """All rules on one label; it holds when each of them does."""

    form: Literal["label.v1"] = "label.v1"
    regime: str
    edition: str
    printed: str
    holds: bool | None
    findings: tuple[LabelFinding, ...]


def check(label: Label, regime: Regime) -> LabelVerdict:
    """Raises `BadInput` where nothing can be read, `NotKnown` where no rules are known."""
    if label.height_mm is not None and label.height_mm <= 0:
        raise BadInput(
            "not_positive",
            Says("height_mm：字符高度应大于0。", "height_mm: must be more than 0."),
            field="height_mm",
        )
    read = declaration(label.printed)
    findings = tuple(_findings(label, read, regime))
    if not findings:
        raise NotKnown(
            "labels_not_known",
            Says(
                f"{regime.title_zh}的标注规则未经核对。",
                f"The rules of {regime.title_en} on labels are not confirmed to us.",
            ),
            field="regime",
        )
    answers = {finding.holds for finding in findings}
    return LabelVerdict(
        regime=regime.name,
        edition=regime.edition,
        printed=label.printed,
        holds=False if False in answers else None if None in answers else True,
        findings=findings,
    )


def _findings(label: Label, read: Declaration, regime: Regime) -> Iterator[LabelFinding]:
    units = [part.unit for part in read.parts]
    if regime.declaration is not None:
        yield _form(read, regime.declaration)
        for part in read.parts:
            yield _legal(part, regime.declaration)
        if label.inner:
            inside = [(i.content * i.unit.in_base, i.unit.base, i.count) for i in label.inner]
            holds, zh, en = multipack(read, inside)
            yield _finding("multipack", regime.declaration, zh, en, holds=holds)
    if regime.unit_choice is not None:
        for part in read.parts:
            if part.unit is not None:
                yield _choice(part, part.unit, regime.unit_choice)
    if regime.heights is not None and label.height_mm is not None and None not in units:
        yield _height(label.height_mm, read, regime.heights)


def _form(read: Declaration, rule: Sourced) -> LabelFinding:
    wordless = all(p.unit is not None and p.unit.kind in WORDLESS for p in read.parts)
    holds = read.has_words or wordless
    zh = "标注由“净含量”、数字和法定计量单位组成" if holds else "缺少“净含量”三字"
    en = "has the words 净含量, a number and a unit" if holds else "lacks the words 净含量"
    return _finding("form", rule, f"{zh}。", f"The declaration {en}.", holds=holds)


def _legal(part: DeclaredPart, rule: Sourced) -> LabelFinding:
    holds = part.unit is not None
    zh = f"“{part.spelling}”{'是' if holds else '不是'}法定计量单位的写法。"
    en = f"{part.spelling!r} is {'' if holds else 'not '}how a legal unit is written."
    return _finding("unit", rule, zh, en, holds=holds)


def _choice(part: DeclaredPart, unit: MeasureUnit, rule: UnitChoice) -> LabelFinding:
    content = part.content * unit.in_base
    row = next((r for r in rule.rows if r.base is unit.base and _is_within(content, r)), None)
    says = f"{part.content:f} {part.spelling}"
    if row is None:  # counts, and what the table does not reach
        known = unit.kind is QuantityKind.COUNT or None
        return _finding(
            "unit_choice", rule, f"{says}：不限单位。", f"{says}: no unit is set.", holds=known
        )
    allowed = "、".join(row.units)
    holds = unit in row.units
    return _finding(
        "unit_choice",
        rule,
        f"{says}：应以{allowed}为单位。",
        f"{says}: to be declared in {', '.join(row.units)}.",
        holds=holds,
    )


def _is_within(content: Decimal, row: UnitRange) -> bool:
    above = row.at_least is None or content >= row.at_least
    return above and (row.below is None or content < row.below)


def _height(height: Decimal, read: Declaration, rule: Heights) -> LabelFinding:
    """Of several contents the law does not say which counts: it is open between their heights."""
    wanted = [mm for part in read.parts if (mm := _least_height(part, rule)) is not None]
    if not wanted:
        return _finding(
            "height", rule, "字符高度未规定。", "No height is set for such a label.", holds=None
        )
    least, most = min(wanted), max(wanted)
    holds = True if height >= most else False if height < least else None
    asked = f"{most:f}" if least == most else f"{least:f}-{most:f}"
    return _finding(
        "height",
        rule,
        f"字符高{height:f} mm，应不小于{asked} mm。",
        f"The characters are {height:f} mm high; at least {asked} mm is asked.",
        holds=holds,
    )


def _least_height(part: DeclaredPart, rule: Heights) -> Decimal | None:
    if part.unit is None or part.unit.kind in WORDLESS:
        return rule.other_mm
    content = part.content * part.unit.in_base
    return next(r.mm for r in rule.rows if r.up_to is None or content <= r.up_to)


def _finding(
    rule: Literal["form", "unit", "unit_choice", "height", "multipack"],
    of: Sourced,
    zh: str,
    en: str,
    *,
    holds: bool | None,
) -> LabelFinding:
    return LabelFinding(
        rule=rule, holds=holds, clause=of.clause, confidence=of.confidence, zh=zh, en=en
    )
