"""The tables every unit has beside its own: inbox, outbox, held, set aside, procedures, step log.

None names a schema: each connection's `search_path` is its unit's.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    func,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

KIT = MetaData()
TIMESTAMP = DateTime(timezone=True)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _number() -> Column[int]:
    return Column("id", BigInteger, Identity(always=True), primary_key=True)


inbox = Table(
    "inbox",
    KIT,
    Column("source", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("digest", LargeBinary, nullable=False),
    Column("received_at", TIMESTAMP, nullable=False, server_default=func.now()),
    comment="Events taken; remembered longer than any topic keeps them",
)
Index("inbox_age", inbox.c.received_at, postgresql_using="brin")

outbox = Table(
    "outbox",
    KIT,
    _number(),
    Column("event_id", Uuid, nullable=False),
    _text("topic"),
    _text("subject"),
    _text("type"),
    Column("time", TIMESTAMP, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("causationid", Text),
    Column("traceparent", Text),
    Column("created_at", TIMESTAMP, nullable=False, server_default=func.now()),
    Column("published_at", TIMESTAMP),
    comment="Events told; published_at is the proof of sending",
)
Index("outbox_unpublished", outbox.c.id, postgresql_where=outbox.c.published_at.is_(None))

held = Table(
    "held",
    KIT,
    Column("seq", BigInteger, Identity(always=True), primary_key=True),
    _text("topic"),
    _text("source"),
    _text("id"),
    _text("key"),
    _text("type"),
    Column("headers", JSONB, nullable=False),
    Column("value", LargeBinary, nullable=False),
    Column("received_at", TIMESTAMP, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", TIMESTAMP, comment="none: waits for a named person"),
    _text("says"),
    Column("held_at", TIMESTAMP, nullable=False, server_default=func.now()),
    UniqueConstraint("source", "id", name="held_event"),
    comment="Verified events that failed, and those waiting behind them",
)
Index("held_order", held.c.key, held.c.seq)
Index("held_due", held.c.next_at, postgresql_where=held.c.next_at.is_not(None))

set_aside = Table(
    "set_aside",
    KIT,
    _number(),
    Column("digest", Text, nullable=False, comment="SHA-256 of key, headers and value"),
    _text("reason"),
    _text("says"),
    _text("topic"),
    Column("source", Text),
    Column("event_id", Text),
    Column("type", Text),
    Column("headers", JSONB, nullable=False),
    Column("value", LargeBinary),
    Column("received_at", TIMESTAMP, nullable=False),
    UniqueConstraint("digest", "reason", name="set_aside_once"),
    comment="What failed verification or was refused; holds nothing",
)

held_action = Table(
    "held_action",
    KIT,
    _number(),
    _text("source"),
    _text("event_id"),
    _text("key"),
    Column("action", Text, nullable=False, comment="replay or discard"),
    _text("by_id"),
    _text("reason"),
    Column("at", TIMESTAMP, nullable=False, server_default=func.now()),
    comment="Who replayed or discarded a held event, and why",
)

procedure = Table(
    "procedure",
    KIT,
    Column("id", Text, primary_key=True, comment="<procedure>/<case id>"),
    Column("case_id", Uuid, nullable=False, index=True),
    _text("name"),
    Column("version", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("state", JSONB, nullable=False),
    Column("open_steps", JSONB, nullable=False),
    Column("ended", Boolean, nullable=False),
    Column("agencies", ARRAY(Text), nullable=False),
    Column("updated_at", TIMESTAMP, nullable=False, server_default=func.now()),
    comment="Each procedure as its last step left it",
)

step_log = Table(
    "step_log",
    KIT,
    Column("procedure_id", Text, ForeignKey("procedure.id"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("request_id", Uuid, nullable=False),
    _text("digest"),
    _text("step"),
    _text("line"),
    Column("line_version", Integer, nullable=False, comment="of the line, after this step"),
    Column("basis", Text),
    _text("by_id"),
    _text("role"),
    _text("agency"),
    Column("payload", JSONB, nullable=False),
    Column("taken_at", TIMESTAMP, nullable=False),
    Column("happened_at", TIMESTAMP, nullable=False),
    Column("recorded_at", TIMESTAMP, nullable=False, server_default=func.now()),
    Column("reply", JSONB, nullable=False),
    UniqueConstraint("procedure_id", "request_id", name="step_log_request"),
    comment="Every step taken, in order; a procedure can be rebuilt from it",
)
