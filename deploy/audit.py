"""`steelyard audit`: check the audit log from its first entry to its last, or erase an entry."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from contracts.oversight import Checkpoint, EntryErased
from contracts.says import Says
from services.kit.clock import WallClock
from services.kit.errors import Invalid
from services.kit.settings import DatabaseSettings
from services.kit.storage.database import engine, sessions
from services.oversight.erasing import erase
from services.oversight.keys import AuditSettings, public_keys
from services.oversight.rules.findings import LogFinding
from services.oversight.verifying import AuditVerdict, verify

UNIT = "oversight"

app = typer.Typer(help="审计日志 The audit log.", no_args_is_help=True)


@app.command("verify")
def verify_command(
    against: Annotated[
        list[Path] | None,
        typer.Option(help="另存的检查点（JSON） A checkpoint kept elsewhere, as the API gave it."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON")] = False,
) -> None:
    """核验审计日志：散列、树、检查点、程序步骤序号。 Check hashes, tree, checkpoints and steps."""
    kept = [read_checkpoint(path) for path in against or ()]
    verdict = asyncio.run(audit(DatabaseSettings(), AuditSettings(), kept))
    if as_json:
        typer.echo(verdict.model_dump_json(indent=2))
    else:
        Console().print(shown(verdict))
    raise typer.Exit(0 if verdict.holds else 1)


@app.command("erase")
def erase_command(
    index: Annotated[int, typer.Argument(help="条目序号 The entry's index.")],
    by: Annotated[str, typer.Option(help="谁 Who erases.")],
    why: Annotated[str, typer.Option(help="为何 Why.")],
) -> None:
    """清除一条的内容；其位置与清除事实留存。 Erase an entry's content, on record."""
    fact = asyncio.run(erased(DatabaseSettings(), index, by=by, why=why))
    Console().print(f"已清除第 {fact.index} 条。 Erased entry {fact.index}: {fact.leaf}")


async def audit(
    database: DatabaseSettings, keys: AuditSettings, against: Sequence[Checkpoint] = ()
) -> AuditVerdict:
    """The verdict on the log in this database."""
    on = engine(database, UNIT, "app")
    try:
        return await verify(sessions(on, UNIT), public_keys(keys), against=against)
    finally:
        await on.dispose()


async def erased(database: DatabaseSettings, index: int, *, by: str, why: str) -> EntryErased:
    """Erase as the schema's owner, which no running unit is."""
    on = engine(database, UNIT, "owner")
    try:
        return await erase(sessions(on, UNIT), index, by=by, why=why, now=WallClock().now())
    finally:
        await on.dispose()


def read_checkpoint(path: Path) -> Checkpoint:
    try:
        return Checkpoint.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise Invalid(
            Says(f"{path} 不是检查点。", f"{path} is no checkpoint"), field="against", rule="file"
        ) from error


def shown(verdict: AuditVerdict) -> Group:
    """The verdict for a person to read, Chinese first."""
    headline = (
        Text("✔ 审计日志完整 The audit log holds", style="bold green")
        if verdict.holds
        else Text("✘ 审计日志有误 The audit log does not hold", style="bold red")
    )
    return Group(headline, _counts(verdict), *(_finding(finding) for finding in verdict.findings))


def _counts(verdict: AuditVerdict) -> Table:
    open_end = verdict.entries - verdict.covered
    table = Table.grid(padding=(0, 2))
    for name, value in (
        ("条目 entries", f"{verdict.entries}（已清除 erased {verdict.erased}）"),
        (
            "检查点 checkpoints",
            f"{verdict.checkpoints}，覆盖 covering {verdict.covered}，其后 after {open_end}",
        ),
        ("程序 procedures", f"{verdict.procedures}，步骤 steps {verdict.steps}"),
        ("根 root", verdict.root),
    ):
        table.add_row(Text(name, style="dim"), Text(value))
    return table


def _finding(finding: LogFinding) -> Group:
    event = f"（事件 event {finding.event}）" if finding.event else ""
    return Group(
        Text(f"✘ {finding.says_zh}{event}", style="red"),
        Text(f"  {finding.says}", style="red"),
        Text(f"  应为 expected  {finding.expected}"),
        Text(f"  实为 found     {finding.found}"),
    )
