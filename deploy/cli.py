"""The `steelyard` command: each of its commands is a file of `deploy/commands`."""

import importlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

from deploy.stack.whereabouts import NOTE, adopt
from deploy.terminal.options import DATA_DIR, STATE

COMMANDS = {
    "up": "deploy.commands.up",
    "demo": "deploy.commands.demo",
    "submit": "deploy.commands.submit",
    "cases": "deploy.commands.cases",
    "case": "deploy.commands.cases",
    "step": "deploy.commands.step",
    "open": "deploy.commands.matters",
    "matters": "deploy.commands.matters",
    "matter": "deploy.commands.matters",
    "operation": "deploy.commands.matters",
    "drill": "deploy.commands.drill",
    "draw": "deploy.commands.draw",
    "held": "deploy.commands.held",
    "audit": "deploy.audit",
    "jurisdiction": "deploy.jurisdiction",
    "rebuild": "deploy.commands.rebuild",
    "reckon": "deploy.commands.reckon",
    "migrate": "deploy.commands.migrate",
    "run": "deploy.commands.run",
}
"""Where each command is: a group of commands called `app`, or a function of its name."""


def build(only: str | None = None) -> typer.Typer:
    """The command line, or the part of it that is asked for: importing all takes seconds."""
    app = typer.Typer(
        name="steelyard",
        help="杆秤：计量监管业务平台。 Steelyard: metrology supervision.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(steelyard)
    for name in [only] if only in COMMANDS else COMMANDS:
        module = importlib.import_module(COMMANDS[name])
        if hasattr(module, "app"):
            app.add_typer(module.app, name=name)
        else:
            app.command(name)(getattr(module, name if name != "open" else "open_"))
    return app


def steelyard(
    context: typer.Context,
    data_dir: Annotated[
        Path,
        typer.Option(envvar="STEELYARD_DATA_DIR", help="数据目录 Folder of everything it keeps."),
    ] = DATA_DIR,
) -> None:
    """Remember what every command needs."""
    STATE.data_dir = data_dir.absolute()
    if context.invoked_subcommand == "audit" and (STATE.data_dir / NOTE).exists():
        adopt(STATE.data_dir)


def main() -> None:
    """Run one command; what goes wrong is one line on stderr and exit code 2."""
    try:
        code = build(_command(sys.argv[1:]))(standalone_mode=False)
    except TyperException as wrong:
        says = str(getattr(wrong, "format_message", wrong.__str__)())
        # without any argument the help itself is what is told
        code = _told(says if "\n" in says else f"用法有误 Wrong usage: {says}")
    except KeyboardInterrupt:
        code = 130
    except Exception as wrong:
        from deploy.terminal.faults import EXPECTED, one_line

        if not isinstance(wrong, EXPECTED):
            raise
        code = _told(one_line(wrong))
    sys.exit(code if isinstance(code, int) else 0)


def _command(arguments: Sequence[str]) -> str | None:
    """The first word that is neither an option nor an option's value."""
    words = iter(arguments)
    for word in words:
        if not word.startswith("-"):
            return word
        if word == "--data-dir":
            next(words, None)
    return None


def _told(line: str) -> int:
    sys.stderr.write(f"{line}\n")
    return 2


if __name__ == "__main__":
    main()
