"""What a person reads is Chinese first, then English, and its Chinese is written as Chinese is."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.chinese import (
    HOLE,
    english_first,
    half_width,
    has_english,
    is_english,
    literals,
    may_be_chinese,
    text_of,
)
from tests.architecture.house import ROOT, at, calls, modules, name_of, nothing, tree

RELEASED = {
    "拟罚没数额达到听证标准,须告知听证权利",
    "不同意保存,立即解除",
    "逾期未处理,自动解除",
    "定量包装商品计量监督管理办法(市场监管总局令第70号) Order 70",
    "国办发〔2018〕118号;公示信息抽查办法第十一条 results are public within 20 working days",
    f"第({HOLE})项",
}
"""Texts of released tables, which keep their wording; a new version writes them full-width."""
RELEASED_GUARDS = {
    "workflows/supervision/guards.py": 1,
    "workflows/enforcement_case/crime.py": 1,
    "workflows/enforcement_case/guards.py": 1,
    "workflows/criminal_handoff/guards.py": 6,
    "workflows/jurisdiction/guards.py": 2,
}
"""Conditions of released tables that are lambdas: a fingerprint has the call they stand in."""
PRINTED = re.compile(r"^\s*(quote|\w+_printed) *= *(\[.*\]|\".*\")$")
"""Keys of a jurisdiction's file that hold a printed text, letter by letter."""


def test_the_chinese_page_is_punctuated_as_chinese() -> None:
    page = ROOT / "README.zh-CN.md"
    found = [f"{place}: {what}" for place, line in _lines(page) for what in half_width(line)]

    assert not found, "\n".join(found)


def test_chinese_comes_first_and_is_punctuated_as_chinese() -> None:
    found = [
        f"{place}: {what}"
        for place, text in _texts()
        for what in (*half_width(text), *(["English comes first"] if english_first(text) else []))
    ]

    assert not found, "\n".join(["use ，；：（）！？ and say the Chinese first:", *found])


def test_says_has_chinese_then_english() -> None:
    found = [
        f"{name_of(path)}:{call.lineno}: {ast.unparse(call)}"
        for path in modules()
        for name, call in calls(path)
        if name == "Says" and not _in_order(call)
    ]

    assert not found, "\n".join(["Says(中文, English):", *found])


def test_what_is_raised_on_purpose_is_said_in_two_languages() -> None:
    """Not even an `Unavailable`: its text is kept with the event that is held."""
    spoken = _kinds_of("SteelyardError")

    assert {"Refusal", "Unreadable", "Unverified", "Unavailable", "OutOfStep"} <= spoken
    nothing(
        (
            f"{at(path, call)}: {ast.unparse(call)}"
            for path in modules()
            for name, call in calls(path)
            if name in spoken and any(has_english(text_of(arg) or "") for arg in call.args)
        ),
        "Says(中文, English)",
    )


def test_new_conditions_of_steps_are_written_with_says() -> None:
    found = {
        name_of(path): times
        for path in modules("workflows")
        if path.name != "guard.py"
        if (times := sum(name == "Guard" for name, _ in calls(path)))
    }

    assert found == RELEASED_GUARDS, "write guard(holds, Says(中文, English), basis)"


def _texts() -> Iterator[tuple[str, str]]:
    for path in modules():
        for line, text in literals(tree(path)):
            if text not in RELEASED:
                yield f"{name_of(path)}:{line}", text
    papers = [*ROOT.glob("services/**/*.typ"), *(ROOT / "deploy").rglob("*.toml")]
    for path in sorted(papers):
        yield from _lines(path)


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not PRINTED.match(line):
            yield f"{name_of(path)}:{number}", line


def _kinds_of(name: str) -> set[str]:
    """A class of errors and every class below it, by their names."""
    bases = [
        (node.name, {ast.unparse(base) for base in node.bases})
        for path in modules()
        for node in tree(path).body
        if isinstance(node, ast.ClassDef)
    ]
    found = {name}
    while below := {kind for kind, of in bases if of & found} - found:
        found |= below
    return found


def _in_order(call: ast.Call) -> bool:
    """Literals alone can be judged; a sentence that came from elsewhere was judged there."""
    zh, en = (list(_said(arg)) for arg in call.args)
    return all(map(may_be_chinese, zh)) and all(map(is_english, en))


def _said(node: ast.expr) -> Iterator[str]:
    """The sentences an argument may be."""
    if isinstance(node, ast.IfExp):
        yield from (*_said(node.body), *_said(node.orelse))
    elif text := text_of(node):
        yield text


@pytest.mark.parametrize(
    "text",
    [
        "已抽取,不得重抽",
        "共 3 件,现为 2 件",
        "检定(第九条)",
        "字段不合:\ufffc",
        "批量\ufffc,不是\ufffc件",
    ],
)
def test_half_width_punctuation_is_found(text: str) -> None:
    assert half_width(text)


@pytest.mark.parametrize(
    "text", ["检定（第九条）", "the verdict (检验结论) on a lot", "没有机关 no agency: 7", "a, b"]
)
def test_sound_text_is_left_alone(text: str) -> None:
    assert not half_width(text)
    assert not english_first(text)


def test_english_first_is_found() -> None:
    assert english_first("There is no such case. 没有这一案件。")
    assert not english_first("没有这一案件。 There is no such case.")
    assert not english_first("the paper names 净含量 and a unit")
