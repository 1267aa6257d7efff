from alembic import op

from services.kit.storage.migrations import create_kit_tables_v1

revision = "0001"
down_revision = None

_TABLES = """
CREATE TABLE response (
    case_id uuid PRIMARY KEY,
    agency text NOT NULL,
    level text NOT NULL,
    drill boolean NOT NULL,
    mobilised_at timestamptz NOT NULL,
    contacted_at timestamptz,
    contacted text,
    contact_found text,
    on_site_at timestamptz,
    officers text[] NOT NULL,
    secured_at timestamptz,
    measures text,
    handed_over_at timestamptz,
    handed_over_to text,
    stood_down_at timestamptz,
    outcome text,
    closed_at timestamptz,
    went_well text,
    to_improve text
);
CREATE INDEX response_newest ON response (mobilised_at, case_id);
CREATE INDEX response_of_agency ON response (agency, mobilised_at, case_id);
CREATE TABLE report_up (
    case_id uuid NOT NULL REFERENCES response (case_id),
    seq integer NOT NULL,
    line text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('first', 'written', 'follow_up')),
    agency text NOT NULL,
    to_agency text,
    sent_by text NOT NULL,
    sent_at timestamptz NOT NULL,
    content text NOT NULL,
    received_by text,
    received_at timestamptz,
    instructions text,
    PRIMARY KEY (case_id, seq)
);
CREATE TABLE secured_item (
    case_id uuid NOT NULL REFERENCES response (case_id),
    seq integer NOT NULL,
    number integer NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    sha256 text,
    custodian text NOT NULL,
    place text,
    PRIMARY KEY (case_id, seq, number)
);
CREATE TABLE escalation (
    id text PRIMARY KEY,
    owner text NOT NULL,
    procedure text NOT NULL,
    case_id uuid NOT NULL,
    key text NOT NULL,
    line text NOT NULL,
    clock text NOT NULL,
    agency text NOT NULL,
    role text NOT NULL,
    rung integer NOT NULL,
    raised_at timestamptz NOT NULL,
    called_at timestamptz NOT NULL,
    answer_by timestamptz NOT NULL,
    answer text CHECK (answer IN ('acknowledge', 'reassign', 'take_over')),
    answered_by text,
    answered_at timestamptz,
    outcome text,
    ended_at timestamptz,
    entries integer NOT NULL
);
CREATE INDEX escalation_open ON escalation (answer_by, id) WHERE outcome IS NULL;
CREATE INDEX escalation_of_case ON escalation (case_id);
CREATE TABLE escalation_entry (
    escalation_id text NOT NULL REFERENCES escalation (id),
    number integer NOT NULL,
    what text NOT NULL,
    at timestamptz NOT NULL,
    rung integer NOT NULL,
    agency text NOT NULL,
    role text NOT NULL,
    by_id text,
    answer_by timestamptz,
    outcome text,
    PRIMARY KEY (escalation_id, number)
);
CREATE INDEX escalation_entry_of_agency ON escalation_entry (agency, escalation_id);
CREATE TABLE missed_clock (
    event_id text PRIMARY KEY,
    owner text NOT NULL,
    procedure text NOT NULL,
    case_id uuid NOT NULL,
    line text NOT NULL,
    clock text NOT NULL,
    basis text NOT NULL,
    due_at timestamptz NOT NULL,
    derivation jsonb NOT NULL
);
CREATE INDEX missed_clock_of_case ON missed_clock (case_id)
"""


def upgrade() -> None:
    create_kit_tables_v1(op)
    for statement in _TABLES.split(";\n"):
        op.execute(statement)
