"""Alembic's way into the toy's migrations."""

from services.kit.migrate import run

run()
