"""Alembic's way into the migrations of coordination."""

from services.kit.storage.migrate import run

run()
