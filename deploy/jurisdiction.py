"""`steelyard jurisdiction`: is this file one that the units will take, and what is in it."""

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from contracts.agencies import Directory
from contracts.legal_day import SHANGHAI
from services.kit.directory import BadJurisdiction, load_directory

app = typer.Typer(
    name="jurisdiction",
    help="辖区文件：机关、岗位、响应级别。 Files of a jurisdiction.",
    no_args_is_help=True,
)
out = Console()
errors = Console(stderr=True)


@app.callback()
def jurisdiction() -> None:
    """A group even while it has one command."""


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="辖区文件 TOML file of a jurisdiction")],
    keys: Annotated[
        Path | None, typer.Option(help="公钥文件 File of public keys beside it")
    ] = None,
) -> None:
    """检查辖区文件，列出其内容。 Check a jurisdiction's file and list what it holds."""
    try:
        directory = load_directory(file, keys)
    except BadJurisdiction as refusal:
        errors.print(str(refusal), style="red", markup=False, soft_wrap=True)
        raise typer.Exit(2) from refusal
    out.print(f"✔ {directory.name} {directory.name_en}，{directory.version}", highlight=False)
    out.print(_contents(directory))


def _contents(directory: Directory) -> Table:
    today = datetime.now(SHANGHAI).date()
    table = Table("内容 Contents", "条目 Entries", "今日有效 In force today")
    for name, entries in (
        ("机关 Agencies", directory.agencies),
        ("任职 Holders of roles", directory.holders),
        ("响应级别 Response levels", directory.levels),
        ("本地期限 Local clocks", directory.clocks),
        ("违法行为 Violations", directory.violations),
    ):
        standing = sum(entry.holds_on(today) for entry in entries)
        table.add_row(name, str(len(entries)), str(standing))
    keyed = Counter(bool(a.keys) for a in directory.agencies if a.holds_on(today))
    table.add_row("有公钥的机关 Agencies with a key", str(keyed[True]), str(keyed[True]))
    return table
