"""Examples of what was ever sent: today's models must still read each of them, whole."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
from pydantic import ValidationError

from deploy.schemas.sent import Sent

EXAMPLES = "examples"


def of(root: Path, sent: Sent) -> list[Path]:
    """The examples of one type, oldest first."""
    return sorted((root / EXAMPLES / sent.path).glob("*.json"))


def unread(file: Path, sent: Sent) -> str | None:
    """Why today's model does not read this example, or loses part of it."""
    text = file.read_text("utf-8")
    try:
        model = sent.model.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        at = ".".join(str(part) for part in first["loc"])
        return f"{sent.model.__name__} does not read it any more: {at}: {first['msg']}"
    again = model.model_dump_json()
    lost = list(_lost(json.loads(text), json.loads(again)))
    if lost:
        return f"{sent.model.__name__} reads it but does not give it back whole: {', '.join(lost)}"
    if sent.model.model_validate_json(again) != model:
        return f"{sent.model.__name__} does not read what it wrote itself"
    return None


def outside(file: Path, frozen: dict[str, Any]) -> str | None:
    """Where this example breaks the frozen schema."""
    example = json.loads(file.read_text("utf-8"))
    wrong = next(jsonschema.Draft202012Validator(frozen).iter_errors(example), None)
    return wrong and f"breaks its frozen schema at {wrong.json_path}: {wrong.message}"


def unshown(files: list[Path], schema: dict[str, Any]) -> list[str]:
    """Fields of the schema that no example has; each version ever sent shows its own."""
    shown: set[str] = set()
    for file in files:
        shown |= set(_fields(schema, schema, json.loads(file.read_text("utf-8"))))
    return sorted(set(_fields(schema, schema, _ALL)) - shown)


_ALL: Any = object()
"""Stands for a value that has every field."""


def _fields(root: dict[str, Any], node: Any, value: Any, path: str = "") -> Iterator[str]:
    """The fields a value has, each with the name of its model."""
    seen: set[str] = set()
    pending = [(node, value, path)]
    while pending:
        node, value, path = pending.pop()
        if "$ref" in node:
            path = node["$ref"].rpartition("/")[2]
            if value is _ALL and path in seen:
                continue
            seen.add(path)
            pending.append((root["$defs"][path], value, path))
        for name, field in node.get("properties", {}).items():
            if value is _ALL or (isinstance(value, dict) and name in value):
                yield f"{path}.{name}".lstrip(".")
                pending.append((field, _ALL if value is _ALL else value[name], path))
        pending += _within(node, value, path)


def _within(node: Any, value: Any, path: str) -> Iterator[tuple[Any, Any, str]]:
    for branch in (*node.get("anyOf", ()), *node.get("oneOf", ())):
        yield branch, value, path
    for key, of_type in (("items", list), ("additionalProperties", dict)):
        if isinstance(node.get(key), dict):
            inner = value.values() if isinstance(value, dict) else value
            for item in [_ALL] if value is _ALL else inner if isinstance(value, of_type) else ():
                yield node[key], item, path


def _lost(sent: Any, kept: Any, path: str = "$") -> Iterator[str]:
    """Places of what was sent that the model dropped or changed; what it added is its defaults."""
    if isinstance(sent, dict) and isinstance(kept, dict):
        for key, value in sent.items():
            if key in kept:
                yield from _lost(value, kept[key], f"{path}.{key}")
            else:
                yield f"{path}.{key}"
    elif isinstance(sent, list) and isinstance(kept, list) and len(sent) == len(kept):
        for n, (one, other) in enumerate(zip(sent, kept, strict=True)):
            yield from _lost(one, other, f"{path}[{n}]")
    elif sent != kept:
        yield path
