"""Reads the project's own files: its modules as syntax trees, its pages and other texts."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from contracts.messages import CaseEvent, Event

ROOT = Path(__file__).parents[2]
PACKAGES = ("contracts", "services", "workflows", "deploy")
SERVICES = sorted(path.parent.name for path in ROOT.glob("services/*/handlers.py"))

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


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call in a file, with the name it goes by: `tx.emit`, `datetime.now`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


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
