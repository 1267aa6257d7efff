"""Alembic's way into the migrations of the workflows unit."""

from services.kit.storage.migrate import run

run()
