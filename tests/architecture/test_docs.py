"""The pages are true: what they name exists, and what exists is named."""

import importlib
import pkgutil
import re
from functools import cache
from pathlib import Path

import pytest
import typer.main
from pydantic_settings import BaseSettings

import services
from contracts.topics import TOPICS
from deploy.cli import build
from tests.architecture.house import ROOT, modules, name_of

REQUIRED = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")
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


@pages
def test_every_setting_a_page_names_exists(page: Path) -> None:
    named = set(SETTING.findall(page.read_text("utf-8")))
    if page.suffix != ".md":
        named = {name for name in named if name.startswith(OWN)}

    assert named - _settings() - _read_in_code() == set()


def test_every_setting_is_on_a_page() -> None:
    assert _settings() - set(SETTING.findall(_all_pages())) == set()


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
