"""Alembic's way into the migrations of net content."""

from services.kit.migrate import run

run()
