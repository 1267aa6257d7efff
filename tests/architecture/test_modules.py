"""How every file is written, checked so that nobody needs to repeat it."""

import ast
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.house import (
    ROOT,
    at,
    calls,
    lines,
    modules,
    name_of,
    nothing,
    texts,
    tree,
)

SOURCE = modules()
EVERYTHING = [*SOURCE, *modules("tests")]
EMPTY = {"utils", "util", "helpers", "common", "manager", "misc", "stuff", "data", "info"}
WALL = re.compile(r"(datetime\.)?(datetime\.(now|utcnow|today)|date\.today|time\.time(_ns)?)")
LATER = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3)) + r")\b")
LEFT_OUT = {"importorskip", "skip", "skipif", "xfail"}


def test_a_module_says_what_it_is_for() -> None:
    named = [path for path in EVERYTHING if "migrations/versions" not in path.as_posix()]

    nothing(
        (at(path) for path in named if not _is_sentence(ast.get_docstring(tree(path)))),
        "open the file with one sentence that says what it is for",
    )


def test_a_name_says_more_than_that_there_is_something() -> None:
    nothing(
        (name_of(path) for path in SOURCE if EMPTY & {path.stem, path.parent.name}),
        "name the file and its folder after their job",
    )


def test_only_the_kit_catches_any_fault() -> None:
    outside = [path for path in SOURCE if not path.is_relative_to(ROOT / "services" / "kit")]

    nothing(
        (place for path in outside for place in _catches_all(path)),
        "name the fault that is caught, or let the kit catch it",
    )


def test_only_the_kit_s_clock_reads_the_wall() -> None:
    own = ROOT / "services" / "kit" / "clock.py"

    nothing(
        (
            f"{at(path, call)} calls {name}"
            for path in modules("contracts", "services", "workflows")
            for name, call in calls(path)
            if path != own and WALL.fullmatch(name)
        ),
        "take the time as an argument, or use services.kit.clock.Clock",
    )


def test_no_work_is_left_for_later() -> None:
    nothing(lines(EVERYTHING, LATER), "do it now, or file an issue")


def test_no_test_is_left_out() -> None:
    nothing(
        (
            f"{at(path, node)} {ast.unparse(node)}"
            for path in EVERYTHING
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Attribute) and node.attr in LEFT_OUT
            if ast.unparse(node).startswith("pytest.")
        ),
        "a test runs everywhere, or is deleted",
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
    named = re.compile("|".join(re.escape(one) for one in sorted(hosts | paths)))

    nothing(lines(texts(), named), "name no registry and no path of this machine")


def _is_sentence(said: str | None) -> bool:
    lines = (said or "").splitlines()
    return bool(lines) and (len(lines) > 1 or lines[0].endswith((".", "。", ":", "?")))


def _catches_all(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ExceptHandler):
            caught = ast.unparse(node.type) if node.type else "everything"
            # what cleans up and raises again hides nothing
            raises = any(isinstance(inner, ast.Raise) for inner in ast.walk(node))
            if caught in {"everything", "Exception", "BaseException"} and not raises:
                yield f"{at(path, node)} catches {caught}"
