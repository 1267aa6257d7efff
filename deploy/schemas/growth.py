"""Tells growth from breakage: may a type's schema become this other one?"""

import json
from collections.abc import Callable, Iterator
from typing import Any, Literal

import jsoncompat

Schema = dict[str, Any]
SchemaRole = Literal["serializer", "deserializer"]

_WORDS = {"title", "description", "examples", "$schema", "discriminator"}


def breakage(frozen: Schema, written: Schema, read: Schema) -> list[str]:
    """Who would misread whom if the frozen schema became today's; empty for growth."""
    wrong = []
    # role `both` refuses even an added optional field: nobody's reader is closed to new fields
    if not _compatible(_comparable(frozen), _comparable(written), "serializer"):
        wrong.append("readers of the frozen form could not rely on what is written now")
    if not _compatible(_comparable(frozen, closed=True), _comparable(read), "deserializer"):
        wrong.append("what was written in the frozen form could not all be read any more")
    return wrong


def differences(old: Any, new: Any, path: str = "") -> Iterator[str]:
    """What changed, place by place; words alone do not count."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*old, *(key for key in new if key not in old)]:
            yield from _member(old, new, key, f"{path}.{key}" if path else key)
    elif path.endswith(("required", "enum")) and isinstance(old, list) and isinstance(new, list):
        yield from (f"{path}: {item!r} is gone" for item in old if item not in new)
        yield from (f"{path}: {item!r} is new" for item in new if item not in old)
    elif old != new:
        yield f"{path}: {_short(old)} became {_short(new)}"


def _member(old: Schema, new: Schema, key: str, path: str) -> Iterator[str]:
    # below `properties` and `$defs` a key is a field's own name, whatever it spells
    names = path.rpartition(".")[0].endswith(("properties", "$defs"))
    if key in _WORDS and not names:
        return
    if key in old and key in new:
        yield from differences(old[key], new[key], path)
    elif key in {"required", "enum"}:
        yield from differences(old.get(key, []), new.get(key, []), path)
    else:
        yield f"{path} {'is gone' if key in old else 'is new'}"


def _compatible(old: Schema, new: Schema, role: SchemaRole) -> bool:
    return bool(jsoncompat.check_compat(json.dumps(old), json.dumps(new), role))


def _comparable(schema: Schema, *, closed: bool = False) -> Schema:
    """The schema in a form jsoncompat can decide on.

    It cannot see that the branches of a discriminated `oneOf` exclude each other. And a writer of
    the frozen form wrote no other fields; `closed` says so, or each new one would look a clash.
    """
    union: Schema = _each(schema, _any_of)
    return dict(_each(union, _close)) if closed else union


def _any_of(node: Schema) -> Schema:
    if "oneOf" not in node:
        return node
    return {"anyOf": node["oneOf"], **{k: v for k, v in node.items() if k not in _UNION}}


_UNION = {"oneOf", "discriminator"}


def _close(node: Schema) -> Schema:
    if isinstance(node.get("properties"), dict) and node.get("type") == "object":
        return {"additionalProperties": False, **node}
    return node


def _each(node: Any, change: Callable[[Schema], Schema]) -> Any:
    if isinstance(node, dict):
        return {key: _each(value, change) for key, value in change(node).items()}
    return [_each(value, change) for value in node] if isinstance(node, list) else node


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:77]}…"
