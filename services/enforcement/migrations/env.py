"""Alembic's way into the migrations of enforcement."""

from services.kit.migrate import run

run()
