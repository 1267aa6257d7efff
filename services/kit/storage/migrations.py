"""The kit's tables as released revisions create them; a released version never changes.

A service's first revision calls `create_kit_tables_v1(op)`. A later change of the kit's tables is
a new function here, called from a new revision of every service.
"""

from typing import Protocol

_V1 = (
    """
    CREATE TABLE inbox (
        source text NOT NULL,
        id text NOT NULL,
        digest bytea NOT NULL,
        received_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (source, id)
    )
    """,
    "CREATE INDEX inbox_age ON inbox USING brin (received_at)",
    """
    CREATE TABLE outbox (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        event_id uuid NOT NULL,
        topic text NOT NULL,
        subject text NOT NULL,
        type text NOT NULL,
        time timestamptz NOT NULL,
        data bytea NOT NULL,
        causationid text,
        traceparent text,
        created_at timestamptz NOT NULL DEFAULT now(),
        published_at timestamptz
    )
    """,
    "CREATE INDEX outbox_unpublished ON outbox (id) WHERE published_at IS NULL",
    """
    CREATE TABLE held (
        seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        topic text NOT NULL,
        source text NOT NULL,
        id text NOT NULL,
        key text NOT NULL,
        type text NOT NULL,
        headers jsonb NOT NULL,
        value bytea NOT NULL,
        received_at timestamptz NOT NULL,
        attempts integer NOT NULL,
        next_at timestamptz,
        says text NOT NULL,
        held_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT held_event UNIQUE (source, id)
    )
    """,
    "CREATE INDEX held_order ON held (key, seq)",
    "CREATE INDEX held_due ON held (next_at) WHERE next_at IS NOT NULL",
    """
    CREATE TABLE set_aside (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        digest text NOT NULL,
        reason text NOT NULL,
        says text NOT NULL,
        topic text NOT NULL,
        source text,
        event_id text,
        type text,
        headers jsonb NOT NULL,
        value bytea,
        received_at timestamptz NOT NULL,
        CONSTRAINT set_aside_once UNIQUE (digest, reason)
    )
    """,
    """
    CREATE TABLE held_action (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        source text NOT NULL,
        event_id text NOT NULL,
        key text NOT NULL,
        action text NOT NULL CHECK (action IN ('replay', 'discard')),
        by_id text NOT NULL,
        reason text NOT NULL,
        at timestamptz NOT NULL DEFAULT now()
    )
    """,
    """
    CREATE TABLE procedure (
        id text PRIMARY KEY,
        case_id uuid NOT NULL,
        name text NOT NULL,
        version integer NOT NULL,
        seq integer NOT NULL,
        state jsonb NOT NULL,
        open_steps jsonb NOT NULL,
        ended boolean NOT NULL,
        agencies text[] NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now()
    )
    """,
    "CREATE INDEX ix_procedure_case_id ON procedure (case_id)",
    """
    CREATE TABLE step_log (
        procedure_id text NOT NULL REFERENCES procedure (id),
        seq integer NOT NULL,
        request_id uuid NOT NULL,
        digest text NOT NULL,
        step text NOT NULL,
        line text NOT NULL,
        line_version integer NOT NULL,
        basis text,
        by_id text NOT NULL,
        role text NOT NULL,
        agency text NOT NULL,
        payload jsonb NOT NULL,
        taken_at timestamptz NOT NULL,
        happened_at timestamptz NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT now(),
        reply jsonb NOT NULL,
        PRIMARY KEY (procedure_id, seq),
        CONSTRAINT step_log_request UNIQUE (procedure_id, request_id)
    )
    """,
)


class Operations(Protocol):
    """The part of Alembic's `op` used here."""

    def execute(self, sqltext: str) -> None: ...


def create_kit_tables_v1(op: Operations) -> None:
    for statement in _V1:
        op.execute(statement)
