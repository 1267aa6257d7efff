"""The rows of the audit log: one an event, and the checkpoints that sign them.

Not partitioned yet: a plain bigint key holds a province's few hundred million events, appends touch
only the right edge of each index, and an audit reads in key order. Partitions by month would help
to retire old records, which an audit log is not meant to do.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, LargeBinary
from sqlmodel import Field, SQLModel

_MOMENT = DateTime(timezone=True)


class Entry(SQLModel, table=True):
    """One event of the log. Never changed, but for an erasure, and never deleted."""

    index: int = Field(primary_key=True, sa_type=BigInteger)
    spine: bytes = Field(sa_type=LargeBinary)
    """Leaf hash, then the root of each perfect subtree this entry completes."""
    topic: str
    recorded_at: datetime = Field(sa_type=_MOMENT)
    type: str
    source: str
    event_id: str
    subject: str
    case_id: UUID | None = None
    procedure: str | None = None
    seq: int | None = None
    salt: bytes | None = Field(default=None, sa_type=LargeBinary)
    record: bytes | None = Field(default=None, sa_type=LargeBinary)


class Checkpoint(SQLModel, table=True):
    """The root of the log at one size, signed."""

    size: int = Field(primary_key=True, sa_type=BigInteger)
    root: str
    at: datetime = Field(sa_type=_MOMENT)
    kid: str
    signature: str
