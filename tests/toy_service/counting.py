"""How much of a new service is pattern, counted on the toy."""

import difflib
from dataclasses import dataclass

from tests.architecture.house import ROOT
from tests.toy_service.edits import EDITS, edited
from tests.toy_service.laying import ADDED, TREE

SERVICE = "services/gauges/"


@dataclass(frozen=True)
class Count:
    """Files, and the lines in them that are not blank."""

    files: int
    lines: int

    def __str__(self) -> str:
        return f"{self.lines} lines in {self.files} files"


def of(*names: str) -> Count:
    written = [(TREE / name).read_text("utf-8").splitlines() for name in names]
    return Count(len(names), sum(bool(line.strip()) for lines in written for line in lines))


def pattern() -> Count:
    """All of the service's modules but its migrations: the toy has next to nothing of its own.

    Docstrings, imports and the five fields of its one record are counted with the rest.
    """
    return of(*(n for n in ADDED if n.startswith(SERVICE) and "/migrations/" not in n))


def beside() -> Count:
    """What else it adds: its messages, its table, its migration, its tests."""
    return of(*(n for n in ADDED if not n.startswith(SERVICE) or "/migrations/" in n))


def elsewhere() -> Count:
    """Files changed elsewhere, and the lines that are new or changed in them."""
    lines = 0
    for name in EDITS:
        before = (ROOT / name).read_text("utf-8")
        compared = difflib.ndiff(before.splitlines(), edited(name, before).splitlines())
        lines += sum(line.startswith("+ ") for line in compared)
    return Count(len(EDITS), lines)
