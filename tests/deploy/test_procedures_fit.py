"""Every jurisdiction that is shipped can carry every procedure: roles held, lengths given."""

from pathlib import Path

import pytest

from deploy.stack.environment import JURISDICTION
from services.kit.directory.file import load_directory
from workflows.procedure.lint import problems
from workflows.registry import PROCEDURES

FILES = sorted(JURISDICTION.parent.glob("*.toml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_jurisdiction_carries_every_procedure(file: Path) -> None:
    directory = load_directory(file)

    assert [says for p in PROCEDURES for says in problems(p, directory)] == []
