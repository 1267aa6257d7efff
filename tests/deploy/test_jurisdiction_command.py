"""`steelyard jurisdiction check`: what is in a file, or one clear line and exit code 2."""

from pathlib import Path

from typer.testing import CliRunner

from deploy.environment import JURISDICTION
from deploy.jurisdiction import app
from tests.support.jurisdiction import changed, written


def test_a_sound_file_is_listed() -> None:
    result = CliRunner().invoke(app, ["check", str(JURISDICTION)])

    assert result.exit_code == 0
    assert "演示辖区" in result.output
    assert "143" in result.output


def test_a_wrong_file_is_refused_in_one_line(tmp_path: Path) -> None:
    file = written(tmp_path, changed('parent = "city"', 'parent = "town"'))

    result = CliRunner().invoke(app, ["check", str(file)])

    assert result.exit_code == 2
    assert result.output.count("\n") == 1
    assert f"{file}: agencies[2].parent" in result.output
