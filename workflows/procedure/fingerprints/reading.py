"""What the code of a function reads: constants, functions and classes outside it, by name."""

import dis
import inspect
import sys
from collections.abc import Iterator, Mapping
from enum import EnumType
from types import CodeType, FunctionType, ModuleType
from typing import Any

from workflows.procedure.fingerprints.syntax import CannotSee, class_code

OURS = {"contracts", "workflows"}
"""Packages whose functions and classes are looked into; of others the name is enough."""


def is_ours(thing: Any) -> bool:
    return str(getattr(thing, "__module__", "")).partition(".")[0] in OURS


def reads(function: FunctionType) -> Mapping[str, Any]:
    """Each name outside itself that a function reads, and what it stands for now.

    Builtins are left out: their names are in the syntax. An attribute of a module is followed to
    what it is, and a member of an enumeration is read without its neighbours.
    """
    return _resolved(function.__code__, function.__globals__)


def class_reads(cls: type) -> Mapping[str, Any]:
    """The same of a class: of its methods, their defaults and decorators, and its own values."""
    return _resolved(class_code(cls), vars(sys.modules[cls.__module__]))


def closure(function: FunctionType) -> Mapping[str, Any]:
    """What a function made inside another was made with; a name not bound yet says nothing."""
    cells = zip(function.__code__.co_freevars, function.__closure__ or (), strict=True)
    return {name: cell.cell_contents for name, cell in cells if _is_bound(cell)}


def methods(cls: type) -> Iterator[FunctionType]:
    """The functions written in a class: methods, class and static methods, properties."""
    file = inspect.getsourcefile(cls) if is_ours(cls) else None
    for member in vars(cls).values():
        found = member.fget if isinstance(member, property) else member
        found = getattr(found, "__func__", getattr(found, "func", found))
        if isinstance(found, FunctionType) and found.__code__.co_filename == file:
            yield found


def _chains(code: CodeType) -> Iterator[list[str]]:
    """`a.b.c` as it is loaded, by this code and by the code inside it."""
    chain: list[str] = []
    for instruction in dis.get_instructions(code):
        if instruction.opname == "EXTENDED_ARG":
            continue
        if chain and instruction.opname in ("LOAD_ATTR", "LOAD_METHOD"):
            chain.append(instruction.argval)
            continue
        if chain:
            yield chain
        is_outside = instruction.opname in ("LOAD_GLOBAL", "LOAD_NAME")
        chain = [instruction.argval] if is_outside else []
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _chains(inner)


def _resolved(code: CodeType, names: Mapping[str, Any]) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for name, *attributes in _chains(code):
        if name in names and not name.startswith("__"):
            found |= _followed(name, names[name], attributes)
    return dict(sorted(found.items()))


def _followed(name: str, value: Any, attributes: list[str]) -> dict[str, Any]:
    while isinstance(value, ModuleType):
        if not attributes:
            raise CannotSee(f"a guard hands the module {name} on: name what it reads of it")
        name, value = f"{name}.{attributes[0]}", getattr(value, attributes[0])
        attributes = attributes[1:]
    if isinstance(value, EnumType) and attributes and attributes[0] in value.__members__:
        return {f"{name}.{attributes[0]}": value.__members__[attributes[0]]}
    return {name: value}


def _is_bound(cell: Any) -> bool:
    try:
        cell.cell_contents  # noqa: B018 - asking is what fails
    except ValueError:
        return False
    return True
