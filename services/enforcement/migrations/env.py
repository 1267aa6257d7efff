"""Alembic's way into the migrations of enforcement."""

from services.kit.storage.migrate import run

run()
