"""Many rows in one statement are the rows that one by one would have been."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import (
    ARRAY,
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    Identity,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    String,
    Table,
    Text,
    Uuid,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DBAPIError

from services.kit.faults import is_the_databases
from services.kit.settings import DatabaseSettings
from services.kit.storage.bulk import insert_many
from services.kit.storage.database import engine
from tests.delivery.toy.stand import UNIT

MANY = Table(
    "many",
    MetaData(),
    Column("id", Integer, Identity(), primary_key=True),
    Column("text", Text),
    Column("order", String(80)),
    Column("number", Integer),
    Column("yuan", Numeric(14, 2)),
    Column("share", Float),
    Column("yes", Boolean),
    Column("day", Date),
    Column("at", DateTime(timezone=True)),
    Column("key", Uuid),
    Column("raw", LargeBinary),
    Column("words", ARRAY(Text)),
    Column("codes", ARRAY(String(3))),
    Column("keys", ARRAY(Uuid)),
    Column("facts", JSONB),
    Column("plain", JSON),
)
AWKWARD = ["", "NULL", "null", '"', "\\", "{a,b}", "a,b", " 文 ", "'; --", "\n"]


def row(**changes: Any) -> dict[str, Any]:
    said: dict[str, Any] = {
        "text": "文",
        "order": "x",
        "number": 7,
        "yuan": Decimal("12.30"),
        "share": 0.5,
        "yes": True,
        "day": date(2026, 3, 2),
        "at": datetime(2026, 3, 2, 9, tzinfo=UTC),
        "key": uuid4(),
        "raw": b"\x00\xff",
        "words": AWKWARD,
        "codes": ["abc", "一二三"],
        "keys": [uuid4(), uuid4()],
        "facts": {"a": AWKWARD, "b": None, "c": 1.5},
        "plain": [1, "二"],
    }
    return said | changes


NOTHING = dict.fromkeys(row())
ROWS = [row(), NOTHING, row(words=[], keys=[], facts={}, plain=[], number=-1)]


async def inserted(settings: DatabaseSettings, *rows: dict[str, Any]) -> list[dict[str, Any]]:
    owner = engine(settings, UNIT, "owner")
    try:
        async with owner.begin() as connection:
            await connection.run_sync(MANY.create)
            await insert_many(connection, MANY, tuple(rows[0]), rows)
            found = await connection.execute(select(MANY).order_by(MANY.c.id))
            return [dict(one) for one in found.mappings()]
    finally:
        await owner.dispose()


async def test_every_kind_of_value_arrives_as_it_was(toy_database: DatabaseSettings) -> None:
    found = await inserted(toy_database, *ROWS)

    assert [{**one, "id": 0} for one in found] == [{**one, "id": 0} for one in ROWS]
    assert [one["id"] for one in found] == [1, 2, 3]
    assert json.dumps(found[0]["facts"])


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": 2**40},
        {"text": "\x00"},
        {"yuan": Decimal("1e20")},
        {"order": "x" * 81},
        {"codes": ["abcd"]},
    ],
)
async def test_a_value_the_column_cannot_hold_is_the_events_fault(
    toy_database: DatabaseSettings, wrong: dict[str, Any]
) -> None:
    with pytest.raises(DBAPIError) as refused:
        await inserted(toy_database, row(), row(**wrong))

    assert not is_the_databases(refused.value)
