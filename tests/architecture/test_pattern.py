"""The pattern carries: whoever knows one service finds each room of another in the same place."""

import importlib
from pathlib import Path

import pytest
from fastapi import FastAPI

from tests.architecture.house import ROOT
from tests.support.rights import routes
from workflows import registry
from workflows.procedure.model import Procedure

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


@pytest.mark.parametrize("service", OWNERS)
@pytest.mark.parametrize("name", ROOMS)
def test_a_stranger_finds_each_room_where_enforcement_has_its_own(service: str, name: str) -> None:
    assert room(MODEL, name) is not None
    assert room(service, name) is not None, f"services/{service} has no {name}"


@pytest.mark.parametrize("service", OWNERS)
def test_an_app_is_put_together_the_same_way(service: str) -> None:
    app = importlib.import_module(f"services.{service}.app")

    assert service == app.NAME
    assert callable(app.unit)


@pytest.mark.parametrize("procedure", registry.PROCEDURES, ids=lambda p: f"{p.name}.v{p.version}")
def test_a_procedure_has_its_table_its_owner_s_effects_and_its_contract(
    procedure: Procedure,
) -> None:
    table = ROOT / "workflows" / procedure.name

    assert table.with_suffix(".py").exists() or table.is_dir()
    importlib.import_module(f"contracts.{procedure.owner}")
    assert (ROOT / "tests" / "services" / procedure.owner).is_dir()


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
