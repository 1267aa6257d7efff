"""Keeps one record with a header name that is not UTF-8 from stopping its partition for everyone.

aiokafka decodes header names strictly and raises out of `getmany`: the partition never moves again,
and records of other partitions taken in the same call are lost. So where that happens, the fetched
bytes are read once more, with whatever is not UTF-8 in a name spelled as `\\xff`.
"""

from typing import Any

from aiokafka.consumer import fetcher
from aiokafka.consumer.fetcher import PartitionRecords
from aiokafka.record.default_records import _DefaultRecordBatchPy
from aiokafka.record.memory_records import MemoryRecords, _MemoryRecordsPy


def read_leniently() -> None:
    """Let every consumer of this process read so. Doing it twice changes nothing."""
    fetcher.MemoryRecords = _Kept
    fetcher.PartitionRecords = _Patient


class _Kept:
    """aiokafka's fast reader of fetched bytes, which keeps the bytes."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        fast = MemoryRecords(raw)
        self.has_next = fast.has_next
        self.next_batch = fast.next_batch
        self.size_in_bytes = fast.size_in_bytes


class _Patient(PartitionRecords):  # type: ignore[misc]
    """A partition's fetched records; goes on where the fast reader gave up."""

    _records: Any

    def __next__(self) -> Any:
        try:
            return super().__next__()
        except UnicodeDecodeError:
            # what was handed out already is skipped: it is below `next_fetch_offset`
            self._records = _LenientRecords(self._records.raw)
            self._records_iterator = self._unpack_records()
            return super().__next__()


class _LenientRecords(_MemoryRecordsPy):  # type: ignore[misc]
    def next_batch(self, *_: Any) -> Any:
        batch = self._next_slice
        self._cache_next()
        return None if batch is None else _LenientBatch(batch)


class _LenientBatch(_DefaultRecordBatchPy):  # type: ignore[misc]
    _buffer: Any

    def _maybe_uncompress(self) -> None:
        super()._maybe_uncompress()
        self._buffer = _LenientBytes(self._buffer)


class _LenientBytes(bytearray):
    """Bytes whose slices decode without failing."""

    def __getitem__(self, at: Any) -> Any:
        found = super().__getitem__(at)
        return _LenientBytes(found) if isinstance(at, slice) else found

    def decode(self, encoding: str = "utf-8", errors: str = "backslashreplace") -> str:
        return super().decode(encoding, errors)
