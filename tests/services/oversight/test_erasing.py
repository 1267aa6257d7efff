"""Erasing an entry: what goes, what stays, and who may."""

import pytest
from sqlalchemy.exc import DBAPIError

from services.kit.errors import NotFound, Refusal
from services.oversight.checkpointing import Checkpoints
from services.oversight.erasing import erase
from services.oversight.models import Entry
from tests.services.oversight.conftest import Log
from tests.services.oversight.events import filed, step_taken, submitted, told
from tests.services.oversight.logs import CASE, KEY, NOW

WHY = "个人信息误报 personal data sent by mistake"


async def entry(log: Log, index: int) -> Entry:
    async with log.app() as session:
        found = await session.get(Entry, index)
    assert found is not None
    return found


async def test_an_erased_entry_keeps_its_place_and_its_step_and_loses_its_content(
    audit_log: Log,
) -> None:
    await audit_log.take(submitted(), told(step_taken(1)), told(step_taken(2)))
    await Checkpoints(audit_log.worker, KEY).one()
    before = await entry(audit_log, 1)

    fact = await erase(audit_log.owner, 1, by="zhao", why=WHY, now=NOW)

    after, verdict = await entry(audit_log, 1), await audit_log.verdict()
    assert (after.salt, after.record, after.subject) == (None, None, "")
    assert (after.spine, after.seq, after.case_id) == (before.spine, 1, CASE)
    assert (fact.index, fact.by, fact.why) == (1, "zhao", WHY)
    assert (await entry(audit_log, 3)).type == "cn.metrology.oversight.entry_erased.v1"
    assert verdict.holds
    assert (verdict.entries, verdict.erased, verdict.steps) == (4, 1, 2)


async def test_the_erased_bytes_are_nowhere_in_the_log(audit_log: Log) -> None:
    await audit_log.take(submitted(), told(filed()))

    await erase(audit_log.owner, 0, by="zhao", why=WHY, now=NOW)

    emptied, fact = await entry(audit_log, 0), await entry(audit_log, 2)
    assert emptied.subject == ""
    assert "某加油站".encode() not in (fact.record or b"")
    assert b"2026-7" not in (fact.record or b"")


async def test_an_entry_is_erased_once_and_an_erasure_never(audit_log: Log) -> None:
    await audit_log.take(told(filed()))
    await erase(audit_log.owner, 0, by="zhao", why=WHY, now=NOW)

    with pytest.raises(Refusal, match="已被清除") as again:
        await erase(audit_log.owner, 0, by="zhao", why=WHY, now=NOW)
    with pytest.raises(Refusal, match="不得清除") as fact:
        await erase(audit_log.owner, 1, by="zhao", why=WHY, now=NOW)
    with pytest.raises(NotFound):
        await erase(audit_log.owner, 9, by="zhao", why=WHY, now=NOW)

    assert (again.value.code, fact.value.code) == ("already_erased", "erasure_stays")
    assert (await audit_log.verdict()).entries == 2


async def test_only_the_owner_erases(audit_log: Log) -> None:
    await audit_log.take(told(filed()))

    for sessions in (audit_log.worker, audit_log.app):
        with pytest.raises(DBAPIError, match="permission denied"):
            await erase(sessions, 0, by="zhao", why=WHY, now=NOW)

    assert (await entry(audit_log, 0)).record is not None


async def test_an_entry_erased_before_it_was_audited_still_shows_a_gap(audit_log: Log) -> None:
    await audit_log.take(told(step_taken(1)), told(step_taken(2)), told(step_taken(4)))
    await erase(audit_log.owner, 2, by="zhao", why=WHY, now=NOW)

    [finding] = (await audit_log.verdict()).findings

    assert (finding.code, finding.index) == ("step_out_of_sequence", 2)
