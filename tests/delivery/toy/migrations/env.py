"""Alembic's way into the toy's migrations."""

from services.kit.storage.migrate import run

run()
