"""The audit over the log as it lies in the database: streamed in order, in one snapshot."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

from pydantic import computed_field
from sqlalchemy import text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts import oversight
from contracts.messages import Message
from services.kit.storage.database import Sessions
from services.oversight.erasing import erasures
from services.oversight.models import Checkpoint, Entry
from services.oversight.rules.audit import Audit, out_of_sequence
from services.oversight.rules.findings import LogFinding
from services.oversight.rules.record import EntryColumns
from services.oversight.rules.stored import Stored

BATCH = 200
"""Entries in memory at once; one may have a megabyte."""

_COLUMNS = tuple(field.name for field in fields(EntryColumns))


class AuditVerdict(Message):
    """What an audit found."""

    entries: int
    """Entries checked, up to the first wrong one."""
    root: str
    """Root of those entries."""
    erased: int
    """Entries whose content was erased, on record."""
    checkpoints: int
    covered: int
    """Entries under a signed checkpoint; the few after it have only the tree to vouch for them."""
    procedures: int
    steps: int
    findings: tuple[LogFinding, ...]
    """At most one of the log and one of the steps' sequence; the first in the log comes first."""

    @computed_field  # type: ignore[prop-decorator]
    @property
    def holds(self) -> bool:
        return not self.findings


@dataclass
class _Tally:
    erased: int = 0
    checkpoints: int = 0
    covered: int = 0


async def verify(
    sessions: Sessions,
    keys: Mapping[str, bytes],
    *,
    against: Sequence[oversight.Checkpoint] = (),
) -> AuditVerdict:
    """Check the whole log, and every checkpoint in it or kept outside of it (`against`)."""
    async with sessions() as session:
        await session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        audit, tally = Audit(await erasures(session), keys), _Tally()
        found = [await _log(session, audit, against, tally), await _sequence(session)]
        steps, procedures = (await (await session.connection()).execute(_STEPS)).one()
    findings = sorted((f for f in found if f is not None), key=lambda finding: finding.index)
    return AuditVerdict(
        entries=audit.frontier.size,
        root=audit.frontier.root().hex(),
        findings=tuple(findings),
        steps=steps,
        procedures=procedures,
        **vars(tally),
    )


async def _log(
    session: AsyncSession, audit: Audit, against: Sequence[oversight.Checkpoint], tally: _Tally
) -> LogFinding | None:
    async for batch in _batches(session):
        due = await _checkpoints(session, audit.frontier.size, batch[-1].columns.index + 1, against)
        for stored in batch:
            if (finding := audit.entry(stored)) is not None:
                return finding
            tally.erased += stored.record is None
            for checkpoint in due.get(audit.frontier.size, ()):
                if (finding := audit.checkpoint(checkpoint)) is not None:
                    return finding
                tally.checkpoints, tally.covered = tally.checkpoints + 1, checkpoint.size
    beyond = await _checkpoints(session, audit.frontier.size, None, against)
    return audit.beyond(beyond[min(beyond)][0]) if beyond else None


async def _batches(session: AsyncSession) -> AsyncIterator[list[Stored]]:
    after = -1
    while True:
        found = await session.exec(
            select(Entry).where(col(Entry.index) > after).order_by(col(Entry.index)).limit(BATCH)
        )
        batch = [_stored(entry) for entry in found]
        session.expunge_all()
        if not batch:
            return
        yield batch
        after = batch[-1].columns.index


def _stored(entry: Entry) -> Stored:
    found_by = EntryColumns(**{name: getattr(entry, name) for name in _COLUMNS})
    return Stored(found_by, entry.spine, entry.salt, entry.record)


async def _checkpoints(
    session: AsyncSession, above: int, up_to: int | None, against: Iterable[oversight.Checkpoint]
) -> dict[int, list[oversight.Checkpoint]]:
    """Checkpoints by the size they cover; without a limit, those that cover more than there is."""
    size = col(Checkpoint.size)
    asked = select(Checkpoint).where(size > above).order_by(size)
    asked = asked.limit(1) if up_to is None else asked.where(size <= up_to)
    due: dict[int, list[oversight.Checkpoint]] = {}
    for row in await session.exec(asked):
        due.setdefault(row.size, []).append(oversight.Checkpoint.model_validate(row.model_dump()))
    for outside in against:
        if above < outside.size and (up_to is None or outside.size <= up_to):
            due.setdefault(outside.size, []).append(outside)
    return due


async def _sequence(session: AsyncSession) -> LogFinding | None:
    """The first step that does not follow the one before it; the log's pass vouches for `seq`."""
    found = (await (await session.connection()).execute(_GAP)).one_or_none()
    if found is None:
        return None
    index, event, procedure, seq, before = found
    return out_of_sequence(procedure, index=index, event=event, after=before, seq=seq)


_STEPS = text("SELECT count(*), count(DISTINCT procedure) FROM entry WHERE procedure IS NOT NULL")
# The index on (procedure, index) gives the rows in this order: no sort, and no memory to speak of.
_GAP = text(
    """
    SELECT index, event_id, procedure, seq, before FROM (
        SELECT index, event_id, procedure, seq,
            lag(seq, 1, 0) OVER (PARTITION BY procedure ORDER BY index) AS before
        FROM entry WHERE procedure IS NOT NULL
    ) AS steps
    WHERE seq <> before + 1 ORDER BY index LIMIT 1
    """
)
