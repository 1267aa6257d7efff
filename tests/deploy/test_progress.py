"""Whoever waits is told what for, and is not flooded."""

import io

from rich.console import Console

from deploy.stack.progress import Progress
from deploy.stack.unit_log import say_on


def test_a_file_gets_the_first_and_the_last_of_a_long_count() -> None:
    written = io.StringIO()
    with Progress(Console(file=written, width=100)) as progress:
        for have in range(47):
            progress("kafka", f"fetching jars {have}/46")
        progress("kafka", "ready 127.0.0.1:9092")

    lines = written.getvalue().strip().splitlines()
    assert [line.partition("│ ")[2] for line in lines] == [
        "fetching jars 0/46",
        "ready 127.0.0.1:9092",
    ]


def test_two_servers_are_told_of_apart() -> None:
    written = io.StringIO()
    with Progress(Console(file=written, width=100)) as progress:
        progress("kafka", "starting")
        progress("postgres", "starting")

    assert written.getvalue().count("starting") == 2


def test_a_units_line_keeps_its_brackets_and_is_not_wrapped() -> None:
    written = io.StringIO()
    line = "[bold]案件[/bold] " + "x" * 200

    say_on(Console(file=written, width=80))("enforcement", line)

    assert written.getvalue() == f" enforcement │ {line}\n"
