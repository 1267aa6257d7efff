"""How a step is written down by its owner, in one transaction; asking again changes nothing."""

import hashlib
import json
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.agencies import Role
from contracts.procedure import RecordStep, StepOutcome, StepTaken, procedure_id
from contracts.says import Says
from services.kit.errors import OutOfStep, Refusal
from services.kit.steps.effects import Effects
from services.kit.steps.listening import channel
from services.kit.storage.database import Sessions
from services.kit.storage.transaction import transaction


async def record_step(sessions: Sessions, effects: Effects, record: RecordStep) -> StepOutcome:
    """Log the step, run its effect, keep the state and tell of it: all or nothing."""
    async with transaction(sessions, causationid=str(record.request_id)) as tx:
        repeated = await _turn(tx.session, record)
        if repeated is not None:
            return repeated
        reply = await effects.apply(tx, record)
        outcome = StepOutcome(
            seq=record.seq, line=record.line, version=_version(record), reply=reply
        )
        await tx.session.flush()
        kept = _kept(record) | _logged(record, outcome) | {"channel": channel(tx.unit)}
        await tx.session.execute(_KEEP, kept)
        tx.emit(_taken(record))
        for told in record.tells:
            tx.emit(told)
        return outcome


async def stored_outcome(
    session: AsyncSession, procedure: str, request_id: UUID, digest: str
) -> StepOutcome | None:
    """What this request was answered before; refused if it was for something else."""
    bound = {"id": procedure, "request_id": request_id}
    return _answered((await session.execute(_LOGGED, bound)).first(), request_id, digest)


async def _turn(session: AsyncSession, record: RecordStep) -> StepOutcome | None:
    """Lock the procedure; give the stored outcome of a repeat, refuse what is not next."""
    id_ = procedure_id(record.procedure, record.case_id)
    row = await _locked(session, id_, record.request_id)
    if row is None and record.seq == 1 and await _open(session, record):
        return None
    row = row or await _locked(session, id_, record.request_id)  # opened by another in this moment
    expected = row.at + 1 if row is not None else 1
    stored = _answered(row, record.request_id, record.digest)
    if stored is None and record.seq != expected:
        # while we waited for the lock, the same request may have been written down
        stored = await stored_outcome(session, id_, record.request_id, record.digest)
    if stored is not None:
        return stored
    if row is not None and record.seq == 1:
        raise Refusal("already_open", Says(f"程序 {id_} 已启动。", f"{id_} is open already"))
    if record.seq != expected:
        raise OutOfStep(
            Says(
                f"{id_}：收到第{record.seq}步，记录应有第{expected}步。",
                f"{id_}: step {record.seq} came, the record expects {expected}",
            )
        )
    return None


def _answered(row: Row[Any] | None, request_id: UUID, digest: str) -> StepOutcome | None:
    if row is None or row.digest is None:
        return None
    if row.digest != digest:
        raise Refusal(
            "request_id_reused",
            Says(
                "该请求编号已用于另一请求。", "This request id was used before, for something else"
            ),
            request_id=str(request_id),
        )
    return StepOutcome(seq=row.seq, line=row.line, version=row.line_version, reply=row.reply)


async def _locked(session: AsyncSession, id_: str, request_id: UUID) -> Row[Any] | None:
    """The procedure's row, with the step this request was written down as, if it was."""
    return (await session.execute(_LOCK, {"id": id_, "request_id": request_id})).first()


async def _open(session: AsyncSession, record: RecordStep) -> bool:
    result = await session.execute(_OPEN, _kept(record))
    return result.first() is not None


def _kept(record: RecordStep) -> dict[str, object]:
    state = record.state
    agencies = sorted({agency for line in state.lines for agency in line.agencies})
    return {
        "id": procedure_id(record.procedure, record.case_id),
        "case_id": record.case_id,
        "name": record.procedure,
        "version": state.version,
        "seq": record.seq,
        "state": state.model_dump_json(),
        "open_steps": json.dumps([step.model_dump(mode="json") for step in record.open_steps]),
        "ended": state.ended,
        "agencies": agencies,
    }


def _logged(record: RecordStep, outcome: StepOutcome) -> dict[str, object]:
    return {
        "request_id": record.request_id,
        "digest": record.digest,
        "step": record.step,
        "line": record.line,
        "line_version": outcome.version,
        "basis": record.basis,
        "by_id": record.by.id,
        "role": _role(record),
        "agency": record.by.agency,
        "payload": json.dumps(record.payload, ensure_ascii=False),
        "taken_at": record.taken_at,
        "happened_at": record.happened_at,
        "reply": json.dumps(outcome.reply, ensure_ascii=False),
    }


def _taken(record: RecordStep) -> StepTaken:
    payload = json.dumps(record.payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    line = next((x for x in record.state.lines if x.key == record.line), None)
    return StepTaken(
        occurred_at=record.happened_at,
        case_id=record.case_id,
        procedure=record.procedure,
        procedure_version=record.state.version,
        seq=record.seq,
        step=record.step,
        line=record.line,
        basis=record.basis,
        by=record.by.id,
        role=_role(record),
        agency=record.by.agency,
        request_id=record.request_id,
        taken_at=record.taken_at,
        happened_at=record.happened_at,
        payload_sha256=hashlib.sha256(payload.encode()).hexdigest(),
        facts=line.facts if line else {},
        state=record.state,
        open_steps=record.open_steps,
    )


def _role(record: RecordStep) -> Role:
    """The role it was taken in: the engine hands on no other."""
    return record.by.roles[0] if record.by.roles else Role.SYSTEM


def _version(record: RecordStep) -> int:
    """The version of the step's line, which may be a line of the ladder."""
    versions = {line.key: line.version for line in record.state.lines}
    versions |= {rung.key: rung.version for rung in record.state.escalations}
    return versions.get(record.line, 0)


_LOCK = text(
    """
    SELECT p.seq AS at, l.seq, l.digest, l.line, l.line_version, l.reply
    FROM procedure p LEFT JOIN step_log l ON l.procedure_id = p.id AND l.request_id = :request_id
    WHERE p.id = :id FOR UPDATE OF p
    """
)
_OPEN = text(
    """
    INSERT INTO procedure (id, case_id, name, version, seq, state, open_steps, ended, agencies)
    VALUES (:id, :case_id, :name, :version, :seq, CAST(:state AS jsonb),
            CAST(:open_steps AS jsonb), :ended, CAST(:agencies AS text[]))
    ON CONFLICT DO NOTHING RETURNING id
    """
)
_LOGGED = text(
    """
    SELECT seq, digest, line, line_version, reply FROM step_log
    WHERE procedure_id = :id AND request_id = :request_id
    """
)
_KEEP = text(
    """
    WITH kept AS (
        UPDATE procedure
        SET case_id = :case_id, name = :name, version = :version, seq = :seq,
            state = CAST(:state AS jsonb), open_steps = CAST(:open_steps AS jsonb),
            ended = :ended, agencies = CAST(:agencies AS text[]), updated_at = now()
        WHERE id = :id
    )
    INSERT INTO step_log
        (procedure_id, seq, request_id, digest, step, line, line_version, basis, by_id, role,
         agency, payload, taken_at, happened_at, reply)
    VALUES (:id, :seq, :request_id, :digest, :step, :line, :line_version, :basis, :by_id,
            :role, :agency, CAST(:payload AS jsonb), :taken_at, :happened_at,
            CAST(:reply AS jsonb))
    RETURNING pg_notify(:channel, CAST(request_id AS text))
    """
)
