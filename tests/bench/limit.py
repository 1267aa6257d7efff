"""The limit: read from Kafka, COPY the same rows into the same indexed tables, and nothing else.

Nothing is verified, validated, weighed or looked up, and a repeated event would stop it.
"""

import asyncio
import json
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

import asyncpg
from aiokafka import AIOKafkaConsumer, ConsumerRecord
from pydantic_core import from_json

from contracts.catalogue import ENFORCEMENT
from contracts.enforcement import CaseOpened
from contracts.topics import INTAKE
from services.enforcement.app import NAME
from services.kit.clock import WallClock
from services.kit.running.unit import calm_gc, loop_factory
from services.kit.settings import Settings
from tests.bench.contender import until_told_to_stop

BATCH = 2000
INBOX = ("source", "id", "digest")
CASE = (
    "id", "agency", "source", "reference", "violation", "region", "subject_name", "subject_key",
    "premises", "channel", "summary", "level", "level_reasons", "mobilises", "received_at", "open",
    "drill_shift_s",
)  # fmt: skip
REPORT = (
    "id", "case_id", "source", "event_id", "reference", "channel", "subject_name", "region",
    "summary", "level", "level_reasons", "facts", "files", "occurred_at", "received_at",
)  # fmt: skip
OUTBOX = ("event_id", "topic", "subject", "type", "time", "data", "causationid")
KEPT = ("instruments", "legal_basis", "other_agencies", "discovered_on", "publication")

Rows = tuple[list[Any], list[Any], list[Any], list[Any]]


def rows_of(records: Iterable[ConsumerRecord], now: datetime) -> Rows:
    rows: Rows = ([], [], [], [])
    inbox, cases, reports, outbox = rows
    for record in records:
        said = from_json(record.value)
        source, _, reference = record.key.decode().partition("#")
        id_ = next(raw for name, raw in record.headers if name == "ce_id").decode()
        case_id, reasons, party = uuid4(), ["-"], said["subject_name"]
        told = {"case_id": str(case_id), "reference": reference, "subject_name": party}
        facts = {name: said[name] for name in KEPT}
        inbox.append((source, id_, record.value[:32]))
        cases.append((
            case_id, source[10:], source, reference, said["violation"], said["region"], party,
            party, said["premises"], said["channel"], said["summary"], "II", reasons, True, now,
            True, 0,
        ))  # fmt: skip
        reports.append((
            uuid4(), case_id, source, id_, reference, said["channel"], party, said["region"],
            said["summary"], "II", reasons, json.dumps(facts), [], now, now,
        ))  # fmt: skip
        outbox.append((
            uuid4(), ENFORCEMENT.topic.name, str(case_id), CaseOpened.type, now,
            json.dumps(told).encode(), id_,
        ))  # fmt: skip
    return rows


async def copy(connection: asyncpg.Connection, rows: Rows) -> None:
    tables: Sequence[tuple[str, tuple[str, ...]]] = (
        ("inbox", INBOX), ("enforcement_case", CASE), ("report", REPORT), ("outbox", OUTBOX),
    )  # fmt: skip
    async with connection.transaction():
        for (table, columns), records in zip(tables, rows, strict=True):
            await connection.copy_records_to_table(table, records=records, columns=columns)


async def hear(settings: Settings, group: str) -> None:
    # as the superuser: nobody copies into a table that is under row-level security
    connection = await asyncpg.connect(
        settings.database.url.get_secret_value(), server_settings={"search_path": NAME}
    )
    consumer = AIOKafkaConsumer(
        INTAKE.name,
        bootstrap_servers=settings.kafka.bootstrap_servers,
        group_id=group,
        auto_offset_reset="earliest",
        enable_auto_commit=False,
    )
    await consumer.start()
    calm_gc()
    stop = asyncio.create_task(until_told_to_stop())
    while not stop.done():
        found = await consumer.getmany(timeout_ms=200, max_records=BATCH)
        records = [record for some in found.values() for record in some]
        if records:
            await copy(connection, rows_of(records, WallClock().now()))
            await consumer.commit()
    await consumer.stop()
    await connection.close()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        runner.run(hear(Settings(), sys.argv[1]))
