"""Alembic's way in: it runs a unit's revisions on the connection that `migrate` opened."""

from services.kit.storage.migrate import run

run()
