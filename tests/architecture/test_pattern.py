"""The pattern carries: whoever knows one service finds each room of another in the same place."""

import importlib
from pathlib import Path

import pytest
from fastapi import FastAPI

from tests.architecture.house import ROOT, nothing
from tests.support.owner.matrix import routes
from workflows import registry

MODEL = "enforcement"
ROOMS = (
    "api",
    "app",
    "effects",
    "handlers",
    "migrations",
    "models",
    "queries",
    "rules",
    "showing",
    "views",
)
"""Every service that owns a procedure has these."""
OWNERS = sorted({procedure.owner for procedure in registry.PROCEDURES})


def room(service: str, name: str) -> Path | None:
    """A room is a file or, where it has several concerns, a folder of the same name."""
    home = ROOT / "services" / service
    found = [path for path in (home / f"{name}.py", home / name) if path.exists()]
    return found[0] if found else None


def test_a_stranger_finds_each_room_where_enforcement_has_its_own() -> None:
    nothing(
        (
            f"services/{service} has no {name}"
            for service in {MODEL, *OWNERS}
            for name in ROOMS
            if room(service, name) is None
        ),
        "give it the rooms that its neighbours have",
    )


@pytest.mark.parametrize("service", OWNERS)
def test_an_app_is_put_together_the_same_way(service: str) -> None:
    app = importlib.import_module(f"services.{service}.app")

    assert service == app.NAME
    assert callable(app.unit)


def test_a_procedure_has_its_table_its_owner_s_effects_and_its_contract() -> None:
    nothing(
        (
            f"{procedure.name}.v{procedure.version}: {path}"
            for procedure in registry.PROCEDURES
            for path in (
                f"workflows/{procedure.name}",
                f"contracts/{procedure.owner}",
                f"tests/services/{procedure.owner}",
            )
            if not (ROOT / path).exists() and not (ROOT / f"{path}.py").exists()
        ),
        "make what every procedure has",
    )


def test_the_service_added_last_is_asked_like_the_first() -> None:
    """The same paths below another noun: list, detail, timeline, steps."""
    cases = importlib.import_module("services.enforcement.api.cases")
    checks = importlib.import_module("services.net_content.api.checks")

    def shapes(module: object, noun: str) -> set[str]:
        app = FastAPI()
        app.include_router(module.router)  # type: ignore[attr-defined]
        return {route.replace(noun, "/noun") for route in routes(app)}

    assert len(shapes(cases, "/cases")) == 5
    assert shapes(cases, "/cases") == shapes(checks, "/checks")
