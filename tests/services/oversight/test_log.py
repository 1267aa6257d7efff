"""The log in PostgreSQL: what is heard is kept once, in order, and can be proved."""

import asyncio
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select

from contracts import intake
from contracts.catalogue import COORDINATION, ENFORCEMENT
from contracts.messages import Event
from contracts.topics import INTAKE
from services.oversight.log import frontier, roots
from services.oversight.models import Entry
from services.oversight.rules.proofs import (
    Range,
    consistency_ranges,
    inclusion_ranges,
)
from services.oversight.rules.record import read
from services.oversight.verifying import BATCH
from tests.services.oversight.checking_proofs import proves_consistency, proves_inclusion
from tests.services.oversight.conftest import Log
from tests.services.oversight.events import closed, filed, step_taken, submitted, told
from tests.services.oversight.logs import CASE, NOW
from tests.support.examples import EXAMPLES


async def entries(log: Log) -> list[Entry]:
    async with log.app() as session:
        return list(await session.exec(select(Entry).order_by(col(Entry.index))))


async def test_every_event_is_kept_with_its_envelope_and_its_bytes(audit_log: Log) -> None:
    heard = [submitted(), told(filed()), told(step_taken(1), "coordination")]

    await audit_log.take(*heard)

    kept = await entries(audit_log)
    assert [e.index for e in kept] == [0, 1, 2]
    assert [e.topic for e in kept] == [INTAKE.name, ENFORCEMENT.topic.name, COORDINATION.topic.name]
    assert [e.case_id for e in kept] == [None, CASE, CASE]
    assert [(e.procedure, e.seq) for e in kept][2] == (f"enforcement_case/{CASE}", 1)
    for entry, incoming in zip(kept, heard, strict=True):
        record, envelope = read(entry.record or b""), incoming.heard.envelope
        assert record.data == envelope.data
        assert record.recorded_at == NOW
        assert record.attributes["id"] == envelope.id
        assert record.attributes.get("signature") == envelope.signature
        assert len(entry.salt or b"") == 32
    assert (await audit_log.verdict()).holds


async def test_an_event_heard_twice_is_kept_once(audit_log: Log) -> None:
    first, second = told(filed()), told(closed())

    await audit_log.take(first, second)
    await audit_log.take(second, first, told(step_taken(1)))

    assert [e.index for e in await entries(audit_log)] == [0, 1, 2]


async def test_what_an_agency_sent_but_nobody_can_read_is_set_aside_not_kept(
    audit_log: Log,
) -> None:
    await audit_log.take(
        submitted(b'{"occurred_at":"2026-03-02T09:30:00Z"}'),
        submitted(type_="cn.metrology.intake.horoscope_submitted.v1"),
        told(filed()),
    )

    async with audit_log.worker() as session:
        reasons = (await session.execute(text("SELECT reason FROM set_aside ORDER BY id"))).all()
    assert [e.type for e in await entries(audit_log)] == [filed().type]
    assert [reason for (reason,) in reasons] == ["bad_field", "unknown_type"]


async def test_whatever_agencies_may_send_is_kept(audit_log: Log) -> None:
    kinds = {kind.type for kind in Event.__subclasses__() if kind.__module__ == intake.__name__}
    sent = [event for event in EXAMPLES if isinstance(event, Event) and event.type in kinds]

    await audit_log.take(*(submitted(e.model_dump_json().encode(), e.type) for e in sent))

    assert {entry.type for entry in await entries(audit_log)} == kinds


async def test_appenders_at_once_give_every_entry_one_place(audit_log: Log) -> None:
    batches = [[told(filed(UUID(int=b * 100 + e))) for e in range(41)] for b in range(12)]

    await asyncio.gather(*(audit_log.take(*batch) for batch in batches))

    kept = await entries(audit_log)
    verdict = await audit_log.verdict()
    assert [e.index for e in kept] == list(range(492))
    assert len(kept) > 2 * BATCH  # the audit reads more than one batch
    assert verdict.holds
    assert verdict.entries == 492


async def test_every_proof_out_of_the_stored_spines_holds(audit_log: Log) -> None:
    await audit_log.take(*(told(filed(UUID(int=at))) for at in range(11)))
    leaves = [entry.spine[:32] for entry in await entries(audit_log)]

    async with audit_log.app() as session:
        tops = await roots(session, [Range(0, size) for size in range(12)])
        for new in range(1, 12):
            for old in range(1, new + 1):
                path = await roots(session, consistency_ranges(old, new))
                assert proves_consistency(old, new, path, tops[old], tops[new])
                path = await roots(session, inclusion_ranges(old - 1, new))
                assert proves_inclusion(leaves[old - 1], old - 1, new, path, tops[new])
        assert (await frontier(session)).root() == tops[11]


CHANGES = (
    "UPDATE entry SET record = 'x'",
    "UPDATE entry SET spine = 'x', salt = NULL, record = NULL, subject = ''",
    "UPDATE entry SET salt = NULL",
    "DELETE FROM entry",
    "TRUNCATE entry",
    "UPDATE checkpoint SET kid = 'x'",
    "DELETE FROM checkpoint",
    "TRUNCATE checkpoint",
)


async def test_nobody_changes_or_deletes_an_entry_or_a_checkpoint(audit_log: Log) -> None:
    await audit_log.take(told(filed()))

    for sessions in (audit_log.worker, audit_log.app, audit_log.owner):
        for statement in CHANGES:
            with pytest.raises(DBAPIError, match=r"append-only|permission denied"):
                async with sessions() as session, session.begin():
                    await session.execute(text(statement))

    assert (await audit_log.verdict()).holds


async def test_the_api_cannot_append_and_the_worker_cannot_erase(audit_log: Log) -> None:
    await audit_log.take(told(filed()))
    erase = text("UPDATE entry SET salt = NULL, record = NULL, subject = ''")

    with pytest.raises(DBAPIError, match="permission denied"):
        async with audit_log.app() as session, session.begin():
            await session.execute(text("INSERT INTO entry SELECT * FROM entry"))
    with pytest.raises(DBAPIError, match="permission denied"):
        async with audit_log.worker() as session, session.begin():
            await session.execute(erase)
