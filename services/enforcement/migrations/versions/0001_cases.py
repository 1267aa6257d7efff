from alembic import op

from services.kit.storage.migrations import create_kit_tables_v1

revision = "0001"
down_revision = None

_TABLES = """
CREATE TABLE enforcement_case (
    id uuid PRIMARY KEY,
    agency text NOT NULL,
    source text NOT NULL,
    reference text NOT NULL,
    violation text NOT NULL,
    region text NOT NULL,
    subject_name text NOT NULL,
    subject_code text,
    subject_key text NOT NULL,
    premises text,
    channel text NOT NULL,
    summary text NOT NULL,
    level text NOT NULL CHECK (level IN ('I', 'II', 'III', 'IV')),
    level_reasons text[] NOT NULL,
    mobilises boolean NOT NULL,
    number text UNIQUE,
    cause text,
    received_at timestamptz NOT NULL,
    filed_on date,
    outcome text,
    closed_on date,
    open boolean NOT NULL,
    drill_shift_s integer NOT NULL
);
CREATE UNIQUE INDEX one_open_case ON enforcement_case (subject_key, violation) WHERE open;
CREATE INDEX case_newest ON enforcement_case (received_at, id);
CREATE INDEX case_of_agency ON enforcement_case (agency, received_at, id);
CREATE TABLE report (
    id uuid PRIMARY KEY,
    case_id uuid NOT NULL REFERENCES enforcement_case (id),
    source text NOT NULL,
    event_id text NOT NULL,
    reference text NOT NULL,
    channel text NOT NULL,
    subject_name text NOT NULL,
    region text NOT NULL,
    summary text NOT NULL,
    level text NOT NULL,
    level_reasons text[] NOT NULL,
    facts jsonb NOT NULL,
    files text[] NOT NULL,
    reporter text,
    occurred_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL
);
CREATE INDEX ix_report_case_id ON report (case_id);
CREATE INDEX report_files ON report USING gin (files) WHERE cardinality(files) > 0;
CREATE INDEX ix_report_reporter ON report (reporter) WHERE reporter IS NOT NULL;
CREATE TABLE evidence (
    id uuid PRIMARY KEY,
    case_id uuid NOT NULL REFERENCES enforcement_case (id),
    seq integer NOT NULL,
    line text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    sha256 text,
    place text,
    taken_at timestamptz NOT NULL
);
CREATE INDEX ix_evidence_case_id ON evidence (case_id);
CREATE INDEX ix_evidence_sha256 ON evidence (sha256) WHERE sha256 IS NOT NULL;
CREATE TABLE custody (
    evidence_id uuid NOT NULL REFERENCES evidence (id),
    since_seq integer NOT NULL,
    custodian text NOT NULL,
    since timestamptz NOT NULL,
    why text NOT NULL,
    PRIMARY KEY (evidence_id, since_seq)
);
CREATE TABLE document (
    case_id uuid NOT NULL REFERENCES enforcement_case (id),
    seq integer NOT NULL,
    kind text NOT NULL,
    number text NOT NULL,
    line text NOT NULL,
    issued_on date NOT NULL,
    PRIMARY KEY (case_id, seq, kind)
);
CREATE TABLE serial (
    prefix text NOT NULL,
    kind text NOT NULL,
    year integer NOT NULL,
    last integer NOT NULL CHECK (last > 0),
    PRIMARY KEY (prefix, kind, year)
);
CREATE TABLE decision (
    case_id uuid PRIMARY KEY REFERENCES enforcement_case (id),
    seq integer NOT NULL,
    kind text NOT NULL CHECK (kind IN ('penalty', 'no_penalty', 'not_proved', 'handed_over')),
    number text NOT NULL,
    decided_on date NOT NULL,
    decided_by text NOT NULL,
    reasons text,
    basis text[] NOT NULL,
    handed_to text,
    fine_yuan numeric(14, 2) NOT NULL CHECK (fine_yuan >= 0),
    confiscated_yuan numeric(14, 2) NOT NULL CHECK (confiscated_yuan >= 0),
    confiscated_items text[] NOT NULL,
    warning boolean NOT NULL,
    served_at timestamptz,
    served_by text,
    recipient text,
    published_on date,
    published_where text,
    paid_yuan numeric(14, 2),
    paid_at timestamptz,
    receipt text
);
CREATE TABLE reporter (
    reference text PRIMARY KEY,
    agency text NOT NULL,
    kid text NOT NULL,
    nonce bytea NOT NULL,
    sealed bytea NOT NULL,
    handed_in_at timestamptz NOT NULL
);
CREATE TABLE file (
    sha256 text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    size bigint NOT NULL CHECK (size >= 0),
    media_type text NOT NULL,
    agency text NOT NULL,
    stored_at timestamptz NOT NULL
);
"""

# Cases change by events and steps alone; nobody but the API ever sees a reporter's row.
_RIGHTS = """
REVOKE INSERT, UPDATE, DELETE ON
    enforcement_case, report, evidence, custody, document, serial, decision,
    inbox, held, set_aside, procedure, step_log
    FROM steelyard_enforcement_app;
REVOKE ALL ON reporter FROM steelyard_enforcement_worker;
REVOKE UPDATE, DELETE ON reporter FROM steelyard_enforcement_app;
REVOKE DELETE ON enforcement_case, report, evidence, custody, document, decision, step_log
    FROM steelyard_enforcement_worker;
"""


def upgrade() -> None:
    create_kit_tables_v1(op)
    for block in (_TABLES, _RIGHTS):
        for statement in block.split(";\n"):
            if statement.strip():
                op.execute(statement)
