"""The pages are true: what they name exists, and what exists is named."""

import ast
import importlib
import pkgutil
import re
from functools import cache
from pathlib import Path

import pytest
import typer.main
from pydantic_settings import BaseSettings

import services
from contracts.catalogue import TOPICS
from deploy.cli import build
from tests.architecture.house import ROOT, calls, modules, name_of, tree

REQUIRED = ("README.md", "README.zh-CN.md", "ARCHITECTURE.md", "CONTRIBUTING.md")
PAGES = sorted(
    path
    for pattern in ("*.md", "docker-compose.yml", "deploy/docker/*.example", "deploy/**/*.md")
    for path in ROOT.glob(pattern)
)
SETTING = re.compile(r"\b(?:AUDIT|DATABASE|KAFKA|STEELYARD|TEMPORAL)_[A-Z][A-Z_]+\b")
OWN = ("AUDIT_", "DATABASE_", "STEELYARD_")
"""Prefixes that are ours alone: the compose file also sets what other images read."""

pages = pytest.mark.parametrize("page", PAGES, ids=name_of)


@pytest.mark.parametrize("name", REQUIRED)
def test_the_page_is_there(name: str) -> None:
    assert (ROOT / name).is_file(), f"{name} is missing"


@pages
def test_every_make_target_a_page_names_exists(page: Path) -> None:
    named = set(re.findall(r"\bmake ([a-z][a-z-]+)\b", _code(page)))

    assert named <= _targets(), f"{name_of(page)} names targets that the Makefile has not"


def test_every_make_target_is_on_a_page() -> None:
    named = set(re.findall(r"\bmake ([a-z][a-z-]+)\b", _all_pages()))

    assert _targets() - named == set(), "say what these targets are for in CONTRIBUTING.md"


@pages
def test_every_command_a_page_names_exists(page: Path) -> None:
    for first, second in re.findall(r"\bsteelyard ([a-z]+)(?: ([a-z]+)\b)?", _code(page)):
        assert first in _commands(), f"{name_of(page)} names `steelyard {first}`"
        below = _commands()[first]
        assert not below or not second or second in below, (
            f"{name_of(page)} names `steelyard {first} {second}`"
        )


def test_every_command_is_on_a_page() -> None:
    text = _all_pages()
    missing = [
        f"steelyard {first} {second}".strip()
        for first, below in _commands().items()
        for second in below or {""}
        if not re.search(rf"steelyard {first}\b", text)
        or (second and not re.search(rf"steelyard {first} [a-z| ]*\b{second}\b", text))
    ]

    assert missing == [], "say what these commands are for in README.md"


def test_every_command_there_is_a_file_for_can_be_given() -> None:
    for path in (*modules("deploy/commands"), *(ROOT / "deploy").glob("*.py")):
        opening = (ast.get_docstring(tree(path)) or "").partition(":")[0]
        for name in re.findall(r"`steelyard ([a-z]+)", opening):
            assert name in _commands(), f"{name_of(path)} is not in COMMANDS of deploy/cli.py"


@pages
def test_every_setting_a_page_names_exists(page: Path) -> None:
    named = set(SETTING.findall(page.read_text("utf-8")))
    if page.suffix != ".md":
        named = {name for name in named if name.startswith(OWN)}

    assert named - _settings() - _read_in_code() == set()


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


@pages
def test_every_link_to_a_page_or_its_heading_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        file, _, heading = target.partition("#")
        linked = page.parent / file if file else page
        assert linked.is_file(), f"{name_of(page)} links to {target}"
        assert not heading or heading in _anchors(linked), f"{name_of(page)} links to {target}"


def test_every_test_named_on_a_page_exists() -> None:
    named = set(re.findall(r"\btest_[a-z0-9_]+\b(?!\.py)", _all_pages()))
    there = {
        node.name
        for path in modules("tests")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }

    assert named - there == set()


@pages
def test_every_path_a_page_names_exists(page: Path) -> None:
    tops = {path.name for path in ROOT.iterdir() if path.is_dir()}
    for span in re.findall(r"`([^`\s]+)`", page.read_text("utf-8")):
        path = span.rstrip("/:,.")
        is_path = path.partition("/")[0] in tops and "/" in path
        if is_path and not re.search(r"[<{…]|X", path):
            assert list(ROOT.glob(path.partition("::")[0])), f"{name_of(page)} names {span}"


@pages
def test_every_topic_a_page_names_exists(page: Path) -> None:
    named = set(re.findall(r"\bmetrology\.[a-z_]+\.v\d+\b", page.read_text("utf-8")))

    assert named <= {topic.name for topic in TOPICS}


def test_every_topic_is_on_a_page() -> None:
    missing = [topic.name for topic in TOPICS if topic.name not in _all_pages()]

    assert missing == []


def _code(page: Path) -> str:
    """What stands in code spans and blocks of a page; of any other file, everything."""
    text = page.read_text("utf-8")
    if page.suffix != ".md":
        return text
    blocks = re.findall(r"```.*?```", text, re.DOTALL)
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    return "\n".join([*blocks, *spans])


def _all_pages() -> str:
    return "\n".join(page.read_text("utf-8") for page in PAGES if page.suffix == ".md")


def _anchors(page: Path) -> set[str]:
    """Headings as links name them: lower case, hyphens, no punctuation."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


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
