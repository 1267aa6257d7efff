"""What came of one joint operation, from the records alone; it is the same whatever was killed."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg

from contracts.procedure import ProcedureState
from services.coordination.intake import id_from
from tests.chaos.scripts import LEAD

ANSWERS = {
    ("open", "main"): 1,
    ("forward", "task/1"): 1,
    ("refuse", "task/2"): 1,
    ("accept", "task/3"): 1,
    ("record_joint_inspection", "main"): 1,
    ("share_evidence", "task/3"): 1,
    ("attach_decision", "task/3"): 1,
    ("complete_task", "task/3"): 1,
    ("attach_decision", "main"): 1,
    ("propose_outcome", "main"): 1,
    ("agree_outcome", "consent/1"): 1,
    ("conclude", "main"): 1,
}
"""Every step, as often as it is taken."""
STEPS = sum(ANSWERS.values())
LINES = {
    "main": "concluded",
    "task/1": "forwarded",
    "task/2": "refused",
    "task/3": "done",
    "consent/1": "agreed",
}
PAPERS = {
    "decision": 2,
    "draft": 1,
    "evidence": 2,
    "forwarding": 1,
    "joint_inspection": 1,
    "outcome": 1,
    "refusal": 1,
    "result": 1,
}


@dataclass(frozen=True)
class Outcome:
    """One operation: its steps, its lines, its papers, and what was told and heard of it."""

    steps: Mapping[tuple[str, str], int]
    in_order: bool
    """Numbered from one on, without a gap."""
    lines: Mapping[str, str]
    papers: Mapping[str, int]
    logged: bool
    """The audit log has each event that was told, once, and no other."""
    sent: int
    """Events of agencies' systems about it, in the audit log."""


EXPECTED = Outcome(ANSWERS, in_order=True, lines=LINES, papers=PAPERS, logged=True, sent=STEPS - 1)


def matter_of(reference: str) -> UUID:
    """The id that coordination gives the matter of this event."""
    return id_from(f"/agencies/{LEAD}", reference)


async def steps_taken(database: asyncpg.Connection, matter: UUID) -> int:
    taken: int = await database.fetchval(
        "SELECT count(*) FROM coordination.step_log WHERE procedure_id = $1", _procedure(matter)
    )
    return taken


async def outcome(database: asyncpg.Connection, matter: UUID) -> Outcome:
    """As the three units' records have it now."""
    log = await database.fetch(
        "SELECT seq, step, line FROM coordination.step_log WHERE procedure_id = $1 ORDER BY seq",
        _procedure(matter),
    )
    kept = await database.fetchval(
        "SELECT state FROM coordination.procedure WHERE id = $1", _procedure(matter)
    )
    papers = await database.fetch(
        "SELECT kind FROM coordination.paper WHERE matter_id = $1", matter
    )
    told = await database.fetch(
        "SELECT event_id::text AS id FROM coordination.outbox WHERE subject = $1", str(matter)
    )
    heard = await database.fetch(
        "SELECT event_id AS id, source FROM oversight.entry WHERE subject = $1", str(matter)
    )
    lines = ProcedureState.model_validate_json(kept).lines if kept else ()
    return Outcome(
        steps=dict(Counter((row["step"], row["line"]) for row in log)),
        in_order=[row["seq"] for row in log] == list(range(1, len(log) + 1)),
        lines={line.key: line.stage for line in lines},
        papers=dict(Counter(row["kind"] for row in papers)),
        logged=_ids(told) == _ids(row for row in heard if row["source"].startswith("/services/")),
        sent=sum(row["source"].startswith("/agencies/") for row in heard),
    )


def _ids(rows: Any) -> list[str]:
    return sorted(row["id"] for row in rows)


def _procedure(matter: UUID) -> str:
    return f"joint_enforcement/{matter}"
