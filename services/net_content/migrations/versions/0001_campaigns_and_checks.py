from alembic import op

from services.kit.storage.migrations import create_kit_tables_v1

revision = "0001"
down_revision = None

_TABLES = """
CREATE TABLE subject (
    code text PRIMARY KEY,
    name text NOT NULL,
    region text NOT NULL,
    credit_class text CHECK (credit_class IN ('A', 'B', 'C', 'D')),
    agency text NOT NULL
);
CREATE INDEX subject_of_region ON subject (region text_pattern_ops);
CREATE TABLE product (
    id uuid PRIMARY KEY,
    subject_code text NOT NULL REFERENCES subject (code),
    name text NOT NULL,
    category text NOT NULL,
    nominal text NOT NULL,
    unit text NOT NULL
);
CREATE INDEX ix_product_subject_code ON product (subject_code);
CREATE TABLE laboratory (
    code text PRIMARY KEY,
    name text NOT NULL,
    agency text,
    scope text[] NOT NULL,
    valid_from date NOT NULL,
    valid_to date
);
CREATE TABLE instrument (
    code text PRIMARY KEY,
    laboratory text NOT NULL REFERENCES laboratory (code),
    name text NOT NULL,
    division text,
    unit text
);
CREATE INDEX ix_instrument_laboratory ON instrument (laboratory);
CREATE TABLE verification (
    instrument text NOT NULL REFERENCES instrument (code),
    verified_on date NOT NULL,
    valid_until date NOT NULL CHECK (valid_until >= verified_on),
    certificate text NOT NULL,
    PRIMARY KEY (instrument, verified_on)
);
CREATE TABLE campaign (
    id uuid PRIMARY KEY,
    agency text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('routine', 'special', 'complaint')),
    category text,
    regime text NOT NULL,
    wanted integer NOT NULL CHECK (wanted > 0),
    lots_each integer NOT NULL CHECK (lots_each > 0),
    weights jsonb NOT NULL,
    inspectors text[] NOT NULL,
    subjects integer NOT NULL,
    left_out integer NOT NULL,
    list_sha256 text NOT NULL,
    commitment text NOT NULL,
    seed text NOT NULL,
    public_word text,
    opened_at timestamptz NOT NULL,
    drawn_at timestamptz,
    drill_shift_s integer NOT NULL
);
CREATE INDEX campaign_newest ON campaign (opened_at, id);
CREATE INDEX campaign_of_agency ON campaign (agency, opened_at, id);
CREATE TABLE candidate (
    campaign_id uuid NOT NULL REFERENCES campaign (id),
    number integer NOT NULL,
    code text NOT NULL,
    credit_class text NOT NULL,
    weight integer NOT NULL,
    products text[] NOT NULL,
    PRIMARY KEY (campaign_id, number)
);
CREATE TABLE lot_check (
    id uuid PRIMARY KEY,
    campaign_id uuid NOT NULL REFERENCES campaign (id),
    agency text NOT NULL,
    number integer NOT NULL,
    subject_code text NOT NULL REFERENCES subject (code),
    product_id uuid NOT NULL REFERENCES product (id),
    region text NOT NULL,
    inspectors text[] NOT NULL,
    drawn_at timestamptz NOT NULL,
    awaiting text CHECK (awaiting IN ('first', 'retest', 'recheck')),
    laboratory text,
    verdict text CHECK (verdict IN ('pass', 'fail')),
    finding integer,
    urgent boolean NOT NULL,
    passed_on date,
    failed_on date,
    published_on date,
    published_where text,
    outcome text CHECK (outcome IN ('passed', 'rectified', 'called_off')),
    closed_on date,
    drill_shift_s integer NOT NULL,
    UNIQUE (campaign_id, number)
);
CREATE INDEX check_newest ON lot_check (drawn_at, id);
CREATE INDEX check_of_agency ON lot_check (agency, drawn_at, id);
CREATE INDEX check_of_subject ON lot_check (subject_code, failed_on);
CREATE INDEX check_of_product ON lot_check (product_id, passed_on);
CREATE TABLE sampling (
    check_id uuid NOT NULL REFERENCES lot_check (id),
    seq integer NOT NULL,
    round text NOT NULL CHECK (round IN ('first', 'recheck')),
    lot text NOT NULL,
    lot_size integer NOT NULL,
    sample_size integer NOT NULL CHECK (sample_size <= lot_size),
    place text NOT NULL,
    method text NOT NULL,
    laboratory text NOT NULL,
    attended_by text NOT NULL,
    goods_value_yuan numeric(14, 2),
    sampled_on date NOT NULL,
    PRIMARY KEY (check_id, seq)
);
CREATE TABLE finding (
    check_id uuid NOT NULL REFERENCES lot_check (id),
    number integer NOT NULL,
    round text NOT NULL CHECK (round IN ('first', 'retest', 'recheck')),
    laboratory text NOT NULL,
    measured_on date NOT NULL,
    verdict text NOT NULL CHECK (verdict IN ('pass', 'fail')),
    sha256 text NOT NULL UNIQUE,
    sheet_sha256 text NOT NULL,
    engine text NOT NULL,
    body text NOT NULL,
    summary text NOT NULL,
    t2_percent integer NOT NULL,
    source text NOT NULL,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (check_id, number)
);
"""

# A finding, once frozen, and a campaign's list are changed and removed by nobody.
_RIGHTS = """
REVOKE UPDATE, DELETE ON finding, candidate
    FROM steelyard_net_content_app, steelyard_net_content_worker;
REVOKE DELETE ON campaign, lot_check, sampling
    FROM steelyard_net_content_app, steelyard_net_content_worker;
REVOKE INSERT, UPDATE, DELETE ON inbox, held, set_aside, procedure, step_log
    FROM steelyard_net_content_app;
"""


def upgrade() -> None:
    create_kit_tables_v1(op)
    for block in (_TABLES, _RIGHTS):
        for statement in block.split(";\n"):
            if statement.strip():
                op.execute(statement)
