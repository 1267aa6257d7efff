"""The first scheme: it pins the tables released with it, and is never changed.

It sees a guard's own code and nothing that the code calls or was made with. New versions are pinned
by `scheme_2`.
"""

import ast
import hashlib
import inspect
import textwrap
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from workflows.procedure.model import Procedure


def fingerprint(procedure: Procedure) -> str:
    """SHA-256 of everything a table says, guards' code included; comments and layout do not
    count.
    """
    return hashlib.sha256("\n".join(_described(procedure)).encode()).hexdigest()


def _described(value: Any) -> Iterator[str]:
    if is_dataclass(value):
        yield type(value).__name__
        for field in fields(value):
            if "later" in field.metadata and getattr(value, field.name) == field.default:
                continue  # a table released before this field came says nothing of it
            yield field.name
            yield from _described(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _described(item)
    elif isinstance(value, frozenset):
        yield repr(sorted(value))
    elif inspect.isclass(value):
        yield value.__name__
    elif callable(value):
        yield _code(value)
    else:
        yield repr(value)


def _code(function: Any) -> str:
    """The function's syntax tree, without comments and layout; a lambda is found inside its
    statement.
    """
    source = textwrap.dedent(inspect.getsource(function))
    try:
        tree = ast.parse(source)
    except SyntaxError:  # a lambda's source is a fragment of a call
        return "".join(source.split())
    return dumped(tree)


def dumped(node: Any) -> str:
    """As `ast.dump` writes in Python 3.11, whatever Python runs: the tables were pinned by it."""
    if isinstance(node, list):
        return f"[{', '.join(map(dumped, node))}]"
    if not isinstance(node, ast.AST):
        return repr(node)
    kind = type(node)
    said = (
        f"{name}={dumped(value)}"
        for name, value in ast.iter_fields(node)
        if name != "type_params"  # came with Python 3.12
        if value is not None or getattr(kind, name, ...) is not None
    )
    return f"{kind.__name__}({', '.join(said)})"
