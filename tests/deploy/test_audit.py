"""`steelyard audit` as an operator or a script calls it."""

import asyncio
import json
from base64 import b64encode
from pathlib import Path

import pytest
from typer.testing import CliRunner

from deploy.audit import app, read_checkpoint
from services.kit.errors import Invalid
from services.oversight.checkpointing import Checkpoints
from tests.services.oversight.conftest import Log, audit_database, audit_log, empty_log
from tests.services.oversight.events import filed, step_taken, told
from tests.services.oversight.logs import KEY
from tests.support.servers import ROLE_KEY

__all__ = ["audit_database", "audit_log", "empty_log"]


@pytest.fixture
async def filled(audit_log: Log, audit_database: str, monkeypatch: pytest.MonkeyPatch) -> Log:
    """Three entries, two of them under a checkpoint, in the database the settings name."""
    await audit_log.take(told(filed()), told(step_taken(1)))
    await Checkpoints(audit_log.worker, KEY).one()
    await audit_log.take(told(step_taken(2)))
    monkeypatch.setenv("DATABASE_URL", audit_database)
    monkeypatch.setenv("DATABASE_ROLE_KEY", ROLE_KEY)
    monkeypatch.setenv("AUDIT_PUBLIC_KEYS", f"{KEY.kid}:{b64encode(KEY.public).decode()}")
    return audit_log


async def run(*arguments: str) -> tuple[int, str]:
    """The command in a thread of its own, since it runs a loop of its own."""
    result = await asyncio.to_thread(CliRunner().invoke, app, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout


@pytest.mark.usefixtures("filled")
async def test_a_log_that_holds_exits_with_0_and_says_so_in_both_languages() -> None:
    code, said = await run("verify")

    assert code == 0
    assert "审计日志完整 The audit log holds" in said
    assert "覆盖 covering 2，其后 after 1" in said
    assert "步骤 steps 2" in said


async def test_a_log_that_does_not_hold_exits_with_1_and_names_the_entry(filled: Log) -> None:
    await filled.tamper(
        "UPDATE entry SET record = set_byte(record, length(record) - 3, 65) WHERE index = 1"
    )

    code, said = await run("verify")

    assert code == 1
    assert "审计日志有误" in said
    assert "第 1 条的内容与其叶子散列不符" in said
    assert "the bytes of entry 1 do not give its leaf hash" in said


async def test_the_verdict_can_be_read_by_a_program(filled: Log) -> None:
    await filled.tamper("DELETE FROM entry WHERE index = 0")

    code, said = await run("verify", "--json")

    verdict = json.loads(said)
    assert code == 1
    assert verdict["holds"] is False
    assert verdict["findings"][0]["code"] == "entry_missing"
    assert verdict["findings"][0]["says"] == "entry 0 is missing"


async def test_a_checkpoint_kept_elsewhere_holds_the_log_to_its_word(
    filled: Log, tmp_path: Path
) -> None:
    kept = await Checkpoints(filled.worker, KEY).one()
    assert kept is not None
    file = tmp_path / "checkpoint.json"
    file.write_text(kept.model_dump_json())
    before = await run("verify", "--against", str(file))
    await filled.tamper(
        "DELETE FROM checkpoint WHERE size = 3", "DELETE FROM entry WHERE index = 2"
    )

    alone, against = await run("verify"), await run("verify", "--against", str(file))

    assert before[0] == 0
    assert alone[0] == 0
    assert against[0] == 1
    assert "末尾条目缺失" in against[1]


async def test_erasing_is_on_record_and_the_log_still_holds(filled: Log) -> None:
    erased, said = await run("erase", "0", "--by", "zhao", "--why", "误报个人信息")
    code, verdict = await run("verify", "--json")

    assert erased == 0
    assert "Erased entry 0" in said
    assert code == 0
    assert (json.loads(verdict)["entries"], json.loads(verdict)["erased"]) == (4, 1)
    assert (await filled.verdict()).holds


def test_a_file_that_is_no_checkpoint_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="不是检查点"):
        read_checkpoint(tmp_path / "missing.json")
