"""Options that several commands share, and what the top of the command line was told."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

DATA_DIR = Path(".steelyard")


@dataclass
class State:
    """What stands before the command: `steelyard --data-dir DIR cases`."""

    data_dir: Path = DATA_DIR


STATE = State()

DataDir = Annotated[
    Path | None,
    typer.Option("--data-dir", help="数据目录 Folder of everything it keeps.", show_default=False),
]
As = Annotated[
    str | None,
    typer.Option(
        "--as",
        metavar="PRINCIPAL@AGENCY",
        help="以谁的身份（开发签发者） On whose behalf, by the development issuer.",
    ),
]
Url = Annotated[
    str | None, typer.Option(help="服务地址 The service's URL; found in the data folder if absent.")
]
Token = Annotated[
    str | None,
    typer.Option(envvar="STEELYARD_TOKEN", help="令牌 Bearer token of another issuer."),
]
Json = Annotated[bool, typer.Option("--json", help="以 JSON 输出 As JSON.")]


def chosen(data_dir: Path | None) -> Path:
    """The folder given to the command, or before it, or the usual one."""
    return (data_dir or STATE.data_dir).absolute()
