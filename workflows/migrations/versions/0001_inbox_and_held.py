"""The workflows unit keeps what it heard and what it holds, and no record of its own."""

from alembic import op

from services.kit.storage.migrations import create_kit_tables_v1

revision = "0001"
down_revision = None


def upgrade() -> None:
    create_kit_tables_v1(op)
