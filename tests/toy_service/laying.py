"""Lays the toy service into a copy of the project, and runs what a contributor runs there."""

import os
import shutil
import subprocess
import sys
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.house import PACKAGES, ROOT
from tests.toy_service.edits import EDITS, edited

TREE = Path(__file__).with_name("tree")
ADDED = tuple(
    sorted(
        path.relative_to(TREE).as_posix()
        for path in TREE.rglob("*.py")
        if "__pycache__" not in path.parts
    )
)
"""The files of the toy, by their places in the project."""
_LEFT_OUT = shutil.ignore_patterns("*_cache", ".hypothesis", "histories", "*.pyc.*")
"""Caches, what is large and read by no test here, and bytecode that is just being written."""


@dataclass(frozen=True)
class Project:
    """A copy of the project."""

    root: Path

    def without(self, name: str) -> None:
        (self.root / name).unlink()

    def change(self, name: str, old: str, new: str) -> None:
        path = self.root / name
        text = path.read_text("utf-8")
        assert old in text, f"{name} has no {old!r}"
        path.write_text(text.replace(old, new), "utf-8")

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A program of this environment, in the copy and on what the copy has."""
        beside = Path(sys.executable).with_name
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
        return subprocess.run(
            [beside(program), *arguments],
            cwd=self.root,
            env=inherited | {"PYTHONPATH": str(self.root)},
            capture_output=True,
            text=True,
            check=False,
        )

    def succeeds(self, program: str, *arguments: str) -> str:
        """What it says, which must end well."""
        done = self.run(program, *arguments)
        said = done.stdout + done.stderr
        assert done.returncode == 0, f"{program} {' '.join(arguments)}:\n{said}"
        return said


def with_toy(to: Path, *, leaving: Collection[str] = ()) -> Project:
    """A copy of the project with the toy service in it; files in `leaving` are not edited."""
    for folder in (*PACKAGES, "tests"):
        shutil.copytree(ROOT / folder, to / folder, ignore=_LEFT_OUT)
    for file in ROOT.iterdir():
        if file.is_file() and not file.name.startswith("."):
            shutil.copy(file, to / file.name)
    shutil.copytree(TREE, to, dirs_exist_ok=True, ignore=_LEFT_OUT)
    for name in EDITS.keys() - set(leaving):
        (to / name).write_text(edited(name, (ROOT / name).read_text("utf-8")), "utf-8")
    return Project(to)
