"""`steelyard draw verify` on a record in a file: 0 if it holds, 1 if not, 2 if it is none."""

import json
from pathlib import Path

import pytest

from tests.services.net_content.rules.test_draw import record
from tests.support.command_line import steelyard


def written(tmp_path: Path, content: object) -> str:
    file = tmp_path / "draw.json"
    file.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    return str(file)


def test_a_true_record_holds(tmp_path: Path) -> None:
    said = steelyard("draw", "verify", written(tmp_path, record()))

    assert said.code == 0
    assert "✔" in said.out


def test_a_tampered_one_does_not(tmp_path: Path) -> None:
    said = steelyard("draw", "verify", written(tmp_path, record(public_word="改过")))

    assert said.code == 1
    assert "重新抽取的结果不同" in said.out


@pytest.mark.parametrize("content", [[], {}, {"algorithm": "dice"}, record(seed=None)])
def test_what_is_no_record_is_a_wrong_input(tmp_path: Path, content: object) -> None:
    said = steelyard("draw", "verify", written(tmp_path, content))

    assert said.code == 2
    assert "抽取" in said.err
