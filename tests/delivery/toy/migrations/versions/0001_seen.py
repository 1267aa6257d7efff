from alembic import op

from services.kit.storage.migrations import create_kit_tables_v1

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_kit_tables_v1(op)
    op.execute(
        """
        CREATE TABLE seen (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            event_id text NOT NULL,
            reference text NOT NULL,
            number integer NOT NULL CHECK (number < 1000000),
            agency text
        )
        """
    )
