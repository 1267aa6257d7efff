"""The second scheme: it sees whatever a guard's answer hangs on.

Of a function: its own syntax, what it was made with (closure, defaults, arguments of a `partial`),
and the constants, functions and classes of ours that it reads, these again in the same way. Nothing
is named by its module, so a function or constant may move to another file. What a guard asks of its
`Attempt` is the engine's, and is not seen.
"""

import hashlib
import inspect
import json
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time, timedelta, tzinfo
from decimal import Decimal
from enum import Enum
from functools import _lru_cache_wrapper, partial
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from workflows.procedure.fingerprints import reading, syntax
from workflows.procedure.model import Procedure

NUMBERS = (float, complex, range, Decimal)
AS_PRINTED = (*NUMBERS, bytes, date, time, timedelta, tzinfo, UUID, re.Pattern)
"""Kinds of values whose `repr` is the same in every process."""


def fingerprint(procedure: Procedure) -> str:
    return hashlib.sha256(_text(described(procedure)).encode()).hexdigest()


def described(procedure: Procedure) -> Any:
    """Everything the fingerprint is made of, as JSON: two of them show what differs."""
    return _Table([]).of(procedure)


def _text(described: Any) -> str:
    return json.dumps(described, ensure_ascii=False, sort_keys=True)


class _Values(ABC):
    """Describes values. A function or class met before is told by its number, so that it ends."""

    def __init__(self, met: list[Any]) -> None:
        self.met = met

    def of(self, value: Any) -> Any:
        if value is None or type(value) in (bool, int, str):
            return value
        if isinstance(value, Enum):
            return {"member": f"{type(value).__name__}.{value.name}", "is": self.of(value.value)}
        if isinstance(value, AS_PRINTED):
            return {type(value).__name__: repr(value)}
        if isinstance(value, type):
            return self.of_class(value)
        if isinstance(value, list | tuple | set | frozenset | Mapping):
            return self._of_collection(value)
        is_record = is_dataclass(value) or isinstance(value, BaseModel)
        return self._of_record(value) if is_record else _Code(self.met).of_callable(value)

    @abstractmethod
    def of_class(self, cls: type) -> Any:
        """How a class is told of here."""

    def _of_collection(self, value: Iterable[Any]) -> Any:
        if isinstance(value, Mapping):
            return {"map": [[self.of(key), self.of(item)] for key, item in value.items()]}
        if isinstance(value, set | frozenset):
            known = len(self.met)
            items = sorted(_text(self.of(item)) for item in value)
            if len(self.met) > known:
                raise syntax.CannotSee(
                    "a set of functions or classes has no order: make it a tuple"
                )
            return {"set": items}
        return {"list": [self.of(item) for item in value]}

    def _of_record(self, value: Any) -> Any:
        says = {name: self.of(said) for name, said in _said(value).items()}
        record = {"record": type(value).__name__, "says": says}
        return record | (
            {"called": _Code(self.met).of_class(type(value))} if callable(value) else {}
        )


class _Table(_Values):
    """What a table says: of the class of a payload its name, for its shape is a contract."""

    def of_class(self, cls: type) -> Any:
        is_payload = issubclass(cls, BaseModel)
        return {"class": cls.__name__} if is_payload else _Code(self.met).of_class(cls)


class _Code(_Values):
    """What code works with: functions and classes of ours are looked into."""

    def of(self, value: Any) -> Any:
        """A value of a class of ours brings the class's code along: a guard may run it."""
        said, cls = super().of(value), type(value)
        has_code = any(True for kind in cls.__mro__ for _ in reading.methods(kind))
        is_named_tuple = isinstance(value, tuple) and reading.is_ours(cls)
        if not (has_code or is_named_tuple):
            return said
        if isinstance(value, Enum):  # the other members are no matter
            return {"value": said, "runs": [self.of(m) for m in reading.methods(cls)]}
        return {"value": said, "runs": self.of_class(cls)}

    def of_callable(self, value: Any) -> Any:
        if isinstance(value, FunctionType):
            return self._of_function(value) if reading.is_ours(value) else _outside(value)
        if isinstance(value, partial):
            return {"partial": [self.of(part) for part in (value.func, value.args, value.keywords)]}
        if isinstance(value, MethodType):
            return {"method": self.of(value.__func__), "self": self.of(value.__self__)}
        if isinstance(value, _lru_cache_wrapper):
            return {"cached": self.of(value.__wrapped__)}
        if isinstance(value, BuiltinFunctionType) and inspect.ismodule(value.__self__):
            return _outside(value)
        raise syntax.CannotSee(f"a {type(value).__name__} tells nothing of what it does")

    def of_class(self, cls: type) -> Any:
        if not reading.is_ours(cls):
            return _outside(cls)
        if number := self._number(cls):
            return {"again": number}
        return {
            "class": syntax.of_class(cls),
            "bases": [self.of(base) for base in cls.__bases__],
            "made_with": [self._of_each(reading.closure(m)) for m in reading.methods(cls)],
            "reads": self._of_each(reading.class_reads(cls)),
        }

    def _of_function(self, function: FunctionType) -> Any:
        if number := self._number(function):
            return {"again": number}
        made_with = (function.__defaults__, function.__kwdefaults__, reading.closure(function))
        return {
            "function": syntax.of_function(function.__code__),
            "made_with": [self.of(part) for part in made_with],
            "reads": self._of_each(reading.reads(function)),
        }

    def _of_each(self, named: Mapping[str, Any]) -> Any:
        return {name: self.of(value) for name, value in named.items()}

    def _number(self, thing: Any) -> int | None:
        """Which one it was, of the functions and classes met before."""
        for number, met in enumerate(self.met, 1):
            if met is thing:
                return number
        self.met.append(thing)
        return None


def _said(record: Any) -> Mapping[str, Any]:
    if isinstance(record, BaseModel):
        return {name: getattr(record, name) for name in type(record).model_fields}
    return {
        field.name: getattr(record, field.name)
        for field in fields(record)
        # a table released before a later field came says nothing of it
        if "later" not in field.metadata or getattr(record, field.name) != field.default
    }


def _outside(thing: Any) -> Any:
    """Of the language or of a library: its name, whatever its version does."""
    return {"outside": thing.__qualname__}
