"""The audit itself: a fold over entries and checkpoints in order, up to the first thing wrong.

It trusts nothing it is given: leaf hashes come from salts and records, subtrees and roots from leaf
hashes, and columns from records. It holds the frontier of the tree and nothing else.
"""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from contracts.oversight import Checkpoint, EntryErased
from services.oversight.rules.checkpoints import is_signed
from services.oversight.rules.findings import LogFinding, LogFindingCode
from services.oversight.rules.record import EntryColumns, columns, is_step, read, step_of
from services.oversight.rules.stored import Stored
from services.oversight.rules.tree import HASH_BYTES, Frontier, leaf_hash


class Audit:
    """Takes every entry and checkpoint in order; answers what is wrong with each, if anything."""

    def __init__(self, erasures: Mapping[int, EntryErased], keys: Mapping[str, bytes]) -> None:
        self.frontier = Frontier()
        self._erasures = erasures
        self._keys = keys

    def entry(self, stored: Stored) -> LogFinding | None:
        """Check the next entry and grow the tree by it."""
        if stored.columns.index != (index := self.frontier.size):
            return LogFinding(
                code="entry_missing",
                index=index,
                expected=f"entry {index}",
                found=f"entry {stored.columns.index}",
            )
        if stored.record is None or stored.salt is None:
            return self._erased(stored) or self._grow(stored, stored.leaf)
        return self._kept(stored, stored.salt, stored.record)

    def checkpoint(self, checkpoint: Checkpoint) -> LogFinding | None:
        """Check a checkpoint against the tree as grown to exactly its size."""
        what, last = str(checkpoint.size), max(checkpoint.size - 1, 0)
        if (root := self.frontier.root().hex()) != checkpoint.root:
            return LogFinding(
                code="checkpoint_root", index=last, what=what, expected=checkpoint.root, found=root
            )
        if not is_signed(checkpoint, self._keys):
            return LogFinding(
                code="checkpoint_signature",
                index=last,
                what=what,
                expected=f"a signature of {' / '.join(sorted(self._keys))}",
                found=f"{checkpoint.kid}: {checkpoint.signature}",
            )
        return None

    def beyond(self, checkpoint: Checkpoint) -> LogFinding:
        """A checkpoint that covers more than the log has."""
        return LogFinding(
            code="checkpoint_beyond_the_log",
            index=self.frontier.size,
            what=str(checkpoint.size),
            expected=f"{checkpoint.size} entries",
            found=f"{self.frontier.size} entries",
        )

    def _kept(self, stored: Stored, salt: bytes, raw: bytes) -> LogFinding | None:
        wrong = _Wrong(stored)
        try:
            record = read(raw)
        except ValueError:
            record = None
        if record is not None and record.index != stored.columns.index:
            return wrong(
                "record_moved", "", f"entry {stored.columns.index}", f"entry {record.index}"
            )
        leaf, kept = leaf_hash(salt, raw), stored.leaf
        if leaf != kept or record is None:
            return wrong("record_changed", "", kept.hex(), leaf.hex())
        said = columns(record)
        if (name := _differing(said, stored.columns)) is not None:
            expected, found = (str(getattr(c, name)) for c in (said, stored.columns))
            return wrong("column_changed", name, expected, found)
        if is_step(said.type) and (finding := _step(record.data, wrong)) is not None:
            return finding
        return self._grow(stored, leaf)

    def _erased(self, stored: Stored) -> LogFinding | None:
        wrong = _Wrong(stored)
        if (erasure := self._erasures.get(stored.columns.index)) is None:
            return wrong("erasure_not_on_record", "", "an erasure on record", "none")
        if (leaf := stored.leaf.hex()) != erasure.leaf:
            return wrong("erasure_differs", "leaf", erasure.leaf, leaf)
        left = erased_columns(erasure)
        if (name := _differing(left, stored.columns)) is not None:
            expected, found = (str(getattr(c, name)) for c in (left, stored.columns))
            return wrong("erasure_differs", name, expected, found)
        return None

    def _grow(self, stored: Stored, leaf: bytes) -> LogFinding | None:
        spine = self.frontier.append(leaf)
        if spine == stored.spine:
            return None
        index, length = stored.columns.index, max(len(spine), len(stored.spine))
        level = next(at for at in range(length) if _level(spine, at) != _level(stored.spine, at))
        covers = f"entries {index + 1 - (1 << level)}-{index}"
        found, expected = (_level(s, level).hex() or "nothing" for s in (spine, stored.spine))
        return _Wrong(stored)("subtree_changed", covers, expected, found)


def erased_columns(erasure: EntryErased) -> EntryColumns:
    """What an erased entry is still found by; its subject went with its record."""
    return EntryColumns(
        index=erasure.index,
        topic=erasure.topic,
        recorded_at=erasure.recorded_at,
        type=erasure.event_type,
        source=erasure.event_source,
        event_id=erasure.event_id,
        subject="",
        case_id=erasure.case_id,
        procedure=erasure.procedure,
        seq=erasure.seq,
    )


def out_of_sequence(procedure: str, *, index: int, event: str, after: int, seq: int) -> LogFinding:
    """A step whose number does not follow the one before it."""
    return LogFinding(
        code="step_out_of_sequence",
        index=index,
        event=event,
        what=procedure,
        expected=f"step {after + 1}",
        found=f"step {seq}",
    )


class _Wrong:
    """Findings of one entry."""

    def __init__(self, stored: Stored) -> None:
        self._at = stored.columns

    def __call__(self, code: LogFindingCode, what: str, expected: str, found: str) -> LogFinding:
        return LogFinding(
            code=code,
            index=self._at.index,
            event=self._at.event_id,
            what=what,
            expected=expected,
            found=found,
        )


def _step(data: bytes, wrong: _Wrong) -> LogFinding | None:
    step = step_of(data)
    state: Any = step.get("state") if step else None
    if step is None or not isinstance(state, dict) or not isinstance(step.get("seq"), int):
        return wrong("step_unreadable", "", "a step with its state", "something else")
    for name in ("seq", "procedure", "case_id"):
        if step.get(name) != state.get(name):
            return wrong("step_state_differs", name, str(step.get(name)), str(state.get(name)))
    return None


def _differing(said: EntryColumns, stored: EntryColumns) -> str | None:
    names = (field.name for field in fields(EntryColumns))
    return next((n for n in names if getattr(said, n) != getattr(stored, n)), None)


def _level(spine: bytes, level: int) -> bytes:
    return spine[level * HASH_BYTES : (level + 1) * HASH_BYTES]
