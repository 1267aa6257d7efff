"""Each service's docstring is a card, and the card is true."""

import ast
import importlib
import re
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from contracts.catalogue import told_by, unit
from tests.architecture.house import ROOT, SERVICES, calls, events, modules, short

EVERYTHING = "everything on every topic"


@pytest.mark.parametrize("service", SERVICES)
def test_a_card_lists_what_the_service_hears(service: str) -> None:
    heard = {_heard(call.args[0], service) for call in _called(service, "hears")}

    assert _card(service)["Hears"] == (heard or {"nothing"})


@pytest.mark.parametrize("service", SERVICES)
def test_a_card_lists_what_the_service_says(service: str) -> None:
    may = set(told_by(service))
    own = {
        event.__name__: name
        for name, event in events().items()
        if event in may and _is_of(name, service)
    }
    called = {name.rpartition(".")[2] for path in _files(service) for name, _ in calls(path)}
    said = {own[name] for name in called & own.keys()}

    # without a topic nothing is told to others
    assert _card(service)["Says"] == (said if unit(service).keyed_by else {"nothing"})


@pytest.mark.parametrize("service", SERVICES)
def test_a_card_lists_what_the_service_does_for_workflows(service: str) -> None:
    does = {f"{service}.take_step"} if _called(service, "effects_of") else {"nothing for workflows"}

    assert _card(service)["Does"] == does


@pytest.mark.parametrize("service", SERVICES)
def test_a_card_lists_the_rows_the_service_owns(service: str) -> None:
    models = vars(importlib.import_module(f"services.{service}.models"))
    tables = {
        _snake(name)
        for name, value in models.items()
        if isinstance(value, type)
        and issubclass(value, SQLModel)
        and value.__module__ == f"services.{service}.models"
        and hasattr(value, "__table__")
    }

    assert {_singular(name) for name in _card(service)["Owns"]} == tables


def _card(service: str) -> dict[str, set[str]]:
    """`Says  a, b,` and the lines indented below it, as a set for each word."""
    source = (ROOT / "services" / service / "__init__.py").read_text("utf-8")
    body = (ast.get_docstring(ast.parse(source)) or "").partition("\n\n")[2]
    entries = re.sub(r"\n\s+", " ", body).splitlines()
    found: dict[str, set[str]] = {}
    for entry in entries:
        word, _, rest = entry.partition(" ")
        rest = re.sub(r" \(for workflows\)$", "", rest.strip())
        found[word] = {item.strip() for item in rest.split(", ")}
    return found


def _heard(argument: ast.expr, service: str) -> str:
    name = ast.unparse(argument).rpartition(".")[2]
    if name == "Event":
        return EVERYTHING
    matching = {short(event) for event in events().values() if event.__name__ == name}
    assert matching, f"{service} hears {name}, which is no event of the contracts"
    return matching.pop()


def _called(service: str, function: str) -> list[ast.Call]:
    return [call for path in _files(service) for name, call in calls(path) if name == function]


def _files(service: str) -> list[Path]:
    return modules(f"services/{service}")


def _is_of(name: str, service: str) -> bool:
    return name.partition(".")[0] == service


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def _singular(name: str) -> str:
    parts = (re.sub(r"(?<!s)s$", "", re.sub(r"ies$", "y", part)) for part in name.split("_"))
    return "_".join(parts)
