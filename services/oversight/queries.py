"""What the API asks of the log."""

import json
from base64 import b64encode
from dataclasses import fields
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts import oversight
from contracts.says import Says
from services.kit.clock import LEGAL_ZONE
from services.kit.errors import Invalid, NotFound, Refusal
from services.oversight.log import length, roots
from services.oversight.models import Checkpoint, Entry
from services.oversight.rules.proofs import Range, consistency_ranges, inclusion_ranges
from services.oversight.rules.record import EntryColumns, read
from services.oversight.rules.tree import HASH_BYTES
from services.oversight.views import ConsistencyProof, EntryView, InclusionProof

_COLUMNS = tuple(field.name for field in fields(EntryColumns))


async def latest_checkpoint(session: AsyncSession) -> oversight.Checkpoint:
    newest = select(Checkpoint).order_by(col(Checkpoint.size).desc()).limit(1)
    if (found := (await session.exec(newest)).first()) is None:
        raise Refusal(
            "not_found",
            Says("日志为空，没有检查点。", "There is no checkpoint of an empty log"),
            status=404,
        )
    said = oversight.Checkpoint.model_validate(found.model_dump())
    return said.model_copy(update={"at": said.at.astimezone(LEGAL_ZONE)})


async def of_case(
    session: AsyncSession, case_id: UUID, *, after: int, limit: int
) -> list[EntryView]:
    """Entries of a case in the order they were recorded."""
    asked = (
        select(Entry)
        .where(col(Entry.case_id) == case_id, col(Entry.index) > after)
        .order_by(col(Entry.index))
        .limit(limit)
    )
    return [_view(entry) for entry in await session.exec(asked)]


async def one(session: AsyncSession, index: int) -> EntryView:
    """One entry, with the bytes its leaf hash is of."""
    entry = await _entry(session, index)
    if entry.salt is None or entry.record is None:
        return _view(entry)
    bytes_ = {"salt": entry.salt.hex(), "record": b64encode(entry.record).decode()}
    return _view(entry).model_copy(update=bytes_)


async def inclusion(session: AsyncSession, index: int, size: int | None) -> InclusionProof:
    """Proof that entry `index` is in the log of this size; of today's, unless told."""
    entry = await _entry(session, index)
    size = await _size(session, size, field="size")
    if index >= size:
        raise _beyond("size", index + 1)
    root, *path = await roots(session, [Range(0, size), *inclusion_ranges(index, size)])
    return InclusionProof(
        index=index,
        size=size,
        leaf=entry.spine[:HASH_BYTES].hex(),
        root=root.hex(),
        path=tuple(step.hex() for step in path),
    )


async def consistency(session: AsyncSession, old: int, new: int | None) -> ConsistencyProof:
    """Proof that the log of size `new` begins with the log of size `old`."""
    new = await _size(session, new, field="to")
    if not 0 < old <= new:
        raise Invalid(
            Says(f"from 应在 1 与 {new} 之间。", f"from must be at least 1 and at most {new}"),
            field="from",
            rule="range",
        )
    ranges = [Range(0, old), Range(0, new), *consistency_ranges(old, new)]
    before, after, *path = await roots(session, ranges)
    return ConsistencyProof(
        from_size=old,
        to_size=new,
        from_root=before.hex(),
        to_root=after.hex(),
        path=tuple(step.hex() for step in path),
    )


async def _entry(session: AsyncSession, index: int) -> Entry:
    if (entry := await session.get(Entry, index)) is None:
        raise NotFound(Says("审计日志条目", "entry"), index)
    return entry


async def _size(session: AsyncSession, asked: int | None, *, field: str) -> int:
    size = await length(session)
    if asked is not None and asked > size:
        raise Invalid(
            Says(f"日志只有 {size} 条。", f"The log has {size} entries"), field=field, rule="range"
        )
    return size if asked is None else asked


def _beyond(field: str, least: int) -> Invalid:
    return Invalid(
        Says(f"{field} 不得小于 {least}。", f"{field} must be at least {least}"),
        field=field,
        rule="range",
    )


def _view(entry: Entry) -> EntryView:
    found_by = {name: getattr(entry, name) for name in _COLUMNS}
    leaf = entry.spine[:HASH_BYTES].hex()
    if entry.record is None:
        return EntryView(**found_by, leaf=leaf, erased=True)
    record = read(entry.record)
    return EntryView(
        **found_by,
        leaf=leaf,
        erased=False,
        attributes=dict(record.attributes),
        data=json.loads(record.data),
    )
