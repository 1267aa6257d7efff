from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.execute(
        "CREATE INDEX outbox_published ON outbox (published_at, id) WHERE published_at IS NOT NULL"
    )
    op.execute("CREATE INDEX matter_access_of_matter ON matter_access (matter_id)")
