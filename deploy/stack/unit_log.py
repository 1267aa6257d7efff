"""One readable log of many processes: each line with its unit's name, and a file for each."""

from collections.abc import Callable
from pathlib import Path
from typing import IO

from rich.console import Console
from rich.text import Text

Say = Callable[[str, str], None]
"""Told a unit's name and one line of it."""

COLOURS = ("cyan", "magenta", "green", "yellow", "blue", "bright_red", "bright_cyan", "white")
WIDTH = 12


def say_on(console: Console) -> Say:
    """A `Say` that prints, giving each name a colour as it first appears."""
    colours: dict[str, str] = {}

    def say(name: str, line: str) -> None:
        colour = colours.setdefault(name, COLOURS[len(colours) % len(COLOURS)])
        # `Text`, not markup: a unit may write square brackets. Soft: copying a line gives the line.
        console.print(Text(f"{name:>{WIDTH}} │ ", style=colour) + Text(line), soft_wrap=True)

    return say


def pump(name: str, output: IO[bytes], file: Path, say: Say) -> None:
    """Pass a process's lines on until it ends; for a thread of its own."""
    with file.open("ab") as kept, output:
        for line in output:
            kept.write(line)
            kept.flush()
            say(name, line.decode(errors="replace").rstrip())
