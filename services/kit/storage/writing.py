"""Decisions become rows: in bulk, parents before children, one update a row."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Table, bindparam, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel

from services.kit.events.handling import Add, Change
from services.kit.storage.bulk import insert_many


async def write_rows(connection: AsyncConnection, rows: Iterable[SQLModel | Add]) -> None:
    """Insert rows, table by table, a table before those that refer to it."""
    groups: defaultdict[tuple[Table, tuple[str, ...]], list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        table = _table(row.model if isinstance(row, Add) else type(row))
        values = row.values if isinstance(row, Add) else _values(row, table)
        groups[table, tuple(values)].append(values)
    for table, columns in sorted(groups, key=lambda group: _rank(group[0])):
        await insert_many(connection, table, columns, groups[table, columns])


async def write_changes(connection: AsyncConnection, changes: Sequence[Change]) -> None:
    """Update rows; changes of one row become one, rows are locked in the order of their keys."""
    merged: dict[tuple[Table, Any], dict[str, Any]] = {}
    for change in changes:
        merged.setdefault((_table(change.model), change.key), {}).update(change.values)
    groups: defaultdict[tuple[Table, tuple[str, ...]], list[dict[str, Any]]] = defaultdict(list)
    for (table, key), values in sorted(merged.items(), key=lambda item: str(item[0][1])):
        names = [f"key_{column.name}" for column in table.primary_key]
        keys = key if isinstance(key, tuple) else (key,)
        bound = dict(zip(names, keys, strict=True)) | values
        groups[table, tuple(sorted(values))].append(bound)
    for (table, columns), bounds in sorted(groups.items(), key=lambda group: _rank(group[0][0])):
        await connection.execute(_update(table, columns), bounds)


def _values(row: SQLModel, table: Table) -> dict[str, Any]:
    values = {c.name: getattr(row, c.key) for c in table.columns}
    for name in _given_by_the_database(table):
        if values[name] is None:
            del values[name]
    return values


@lru_cache
def _given_by_the_database(table: Table) -> tuple[str, ...]:
    return tuple(c.name for c in table.columns if c.primary_key or c.server_default is not None)


@lru_cache
def _update(table: Table, columns: tuple[str, ...]) -> Any:
    statement = update(table).values({name: bindparam(name) for name in columns})
    for column in table.primary_key:
        statement = statement.where(column == bindparam(f"key_{column.name}"))
    return statement


def _table(model: type[SQLModel]) -> Table:
    return model.__table__  # type: ignore[attr-defined, no-any-return]


def _rank(table: Table) -> int:
    return _ranks(id(table.metadata), len(table.metadata.tables), table)[table]


@lru_cache(maxsize=64)
def _ranks(metadata: int, size: int, table: Table) -> dict[Table, int]:  # noqa: ARG001
    return {t: n for n, t in enumerate(table.metadata.sorted_tables)}
