"""`steelyard run UNIT`: one process, one unit, until it is told to stop."""

import importlib
from typing import Annotated

import typer

from deploy.named import UNIT_NAMES, unit_named
from services.kit.running.unit import run as run_unit
from services.kit.settings import Settings


def run(
    unit: Annotated[str, typer.Argument(metavar="UNIT", help=f"单元 {' | '.join(UNIT_NAMES)}")],
) -> None:
    """运行一个单元。 Run one unit: its HTTP API, consumers, relay and workers."""
    app = importlib.import_module(f"{unit_named(unit).home}.app")
    raise typer.Exit(run_unit(app.unit(Settings())))
