"""The evidence index (证据目录) and its chain of custody, as steps add to them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid5

from sqlmodel import col, select

from contracts.enforcement import Evidence as Stated
from services.enforcement.models import Case, Custody, Evidence
from services.kit.steps.record_effects import At
from services.kit.storage.transaction import Transaction


async def take_in(
    tx: Transaction, at: At[Case, Any], items: Sequence[Stated], *, line: str = "main"
) -> int:
    """Enter items into the index, each with its first custodian; how many there were."""
    since = at.step.happened_at
    rows = [_entry(at, n, item, line, since) for n, item in enumerate(items, 1)]
    tx.session.add_all(rows)
    await tx.session.flush()  # before the custody that refers to them
    for row, item in zip(rows, items, strict=True):
        tx.add(_link(at, row, item.custodian, "taken_in"))
    return len(rows)


async def take_things(
    tx: Transaction, at: At[Case, Any], names: Sequence[str], place: str, *, line: str
) -> int:
    """Enter things held under a measure; the agency that took it answers for them."""
    custodian = at.step.by.agency
    things = [
        Stated(name=name, kind="physical", custodian=custodian, place=place) for name in names
    ]
    return await take_in(tx, at, things, line=line)


async def hand_on(tx: Transaction, at: At[Case, Any], custodian: str, why: str) -> int:
    """Everything held under the step's line goes to another keeper; how many items went."""
    held = select(Evidence).where(
        col(Evidence.case_id) == at.case_id, col(Evidence.line) == at.step.line
    )
    rows = (await tx.session.exec(held)).all()
    for row in rows:
        tx.add(_link(at, row, custodian, why))
    return len(rows)


def _entry(at: At[Case, Any], n: int, item: Stated, line: str, taken_at: datetime) -> Evidence:
    return Evidence(
        id=uuid5(at.case_id, f"evidence/{at.seq}/{n}"),
        case_id=at.case_id,
        seq=at.seq,
        line=line,
        name=item.name,
        kind=item.kind,
        sha256=item.sha256,
        place=item.place,
        taken_at=taken_at,
    )


def _link(at: At[Case, Any], row: Evidence, custodian: str, why: str) -> Custody:
    return Custody(
        evidence_id=row.id,
        since_seq=at.seq,
        custodian=custodian,
        since=at.step.happened_at,
        why=why,
    )
