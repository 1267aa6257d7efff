from alembic import op

from services.kit.storage.migrations import create_kit_tables_v1

revision = "0001"
down_revision = None

_TABLES = (
    """
    CREATE TABLE entry (
        index bigint PRIMARY KEY CHECK (index >= 0),
        spine bytea NOT NULL,
        topic text NOT NULL,
        recorded_at timestamptz NOT NULL,
        type text NOT NULL,
        source text NOT NULL,
        event_id text NOT NULL,
        subject text NOT NULL,
        case_id uuid,
        procedure text,
        seq integer,
        salt bytea,
        record bytea,
        CONSTRAINT entry_once UNIQUE (source, event_id)
    )
    """,
    "CREATE INDEX entry_of_case ON entry (case_id, index) WHERE case_id IS NOT NULL",
    """
    CREATE INDEX entry_of_procedure ON entry (procedure, index) INCLUDE (seq, event_id)
    WHERE procedure IS NOT NULL
    """,
    "CREATE INDEX entry_of_oversight ON entry (index) WHERE source = '/services/oversight'",
    """
    CREATE TABLE checkpoint (
        size bigint PRIMARY KEY CHECK (size > 0),
        root text NOT NULL,
        at timestamptz NOT NULL,
        kid text NOT NULL,
        signature text NOT NULL
    )
    """,
)

_APPEND_ONLY = (
    """
    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'restrict_violation';
    END $$
    """,
    """
    CREATE FUNCTION allow_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.salt IS NULL AND NEW.record IS NULL AND NEW.subject = ''
            AND to_jsonb(NEW) - '{salt,record,subject}'::text[]
              = to_jsonb(OLD) - '{salt,record,subject}'::text[]
        THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'restrict_violation';
    END $$
    """,
    """
    CREATE TRIGGER only_erased BEFORE UPDATE ON entry
    FOR EACH ROW EXECUTE FUNCTION allow_erasure()
    """,
    """
    CREATE TRIGGER never_deleted BEFORE DELETE OR TRUNCATE ON entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
    """,
    """
    CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
    """,
)

_RIGHTS = (
    # The worker appends and the API reads; only the owner, and so only an operator, erases.
    "REVOKE UPDATE, DELETE ON entry, checkpoint FROM steelyard_oversight_worker",
    "REVOKE INSERT, UPDATE, DELETE ON entry, checkpoint FROM steelyard_oversight_app",
)


def upgrade() -> None:
    create_kit_tables_v1(op)
    for statement in (*_TABLES, *_APPEND_ONLY, *_RIGHTS):
        op.execute(statement)
