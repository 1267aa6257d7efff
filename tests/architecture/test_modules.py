"""How every file is written, checked so that nobody needs to repeat it."""

import ast
import re
import tempfile
from pathlib import Path

import pytest

from tests.architecture.house import ROOT, calls, modules, name_of, texts, tree

SOURCE = modules()
EVERYTHING = [*SOURCE, *modules("tests")]
LIMIT = 300
LISTS = {"contracts", "workflows"}
"""Lists of messages or of a procedure's steps are as long as the law is."""


def each(paths: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", paths, ids=name_of)


@each(EVERYTHING)
def test_a_module_says_what_it_is_for(path: Path) -> None:
    if "migrations/versions" in path.as_posix():
        return

    said = ast.get_docstring(tree(path))
    assert said, f"{name_of(path)} has no docstring: one sentence, what it is for"
    assert re.search(r"[.。:?]$", said.splitlines()[0]) or len(said.splitlines()) > 1, (
        f"{name_of(path)}: its docstring is no sentence"
    )


@each(SOURCE)
def test_a_file_is_read_in_one_go(path: Path) -> None:
    is_list = path.parent.name in LISTS and path.parent.parent == ROOT
    length = len(path.read_text("utf-8").splitlines())

    assert length <= LIMIT or is_list, f"{name_of(path)} has {length} lines; split its noun"


@each(SOURCE)
def test_a_name_says_more_than_that_there_is_something(path: Path) -> None:
    empty = {"utils", "util", "helpers", "common", "manager", "misc", "stuff", "data", "info"}

    assert not empty & {path.stem, path.parent.name}, f"{name_of(path)}: name it after its job"


@each(SOURCE)
def test_only_the_kit_catches_any_fault(path: Path) -> None:
    if path.is_relative_to(ROOT / "services" / "kit"):
        return
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ExceptHandler):
            caught = ast.unparse(node.type) if node.type else "everything"
            # what cleans up and raises again hides nothing
            raises = any(isinstance(inner, ast.Raise) for inner in ast.walk(node))
            assert caught not in {"everything", "Exception", "BaseException"} or raises, (
                f"{name_of(path)}:{node.lineno} catches {caught}: name the fault, or let the kit"
            )


@each(modules("contracts", "services", "workflows"))
def test_only_the_kit_s_clock_reads_the_wall(path: Path) -> None:
    if path == ROOT / "services" / "kit" / "clock.py":
        return
    wall = r"(datetime\.(now|utcnow|today)|date\.today|time\.time(_ns)?)"
    for name, call in calls(path):
        assert not re.fullmatch(rf"(datetime\.)?{wall}", name), (
            f"{name_of(path)}:{call.lineno} reads the wall clock: take the time as an argument, "
            f"or services.kit.clock.Clock"
        )


@each(EVERYTHING)
def test_no_test_is_left_out_and_no_work_is_left_for_later(path: Path) -> None:
    later = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3)) + r")\b")
    assert not later.search(path.read_text("utf-8")), f"{name_of(path)} leaves work for later"
    for name, call in calls(path):
        left_out = {"pytest.skip", "pytest.xfail", "pytest.mark.skip", "pytest.importorskip"}
        assert name not in left_out | {"pytest.mark.skipif", "pytest.mark.xfail"}, (
            f"{name_of(path)}:{call.lineno} leaves a test out"
        )


def test_no_file_names_a_registry_or_a_path_of_this_machine() -> None:
    hosts = {
        f"{name}.{end}"
        for name, end in (
            ("pypi", "org"),
            ("pythonhosted", "org"),
            ("npmjs", "org"),
            ("npmjs", "com"),
            ("maven", "org"),
            ("maven.apache", "org"),
            ("proxy.golang", "org"),
            ("crates", "io"),
            ("rubygems", "org"),
            ("ghcr", "io"),
            ("quay", "io"),
        )
    }
    paths = {f"{place}/" for place in (ROOT, ROOT.parent, Path(tempfile.gettempdir()))} - {"//"}
    named = re.compile("|".join(re.escape(text) for text in sorted(hosts | paths)))

    found = [
        f"{name_of(file)}:{number}: {match.group()}"
        for file in texts()
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if (match := named.search(line))
    ]

    assert found == []
