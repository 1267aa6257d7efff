"""`steelyard jurisdiction check`: what is in a file, or one clear line and exit code 2."""

from pathlib import Path

from typer.testing import CliRunner

from deploy.jurisdiction import app
from deploy.stack.environment import JURISDICTION
from tests.support.jurisdiction import changed, written


def test_a_sound_file_is_listed() -> None:
    result = CliRunner().invoke(app, ["check", str(JURISDICTION)])

    assert result.exit_code == 0
    assert "演示辖区" in result.output
    assert "155" in result.output


def test_it_tells_leads_inherited_clocks_and_contradictions() -> None:
    file = JURISDICTION.with_name("qingdao.toml")

    result = CliRunner().invoke(app, ["check", str(file)])

    assert result.exit_code == 0
    assert "承继 inherits: shandong" in result.output
    assert (
        "四（五） 计量执法体系：快速反应、执法联动、举报奖励：牵头 leads 市市场监管局"
        in result.output
    )
    assert "lead_verification_15wd：3 working_days（shandong）" in result.output
    [kept] = [line for line in result.output.splitlines() if "矛盾并存" in line]
    assert "300家以上" in kept
    assert "350家以上" in kept


def test_a_wrong_file_is_refused_in_one_line(tmp_path: Path) -> None:
    file = written(tmp_path, changed('parent = "city"', 'parent = "town"'))

    result = CliRunner().invoke(app, ["check", str(file)])

    assert result.exit_code == 2
    assert result.output.count("\n") == 1
    assert f"{file}: agencies[2].parent" in result.output


def test_a_file_to_inherit_that_is_missing_is_named(tmp_path: Path) -> None:
    file = written(tmp_path, changed('version = "1"', 'version = "1"\ninherits = "province"'))

    result = CliRunner().invoke(app, ["check", str(file)])

    assert result.exit_code == 2
    assert f"{file}: inherits" in result.output
    assert "province.toml" in result.output
