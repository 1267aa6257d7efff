"""The pages are true: what they name exists, and what exists is named."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import typer.main
from pydantic_settings import BaseSettings

import services
from contracts.catalogue import TOPICS, UNITS
from deploy.cli import build
from tests.architecture.house import ROOT, calls, modules, name_of, nothing, text, tree

REQUIRED = ("README.md", "README.zh-CN.md", "ARCHITECTURE.md", "CONTRIBUTING.md")
PAGES = sorted(
    path
    for pattern in ("*.md", "docker-compose.yml", "deploy/docker/*.example", "deploy/**/*.md")
    for path in ROOT.glob(pattern)
)
COMMAND = r"\bsteelyard ([a-z]+)(?: ([a-z]+)\b)?"
SETTING = re.compile(r"\b(?:AUDIT|DATABASE|KAFKA|STEELYARD|TEMPORAL)_[A-Z][A-Z_]+\b")
OWN = ("AUDIT_", "DATABASE_", "STEELYARD_")
"""Prefixes that are ours alone: the compose file also sets what other images read."""


def test_the_pages_are_there() -> None:
    nothing((name for name in REQUIRED if not (ROOT / name).is_file()), "write the page")


def test_every_make_target_a_page_names_exists() -> None:
    nothing(
        (
            f"{name_of(page)} names `make {target}`"
            for page, target in _named(r"\bmake ([a-z][a-z-]+)\b", _code)
            if target not in _targets()
        ),
        "name targets that the Makefile has",
    )


def test_every_make_target_is_on_a_page() -> None:
    named = set(re.findall(r"\bmake ([a-z][a-z-]+)\b", _all_pages()))

    assert _targets() - named == set(), "say what these targets are for in CONTRIBUTING.md"


def test_every_command_a_page_names_exists() -> None:
    nothing(
        (
            f"{name_of(page)} names `steelyard {first} {second}`"
            for page, (first, second) in _named(COMMAND, _code)
            if first not in _commands()
            or (second and _commands()[first] and second not in _commands()[first])
        ),
        "name commands that `steelyard --help` has",
    )


def test_every_command_is_on_a_page() -> None:
    said = _all_pages()
    missing = [
        f"steelyard {first} {second}".strip()
        for first, below in _commands().items()
        for second in below or {""}
        if not re.search(rf"steelyard {first}\b", said)
        or (second and not re.search(rf"steelyard {first} [a-z| ]*\b{second}\b", said))
    ]

    assert missing == [], "say what these commands are for in README.md"


def test_every_command_there_is_a_file_for_can_be_given() -> None:
    for path in (*modules("deploy/commands"), *(ROOT / "deploy").glob("*.py")):
        opening = (ast.get_docstring(tree(path)) or "").partition(":")[0]
        for name in re.findall(r"`steelyard ([a-z]+)", opening):
            assert name in _commands(), f"{name_of(path)} is not in COMMANDS of deploy/cli.py"


def test_every_setting_a_page_names_exists() -> None:
    known = _settings() | _read_in_code()

    nothing(
        (
            f"{name_of(page)} names {name}"
            for page in PAGES
            for name in sorted(set(SETTING.findall(text(page))) - known)
            if page.suffix == ".md" or name.startswith(OWN)
        ),
        "name settings that something reads",
    )


def test_every_setting_is_on_a_page() -> None:
    assert _settings() - set(SETTING.findall(_all_pages())) == set()


def test_every_setting_of_the_command_line_alone_is_on_a_page() -> None:
    """Those that code of `deploy` reads by itself, not through a class of settings."""
    read = {
        constant.value
        for path in modules("deploy")
        for name, call in calls(path)
        if name in {"typer.Option", "os.environ.get", "os.getenv"}
        for constant in ast.walk(call)
        if isinstance(constant, ast.Constant) and isinstance(constant.value, str)
    }
    named = {value for value in read if SETTING.fullmatch(value)}

    assert "STEELYARD_CACHE_DIR" in named
    assert named - set(SETTING.findall(_all_pages())) == set()


def test_every_link_to_a_page_or_its_heading_leads_somewhere() -> None:
    links = _named(r"\]\(([^)\s]+)\)")

    nothing(
        (
            f"{name_of(page)} links to {target}"
            for page, target in links
            if not _leads(page, target)
        ),
        "link to a page that is there, and to one of its headings",
    )


def test_every_test_named_on_a_page_exists() -> None:
    named = set(re.findall(r"\btest_[a-z0-9_]+\b(?!\.py)", _all_pages()))
    there = {
        node.name
        for path in modules("tests")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }

    assert named - there == set()


def test_every_path_a_page_names_exists() -> None:
    named = _named(r"`([^`\s]+)`")

    nothing(
        (f"{name_of(page)} names {span}" for page, span in named if not _is_there(span)),
        "name paths that are there",
    )


def test_every_topic_a_page_names_exists() -> None:
    topics = {topic.name for topic in TOPICS}

    nothing(
        (
            f"{name_of(page)} names {name}"
            for page, name in _named(r"\bmetrology\.[a-z_]+\.v\d+\b")
            if name not in topics
        ),
        "name topics that contracts/topics.py has",
    )


def test_every_topic_is_on_a_page() -> None:
    """The agencies' own by its name; those of services by the pattern of theirs."""
    of_services = {unit.topic.name for unit in UNITS if unit.keyed_by}
    patterns = {
        re.sub(rf"\b{unit.name}\b", "<service>", unit.topic.name) for unit in UNITS if unit.keyed_by
    }
    others = {topic.name for topic in TOPICS} - of_services

    assert [name for name in others | patterns if name not in _all_pages()] == []


def _named(pattern: str, of: Callable[[Path], str] = text) -> list[tuple[Path, Any]]:
    """Every match, with the page it is on."""
    return [(page, found) for page in PAGES for found in re.findall(pattern, of(page))]


def _code(page: Path) -> str:
    """What stands in code spans and blocks of a page; of any other file, everything."""
    if page.suffix != ".md":
        return text(page)
    blocks = re.findall(r"```.*?```", text(page), re.DOTALL)
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text(page), flags=re.DOTALL))
    return "\n".join([*blocks, *spans])


def _all_pages() -> str:
    return "\n".join(text(page) for page in PAGES if page.suffix == ".md")


def _anchors(page: Path) -> set[str]:
    """Headings as links name them: lower case, hyphens, no punctuation."""
    headings = re.findall(r"^#+ (.+)$", text(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


def _leads(page: Path, target: str) -> bool:
    file, _, heading = target.partition("#")
    linked = page.parent / file if file else page
    return linked.is_file() and (not heading or heading in _anchors(linked))


def _is_there(span: str) -> bool:
    """Whether a code span is no path of ours, or a path to something."""
    path = span.rstrip("/:,.")
    ours = "/" in path and (ROOT / path.partition("/")[0]).is_dir() and not path.startswith("/")
    return not ours or bool(re.search(r"[<{…]|X", path) or list(ROOT.glob(path.partition("::")[0])))


@cache
def _targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    return set(re.findall(r"^([a-z][a-z-]+):.*##", makefile, re.MULTILINE))


@cache
def _commands() -> dict[str, set[str]]:
    """Each command with the commands below it."""
    top = typer.main.get_command(build())
    return {
        name: set(getattr(command, "commands", {}))
        for name, command in getattr(top, "commands", {}).items()
    }


@cache
def _settings() -> set[str]:
    """Every setting of every unit, by the name it is set by."""
    for module in pkgutil.walk_packages(services.__path__, "services."):
        if module.name.rpartition(".")[2] in {"settings", "keys"}:
            importlib.import_module(module.name)
    return {
        f"{kind.model_config.get('env_prefix', '')}{field}".upper()
        for kind in BaseSettings.__subclasses__()
        if kind.__module__.startswith("services.")
        for field in kind.model_fields
    }


@cache
def _read_in_code() -> set[str]:
    """Settings of the embedded stack and the command line alone."""
    sources = (path.read_text("utf-8") for path in modules("deploy"))
    return set(SETTING.findall("\n".join(sources)))
