from alembic import op

from services.kit.rights.walls import kit_walls_v1, of_agency, wall_v1
from services.kit.storage.migrations import create_kit_tables_v1

revision = "0001"
down_revision = None

UNIT = "gauges"


def upgrade() -> None:
    create_kit_tables_v1(op)
    kit_walls_v1(op, UNIT)
    op.execute(
        """
        CREATE TABLE gauge (
            case_id uuid PRIMARY KEY,
            agency text NOT NULL,
            opened_at timestamptz NOT NULL,
            deviation_um integer,
            outcome text CHECK (outcome IN ('within', 'beyond'))
        )
        """
    )
    op.execute("CREATE INDEX gauge_of_agency ON gauge (agency, opened_at, case_id)")
    wall_v1(op, UNIT, "gauge", seen=of_agency("agency"))
