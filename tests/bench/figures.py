"""What a benchmark prints: a table for a person, then one line of JSON for a machine."""

import json
import statistics
import sys
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def show(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table; the first column names what was measured."""
    table = Table(title=title, title_justify="left")
    for place, column in enumerate(columns):
        table.add_column(column, justify="right" if place else "left", no_wrap=True)
    for row in rows:
        table.add_row(*row)
    Console(width=110).print(table)


def say(line: str) -> None:
    """Progress, on the error stream: the answer alone is on the other."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def conclude(bench: str, **ratios: float) -> None:
    """The last line."""
    rounded = {name: round(ratio, 2) for name, ratio in ratios.items()}
    sys.stdout.write(json.dumps({"bench": bench, **rounded}) + "\n")
    sys.stdout.flush()
