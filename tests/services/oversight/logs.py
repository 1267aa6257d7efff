"""Small audit logs, built in memory by the rules themselves."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from nacl.signing import SigningKey

from contracts.catalogue import ENFORCEMENT
from contracts.oversight import Checkpoint, EntryErased
from contracts.procedure import StepTaken
from services.oversight.rules.audit import Audit, erased_columns
from services.oversight.rules.checkpoints import CheckpointKey, signed
from services.oversight.rules.findings import LogFinding
from services.oversight.rules.proofs import Range
from services.oversight.rules.record import LogRecord
from services.oversight.rules.stored import Stored, append
from services.oversight.rules.tree import Frontier, joined, subtrees

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
CASE = UUID(int=7)
KEY = CheckpointKey("log-1", SigningKey(bytes(range(32))))
KEYS = {KEY.kid: KEY.public}

Said = tuple[str, dict[str, Any]]
"""What a record is built of: the event's type and content."""


def noted(at: int) -> Said:
    return "cn.metrology.enforcement.case_filed.v1", {"number": at}


def step(seq: int) -> Said:
    step = {"procedure": "enforcement_case", "case_id": str(CASE), "seq": seq}
    return StepTaken.type, {**step, "state": step}


def record(index: int, said: Said) -> LogRecord:
    type_, content = said
    attributes = {
        "id": f"event-{index}",
        "source": "/services/enforcement",
        "type": type_,
        "subject": str(CASE),
        "time": NOW.isoformat(),
    }
    return LogRecord(index, ENFORCEMENT.topic.name, NOW, attributes, json.dumps(content).encode())


def log(said: Iterable[Said]) -> list[Stored]:
    frontier = Frontier()
    return [append(frontier, record(at, s), bytes([at % 256]) * 32) for at, s in enumerate(said)]


def range_root(entries: list[Stored], part: Range) -> bytes:
    """Root of a range, from the spines alone, as the service computes it."""
    return joined(s.root_in(entries[s.completed_by].spine) for s in subtrees(*part))


def checkpoint(entries: list[Stored], size: int, key: CheckpointKey = KEY) -> Checkpoint:
    return signed(key, size=size, root=range_root(entries, Range(0, size)), moment=NOW)


def erased(entry: Stored) -> tuple[Stored, EntryErased]:
    """The entry emptied, and the fact that tells of it."""
    columns = entry.columns
    fact = EntryErased(
        occurred_at=NOW,
        index=columns.index,
        leaf=entry.leaf.hex(),
        by="zhao",
        why="personal data sent by mistake",
        topic=columns.topic,
        recorded_at=columns.recorded_at,
        event_type=columns.type,
        event_source=columns.source,
        event_id=columns.event_id,
        case_id=columns.case_id,
        procedure=columns.procedure,
        seq=columns.seq,
    )
    return replace(entry, columns=erased_columns(fact), salt=None, record=None), fact


def first_wrong(
    entries: list[Stored],
    checkpoints: Iterable[Checkpoint] = (),
    erasures: Iterable[EntryErased] = (),
) -> LogFinding | None:
    """Run the audit over a log in memory."""
    audit = Audit({e.index: e for e in erasures}, KEYS)
    due = {c.size: c for c in checkpoints}
    for entry in entries:
        if (finding := audit.entry(entry)) is not None:
            return finding
        stated = due.pop(audit.frontier.size, None)
        if stated is not None and (finding := audit.checkpoint(stated)) is not None:
            return finding
    return audit.beyond(due.popitem()[1]) if due else None
