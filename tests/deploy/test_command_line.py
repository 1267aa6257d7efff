"""The command line where nothing runs: what goes wrong is one clear line and exit code 2."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization as pem
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from deploy.cli import COMMANDS
from deploy.commands.step import stated
from deploy.commands.submit import _signed, _signer, read
from deploy.stack.whereabouts import Whereabouts, find, note
from deploy.terminal.names import step_name
from deploy.terminal.showing import derivation
from services.kit.clock import WallClock
from services.kit.errors import Invalid
from services.kit.events.envelope import Envelope
from services.kit.events.signing import verify
from services.kit.events.structured import to_structured
from tests.support.command_line import steelyard
from tests.support.examples.intake import report
from tests.support.examples.procedure import DERIVATION
from tests.support.signed import KIDS, SEEDS, directory, enveloped, signed
from workflows.procedure.time.due import SYSTEM_STEPS
from workflows.registry import PROCEDURES

NAMED = ("DATABASE_URL", "DATABASE_ROLE_KEY", "KAFKA_BOOTSTRAP_SERVERS")


@pytest.fixture(autouse=True)
def nothing_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without a stack, and no settings."""
    monkeypatch.setenv("STEELYARD_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "200")
    for name in NAMED:
        monkeypatch.delenv(name, raising=False)


def event() -> Envelope:
    """A report of now, not signed."""
    return enveloped(report(occurred_at=WallClock().now()), time=WallClock().now())


def written(file: Path, *events: Envelope) -> Path:
    file.write_bytes(b"\n".join(to_structured(one) for one in events))
    return file


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_tells_how_it_is_used(command: str) -> None:
    said = steelyard(command, "--help")

    assert said.code == 0
    assert "Usage" in said.out


def test_the_commands_are_listed_chinese_first() -> None:
    said = steelyard("--help")

    assert said.code == 0
    assert "案件列表，新者在前。 Cases, newest first." in said.out
    assert all(f" {name} " in said.out for name in COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["weigh"], "No such command 'weigh'"),
        (["case"], "Missing argument 'ID'"),
        (["cases"], "No Steelyard is running in"),
        (["cases", "--url", "http://127.0.0.1:9", "--token", "t"], "No answer from the service"),
        (["held", "list"], "或指明 DATABASE_URL"),
        (["held", "show", "kitchen", "1"], "there is no unit kitchen"),
        (["held", "replay", "enforcement", "1"], "Missing option '--who'"),
        (["migrate"], "These settings are missing: DATABASE_URL, DATABASE_ROLE_KEY"),
        (["audit", "verify"], "These settings are missing: DATABASE_URL, DATABASE_ROLE_KEY"),
        (["run", "kitchen"], "there is no unit kitchen"),
        (["step", "1", "file_case"], "say who takes the step"),
        (["step", "1", "file_case", "--as", "nobody"], "No Steelyard is running"),
        (["step", "1", "s", "--as", "a@b", "--json", "{"], "--json is no JSON"),
        (["step", "1", "s", "--as", "a@b", "--json", "[]"], "--json is no object"),
        (["submit", "nowhere.json"], "No such file or directory: 'nowhere.json'"),
        (["jurisdiction", "check", "nowhere.toml"], "nowhere.toml"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_goes_wrong_is_one_line_and_exit_code_2(
    arguments: list[str], says: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    said = steelyard(*arguments)

    assert said.code == 2
    assert says in said.err
    assert len(said.err.strip().splitlines()) == 1
    assert said.out == ""


def test_a_wrong_setting_is_told_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/else")
    monkeypatch.setenv("DATABASE_ROLE_KEY", "short")

    said = steelyard("migrate")

    assert said.code == 2
    assert "DATABASE_ROLE_KEY" in said.err
    assert "short" not in said.err


def test_a_server_that_is_not_there_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://postgres:secret@127.0.0.1:9/steelyard")
    monkeypatch.setenv("DATABASE_ROLE_KEY", "a key for the roles of tests")

    said = steelyard("held", "list")

    assert said.code == 2
    assert len(said.err.strip().splitlines()) == 1
    assert "secret" not in said.err


# ── submit ───────────────────────────────────────────────────────────────────────────────────────


def test_an_event_is_signed_with_the_key_of_a_file(tmp_path: Path) -> None:
    key = tmp_path / "county.pem"
    private = Ed25519PrivateKey.from_private_bytes(SEEDS["county"])
    plain = (pem.Encoding.PEM, pem.PrivateFormat.PKCS8, pem.NoEncryption())
    key.write_bytes(private.private_bytes(*plain))

    signer = _signer(tmp_path, key, KIDS["county"], "county")
    ready = _signed(event(), signer)

    assert verify(ready, directory(), WallClock().now()).code == "county"


def test_a_key_of_another_kind_is_refused(tmp_path: Path) -> None:
    key = tmp_path / "ec.pem"
    plain = (pem.Encoding.PEM, pem.PrivateFormat.PKCS8, pem.NoEncryption())
    key.write_bytes(generate_private_key(SECP256R1()).private_bytes(*plain))

    with pytest.raises(Invalid, match="no Ed25519 key"):
        _signer(tmp_path, key, "k", "county")


def test_an_unsigned_event_without_a_key_is_not_sent(tmp_path: Path) -> None:
    said = steelyard("submit", str(written(tmp_path / "one.json", event())))

    assert said.code == 2
    assert "is not signed" in said.err


def test_one_agency_does_not_sign_for_another(tmp_path: Path) -> None:
    file = written(tmp_path / "one.json", event())
    key = tmp_path / "city.toml"
    key.write_text(f'agency = "city"\nkid = "{KIDS["city"]}"\nseed = "{SEEDS["city"].hex()}"\n')

    said = steelyard("submit", str(file), "--key", str(key))

    assert said.code == 2
    assert "is of /agencies/county, the key of city" in said.err


def test_the_bad_line_of_a_file_is_named(tmp_path: Path) -> None:
    file = written(tmp_path / "many.jsonl", signed(report()), signed(report()))
    file.write_bytes(file.read_bytes() + b'\n{"specversion": "1.0"}')

    said = steelyard("submit", str(file))

    assert said.code == 2
    assert "many.jsonl:3" in said.err


def test_a_file_gives_its_events_in_order_with_their_bytes(tmp_path: Path) -> None:
    events = [signed(report(reference=f"R-{n}")) for n in range(3)]

    assert list(read(written(tmp_path / "three.jsonl", *events))) == events


# ── what a person reads ──────────────────────────────────────────────────────────────────────────


def test_every_step_has_a_chinese_name() -> None:
    steps = {step.name for p in PROCEDURES for t in (p.main, *p.parts) for step in t.steps}

    assert [step for step in sorted({*steps, *SYSTEM_STEPS}) if step_name(step) == step] == []


def test_a_derivation_lets_anyone_count_again() -> None:
    said = "\n".join(derivation(DERIVATION.model_dump(mode="json")))

    assert "自 from 2026-03-09 15:00 起 120 日 days" in said
    assert "不计 not counted: testing 8 日 days（2026-03-12、2026-03-13" in said
    assert "2026-07-26 为节假日，顺延 rolled off a holiday" in said
    assert "日历 calendar 2026.1" in said


def test_a_payload_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "payload.json"
    file.write_text('{"cause": "案由"}', "utf-8")

    assert stated(f"@{file}") == {"cause": "案由"}


# ── where a stack is ─────────────────────────────────────────────────────────────────────────────


def test_a_stack_notes_where_it_is_for_its_owner_s_eyes(tmp_path: Path) -> None:
    env = {"DATABASE_URL": "postgresql://u:p@h/d", "PATH": "/bin"}

    forget = note(tmp_path, {"enforcement": "http://127.0.0.1:1"}, env)

    [file] = (tmp_path / "run").iterdir()
    assert file.stat().st_mode & 0o077 == 0
    assert find(tmp_path) == Whereabouts(
        {"enforcement": "http://127.0.0.1:1"}, {"DATABASE_URL": "postgresql://u:p@h/d"}
    )
    assert json.loads(file.read_text("utf-8"))["env"].keys() == {"DATABASE_URL"}

    forget()
    assert not file.exists()
