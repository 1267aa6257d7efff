"""Every list that a route answers has an end."""

from collections.abc import Iterator
from typing import Any

import pytest

from contracts.catalogue import UNITS
from tests.architecture.house import nothing
from tests.support.units import application

WHOLE = {
    "GET /regimes": "the laws and editions there are, part of the program",
}
"""Lists that are as long as what they tell of, and why that is bounded."""


def test_every_list_is_bounded_and_its_limit_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDIT_SIGNING_KEY", "1:" + "QUFB" * 10 + "QUE=")
    nothing(
        (
            f"{unit.name}: {route}"
            for unit in UNITS
            for route, asked, answered in _gets(application(unit).openapi())
            if _is_list(answered) and route not in WHOLE and not _is_bounded(asked)
        ),
        "give it a `limit` of at least 1 and at most so many",
    )


def _gets(document: dict[str, Any]) -> Iterator[tuple[str, list[Any], dict[str, Any]]]:
    """Each GET route with its parameters and the schema of its answer."""
    for path, methods in document["paths"].items():
        if (get := methods.get("get")) is not None:
            content = get["responses"]["200"].get("content", {})
            schema = content.get("application/json", {}).get("schema", {})
            name = schema.get("$ref", "").rpartition("/")[2]
            named = document.get("components", {}).get("schemas", {}).get(name, schema)
            yield f"GET {path}", get.get("parameters", []), named


def _is_list(schema: dict[str, Any]) -> bool:
    return schema.get("type") == "array" or "next" in schema.get("properties", {})


def _is_bounded(parameters: list[Any]) -> bool:
    limits = [p["schema"] for p in parameters if p["name"] == "limit"]
    return any(limit.get("minimum") == 1 and "maximum" in limit for limit in limits)
