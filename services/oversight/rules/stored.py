"""One entry as it lies in the log, and how one comes to be."""

from dataclasses import dataclass

from services.oversight.rules.record import EntryColumns, LogRecord, columns
from services.oversight.rules.tree import HASH_BYTES, Frontier, leaf_hash

SALT_BYTES = 32


@dataclass(frozen=True)
class Stored:
    """One entry; erased, it has neither salt nor record, and its spine stays."""

    columns: EntryColumns
    spine: bytes
    salt: bytes | None
    record: bytes | None

    @property
    def leaf(self) -> bytes:
        return self.spine[:HASH_BYTES]


def append(frontier: Frontier, record: LogRecord, salt: bytes) -> Stored:
    """Grow the tree by one record."""
    if record.index != frontier.size:
        raise ValueError(f"Record {record.index} cannot be entry {frontier.size}")
    raw = bytes(record)
    found_by = columns(record)
    return Stored(found_by, frontier.append(leaf_hash(salt, raw)), salt, raw)
