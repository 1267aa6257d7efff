"""Alembic's way into the migrations of the workflows unit."""

from services.kit.migrate import run

run()
