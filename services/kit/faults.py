"""Whose fault an exception is, and what may be written down of it."""

from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from contracts.says import Says
from services.kit.errors import SteelyardError

_DATABASE_CLASSES = frozenset({"08", "53", "57", "58", "XX"})
"""Connection, resources, operator, system, internal: SQLSTATE classes that are not the event's."""
_DATABASE_STATES = frozenset({"40001", "40P01", "55P03"})
"""Serialization, deadlock, lock not available."""


def is_the_databases(error: BaseException) -> bool:
    """Whether asking the database again may help; else it is the event's own fault.

    asyncpg raises `InternalClientError` when PostgreSQL dies, and a `DataError` without SQLSTATE
    for a value it cannot send; retrying the latter in place would loop for ever.
    """
    if isinstance(error, PoolTimeout | OSError | TimeoutError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    if isinstance(getattr(error.orig, "__cause__", None), ValueError):
        return False
    state = getattr(error.orig, "sqlstate", None) or "08000"
    return state[:2] in _DATABASE_CLASSES or state in _DATABASE_STATES


def describe(error: BaseException) -> str:
    """What went wrong, without any value: values may be personal data."""
    if isinstance(error, SteelyardError):
        return str(error)
    if isinstance(error, ValidationError):
        return str(says_of(error))
    kind = type(error).__name__
    if isinstance(error, DBAPIError):
        constraint = getattr(getattr(error.orig, "__cause__", None), "constraint_name", None)
        return f"{kind} {getattr(error.orig, 'sqlstate', None)} {constraint or ''}".strip()
    return f"{kind} at {_place(error)}"


def fields_of(error: ValidationError) -> str:
    """Which fields broke which rule."""
    broken = error.errors(include_input=False, include_url=False, include_context=False)
    return "; ".join(f"{'.'.join(map(str, e['loc'])) or 'data'}: {e['msg']}" for e in broken[:10])


def says_of(error: ValidationError) -> Says:
    """The same for people: in Chinese the fields, in English their rules too."""
    broken = error.errors(include_input=False, include_url=False, include_context=False)
    names = dict.fromkeys(".".join(map(str, e["loc"])) or "data" for e in broken[:10])
    return Says(f"内容不合要求：{'、'.join(names)}。", fields_of(error))


def _place(error: BaseException) -> str:
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    if frame is None:
        return "an unknown place"
    return f"{frame.tb_frame.f_globals.get('__name__')}:{frame.tb_lineno}"
