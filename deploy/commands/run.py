"""`steelyard run UNIT`: one process, one unit, until it is told to stop."""

import importlib
from typing import Annotated

import typer

from contracts.says import Says
from deploy.supervise import UNITS, module_of
from services.kit.errors import Invalid
from services.kit.running import run as run_unit
from services.kit.settings import Settings

APPS = {"workflows": "workflows.app"}
"""Units that are no service."""


def run(
    unit: Annotated[str, typer.Argument(metavar="UNIT", help=f"单元 {' | '.join(UNITS)}")],
) -> None:
    """运行一个单元。 Run one unit: its HTTP API, consumers, relay and workers."""
    if unit not in UNITS:
        raise Invalid(
            Says(f"没有单元 {unit}。", f"there is no unit {unit}: {', '.join(UNITS)}"),
            field="UNIT",
            rule="unit",
        )
    app = importlib.import_module(APPS.get(unit, f"services.{module_of(unit)}.app"))
    raise typer.Exit(run_unit(app.unit(Settings())))
