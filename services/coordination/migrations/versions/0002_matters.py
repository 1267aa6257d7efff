from alembic import op

revision = "0002"
down_revision = "0001"

_TABLES = """
CREATE TABLE matter (
    id uuid PRIMARY KEY,
    procedure text NOT NULL,
    of_case uuid,
    agency text NOT NULL,
    title text,
    opened_by text,
    drill boolean NOT NULL,
    opened_at timestamptz NOT NULL,
    stage text NOT NULL,
    outcome text,
    ended_at timestamptz
);
CREATE INDEX matter_of_case ON matter (of_case);
CREATE TABLE matter_access (
    agency text NOT NULL,
    matter_id uuid NOT NULL,
    opened_at timestamptz NOT NULL,
    whole boolean NOT NULL,
    shared boolean NOT NULL,
    lines text[] NOT NULL,
    PRIMARY KEY (agency, matter_id)
);
CREATE INDEX matter_access_newest ON matter_access (agency, opened_at, matter_id);
CREATE TABLE paper (
    matter_id uuid NOT NULL REFERENCES matter (id),
    seq integer NOT NULL,
    number integer NOT NULL,
    kind text NOT NULL,
    line text NOT NULL,
    agency text NOT NULL,
    audience text NOT NULL CHECK (audience IN ('lead', 'line', 'shared')),
    filed_at timestamptz NOT NULL,
    name text,
    dated_on date,
    sha256 text,
    custodian text,
    place text,
    body text,
    more jsonb NOT NULL,
    PRIMARY KEY (matter_id, seq, number)
)
"""


def upgrade() -> None:
    for statement in _TABLES.split(";\n"):
        op.execute(statement)
