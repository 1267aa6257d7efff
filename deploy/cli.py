"""The `steelyard` command: each of its commands is a file of `deploy/commands`."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

from deploy import audit, jurisdiction
from deploy.commands import cases, demo, drill, held, migrate, rebuild, run, step, submit, up
from deploy.commands.faults import EXPECTED, one_line
from deploy.commands.options import STATE
from deploy.local_stack import DATA_DIR
from deploy.whereabouts import NOTE, adopt

app = typer.Typer(
    name="steelyard",
    help="杆秤：计量监管业务平台。 Steelyard: metrology supervision.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
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


app.command()(up.up)
app.command()(run.run)
app.command()(migrate.migrate)
app.command()(demo.demo)
app.command()(submit.submit)
app.command()(cases.cases)
app.command()(cases.case)
app.command()(step.step)
app.command()(drill.drill)
app.command()(rebuild.rebuild)
app.add_typer(held.app)
app.add_typer(audit.app, name="audit")
app.add_typer(jurisdiction.app)


def main() -> None:
    """Run one command; what goes wrong is one line on stderr and exit code 2."""
    try:
        code = app(standalone_mode=False)
    except TyperException as wrong:
        says = str(getattr(wrong, "format_message", wrong.__str__)())
        # without any argument the help itself is what is told
        code = _told(says if "\n" in says else f"用法有误 Wrong usage: {says}")
    except EXPECTED as wrong:
        code = _told(one_line(wrong))
    except KeyboardInterrupt:
        code = 130
    sys.exit(code if isinstance(code, int) else 0)


def _told(line: str) -> int:
    sys.stderr.write(f"{line}\n")
    return 2


if __name__ == "__main__":
    main()
