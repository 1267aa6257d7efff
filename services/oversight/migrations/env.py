"""Alembic's way into the migrations of oversight."""

from services.kit.migrate import run

run()
