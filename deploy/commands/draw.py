"""`steelyard draw verify CAMPAIGN`: hold a campaign's draw again, from nothing but its record."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from contracts.says import Says
from deploy.terminal.asking import Who, asking
from deploy.terminal.options import As, DataDir, Token, Url, chosen
from services.kit.errors import Invalid
from services.net_content.rules.draw.record import NoDrawRecord, disagreements

app = typer.Typer(help="随机抽取。 The random draw.", no_args_is_help=True)


@app.callback()
def draws() -> None:
    """A group, so that it reads `draw verify`."""


@app.command()
def verify(
    campaign: Annotated[
        str,
        typer.Argument(metavar="CAMPAIGN", help="抽查任务标识，或抽取记录文件 Its id, or a file."),
    ],
    *,
    as_: As = None,
    url: Url = None,
    token: Token = None,
    data_dir: DataDir = None,
) -> None:
    """重新抽取并核对。 Draw again and compare; exit code 1 if it does not hold."""
    record = _record(campaign, Who(chosen(data_dir), as_, url, token))
    try:
        found = disagreements(record)
    except NoDrawRecord as no_record:
        raise Invalid(no_record.says, field="CAMPAIGN", rule="draw_record") from no_record
    out = Console()
    for wrong in found:
        out.print(f"[red]✘[/] {wrong}", highlight=False)
    if not found:
        lots, subjects = len(record["drawn"]), len(record["entries"])
        says = f"{subjects} 个对象中抽取 {lots} 批，与记录一致 lots drawn, as on record"
        out.print(f"[green]✔[/] {says}", highlight=False)
    raise typer.Exit(1 if found else 0)


def _record(campaign: str, who: Who) -> dict[str, Any]:
    """From a file, or from the unit that holds the draw."""
    file = Path(campaign)
    if not file.is_file():
        with asking("net-content", who, reading=True) as api:
            record: dict[str, Any] = api.get(f"/campaigns/{campaign}/draw")
        return record
    try:
        content = json.loads(file.read_text("utf-8"))
    except ValueError as error:
        raise Invalid(
            Says(f"{file} 不是 JSON。", f"{file} is no JSON"), field="CAMPAIGN", rule="json"
        ) from error
    if not isinstance(content, dict):
        raise Invalid(
            Says(f"{file} 不是抽取记录。", f"{file} is no record of a draw"),
            field="CAMPAIGN",
            rule="draw_record",
        )
    return content
