"""Alembic's way into the migrations of net content."""

from services.kit.storage.migrate import run

run()
