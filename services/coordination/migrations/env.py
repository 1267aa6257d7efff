"""Alembic's way into the migrations of coordination."""

from services.kit.migrate import run

run()
