"""Reads the project's own files: its modules as syntax trees, its pages and other texts."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from contracts.catalogue import UNITS
from contracts.messages import CaseEvent, Event

ROOT = Path(__file__).parents[2]
PACKAGES = ("contracts", "services", "workflows", "deploy")
SERVICES = sorted(unit.name for unit in UNITS if not unit.package)

_NOT_OURS = {".git", ".venv", ".steelyard", "dist", "build", "__pycache__", "node_modules"}
_TEXTS = {
    ".cfg", ".ini", ".json", ".lock", ".md", ".py", ".sh", ".sql", ".toml", ".txt", ".yaml", ".yml",
}  # fmt: skip


def modules(*folders: str) -> list[Path]:
    """The Python files of these folders, or of the whole project without its tests."""
    return [
        path for folder in folders or PACKAGES for path in sorted((ROOT / folder).rglob("*.py"))
    ]


def name_of(path: Path) -> str:
    """How a message calls a file."""
    return path.relative_to(ROOT).as_posix()


def at(path: Path, line: int | ast.AST = 1) -> str:
    """How a message calls a line, so that an editor opens it: `services/kit/clock.py:12`."""
    return f"{name_of(path)}:{line if isinstance(line, int) else getattr(line, 'lineno', 1)}"


def nothing(found: Iterable[str], advice: str) -> None:
    """Pass if nothing was found; else fail with every place and what to do about it."""
    places = list(found)
    if places:
        pytest.fail("\n  ".join((f"{advice} ({len(places)}):", *places)), pytrace=False)


@cache
def text(path: Path) -> str:
    return path.read_text("utf-8")


def lines(paths: Iterable[Path], pattern: str | re.Pattern[str]) -> Iterator[str]:
    """Each line of these files in which the pattern is found, as a message shows it."""
    for path in paths:
        for number, line in enumerate(text(path).splitlines(), 1):
            if found := re.search(pattern, line):
                yield f"{at(path, number)} {found.group()}"


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(text(path))


@cache
def calls(path: Path) -> tuple[tuple[str, ast.Call], ...]:
    """Every call in a file, with the name it goes by: `tx.emit`, `datetime.now`."""
    nodes = (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call))
    return tuple((ast.unparse(node.func), node) for node in nodes)


@cache
def imported(path: Path) -> dict[str, int]:
    """Top-level packages a file imports, each with the line of its last import."""
    found: dict[str, int] = {}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0]: node.lineno for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found[node.module.partition(".")[0]] = node.lineno
    return found


def texts() -> Iterator[Path]:
    """Every file of the project that a person may read."""
    for path in sorted(ROOT.rglob("*")):
        parts = set(path.relative_to(ROOT).parts)
        hidden = any(p.endswith("_cache") or p == ".hypothesis" for p in parts)
        if path.is_file() and not hidden and not parts & _NOT_OURS and _is_text(path):
            yield path


def _is_text(path: Path) -> bool:
    return path.suffix in _TEXTS or path.name in {"Makefile", "Dockerfile", "run"}


_KINDS = {Event, CaseEvent}


@cache
def events() -> dict[str, type[Event]]:
    """Every type of event by `context.name`: `enforcement.case_opened`."""
    import contracts

    found: dict[str, type[Event]] = {}
    for module in pkgutil.iter_modules(contracts.__path__):
        for value in vars(importlib.import_module(f"contracts.{module.name}")).values():
            if isinstance(value, type) and issubclass(value, Event) and value not in _KINDS:
                found[short(value)] = value
    return found


def short(event: type[Event]) -> str:
    """`cn.metrology.enforcement.case_opened.v1` as a card has it."""
    return ".".join(event.type.split(".")[2:4])
