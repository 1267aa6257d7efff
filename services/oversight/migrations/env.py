"""Alembic's way into the migrations of oversight."""

from services.kit.storage.migrate import run

run()
