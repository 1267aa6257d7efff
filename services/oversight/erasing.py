"""Erasing: the content of an entry goes, its place in the tree and the fact of the erasure stay."""

import secrets
from datetime import datetime
from uuid import uuid4

from pydantic import ValidationError
from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.oversight import EntryErased
from contracts.says import Says
from services.kit.errors import NotFound, Refusal
from services.kit.storage.database import Sessions
from services.kit.storage.transaction import transaction
from services.oversight.log import appending, row
from services.oversight.models import Entry
from services.oversight.rules.record import LogRecord, read
from services.oversight.rules.stored import SALT_BYTES, append
from services.oversight.rules.tree import HASH_BYTES

SOURCE = "/services/oversight"
TOPIC = "metrology.oversight.v1"
"""Where an erasure would be told of; it goes straight into the log."""


async def erase(sessions: Sessions, index: int, *, by: str, why: str, now: datetime) -> EntryErased:
    """Empty one entry and put that on record, as the schema's owner: no other role can."""
    async with transaction(sessions) as tx:
        frontier = await appending(tx.session)
        entry = await tx.session.get(Entry, index)
        if entry is None:
            raise NotFound(Says("审计日志条目", "entry"), index)
        _require_erasable(entry)
        fact = _erased(entry, by=by, why=why, now=now)
        await tx.session.exec(
            update(Entry)
            .where(col(Entry.index) == index)
            .values(salt=None, record=None, subject="")
        )
        record = _record(frontier.size, fact)
        tx.add(row(append(frontier, record, secrets.token_bytes(SALT_BYTES))))
    return fact


async def erasures(session: AsyncSession) -> dict[int, EntryErased]:
    """Every erasure on record, by the entry it emptied."""
    found = await session.exec(
        select(Entry.record)
        .where(Entry.source == SOURCE, Entry.type == EntryErased.type)
        .order_by(col(Entry.index))
    )
    facts = (_fact(raw) for raw in found if raw is not None)
    return {fact.index: fact for fact in facts if fact is not None}


def _fact(raw: bytes) -> EntryErased | None:
    # What cannot be read vouches for nothing; the audit names it when it comes to that entry.
    try:
        return EntryErased.model_validate_json(read(raw).data)
    except (ValueError, ValidationError):
        return None


def _require_erasable(entry: Entry) -> None:
    if entry.record is None:
        raise Refusal(
            "already_erased",
            Says(f"第 {entry.index} 条已被清除。", f"Entry {entry.index} is erased"),
        )
    if entry.source == SOURCE:
        raise Refusal(
            "erasure_stays",
            Says(
                f"第 {entry.index} 条是清除记录，不得清除。",
                f"Entry {entry.index} tells of an erasure, and that stays",
            ),
        )


def _erased(entry: Entry, *, by: str, why: str, now: datetime) -> EntryErased:
    return EntryErased(
        occurred_at=now,
        index=entry.index,
        leaf=entry.spine[:HASH_BYTES].hex(),
        by=by,
        why=why,
        topic=entry.topic,
        recorded_at=entry.recorded_at,
        event_type=entry.type,
        event_source=entry.source,
        event_id=entry.event_id,
        case_id=entry.case_id,
        procedure=entry.procedure,
        seq=entry.seq,
    )


def _record(index: int, fact: EntryErased) -> LogRecord:
    attributes = {
        "specversion": "1.0",
        "id": str(uuid4()),
        "source": SOURCE,
        "type": fact.type,
        "subject": fact.key,
        "time": fact.occurred_at.isoformat(),
        "datacontenttype": "application/json",
    }
    return LogRecord(index, TOPIC, fact.occurred_at, attributes, fact.model_dump_json().encode())
