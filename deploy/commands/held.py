"""`steelyard held`: what waits after failing, and what was set aside; who let it go, and why."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from deploy.named import UNIT_NAMES, unit_named
from deploy.stack.whereabouts import adopt
from deploy.terminal.options import DataDir, chosen
from services.kit.held import admin
from services.kit.settings import DatabaseSettings
from services.kit.storage.database import Sessions, engine, sessions

app = typer.Typer(
    name="held", help="滞留事件。 Events that wait after failing.", no_args_is_help=True
)

UnitName = Annotated[str, typer.Argument(metavar="UNIT", help=f"单元 {' | '.join(UNIT_NAMES)}")]
HeldNumber = Annotated[int, typer.Argument(metavar="NUMBER", help="编号 As `held list` shows it.")]
ByWhom = Annotated[str, typer.Option("--who", help="谁 Who acts; recorded.")]
Reason = Annotated[str, typer.Option("--why", help="为何 Why; recorded.")]


@app.command("list")
def list_(
    unit: Annotated[str | None, typer.Option(help="只列此单元 Only this unit.")] = None,
    aside: Annotated[
        bool, typer.Option("--set-aside", help="已搁置的 What was set aside instead.")
    ] = False,
    data_dir: DataDir = None,
) -> None:
    """列出滞留（或已搁置）的事件。 List what is admin, or set aside."""
    units = (_unit(unit, data_dir),) if unit else UNIT_NAMES
    adopt(chosen(data_dir))
    rows = {name: asyncio.run(_listed(name, aside=aside)) for name in units}
    Console().print(_asides(rows) if aside else _held(rows))


@app.command()
def show(unit: UnitName, number: HeldNumber, data_dir: DataDir = None) -> None:
    """显示一个滞留事件。 Show one, with its bytes."""
    row = asyncio.run(_shown(_unit(unit, data_dir), number))
    plain = {name: value for name, value in row.items() if name != "value"}
    plain["value"] = row["value"].decode(errors="replace")
    Console().print_json(json.dumps(plain, default=str), ensure_ascii=False)


@app.command()
def replay(
    unit: UnitName, number: HeldNumber, who: ByWhom, why: Reason, data_dir: DataDir = None
) -> None:
    """立即重试。 Try it again at once."""
    asyncio.run(_replayed(_unit(unit, data_dir), number, who, why))
    Console().print(f"将重试 {unit} 第 {number} 号。 {unit} {number} will be tried again.")


@app.command()
def discard(
    unit: UnitName, number: HeldNumber, who: ByWhom, why: Reason, data_dir: DataDir = None
) -> None:
    """放弃，使其后的事件得以继续。 Set it aside, so that what waits behind it goes on."""
    asyncio.run(_discarded(_unit(unit, data_dir), number, who, why))
    Console().print(f"已放弃 {unit} 第 {number} 号。 {unit} {number} was discarded.")


async def _listed(unit: str, *, aside: bool) -> Sequence[admin.HeldRow]:
    async with _sessions(unit) as ours:
        return await (admin.list_set_aside(ours) if aside else admin.list_held(ours))


async def _shown(unit: str, number: int) -> admin.HeldRow:
    async with _sessions(unit) as ours:
        return await admin.show(ours, number)


async def _replayed(unit: str, number: int, who: str, why: str) -> None:
    async with _sessions(unit) as ours:
        await admin.replay(ours, number, who=who, why=why)


async def _discarded(unit: str, number: int, who: str, why: str) -> None:
    async with _sessions(unit) as ours:
        await admin.discard(ours, number, who=who, why=why)


@asynccontextmanager
async def _sessions(unit: str) -> AsyncIterator[Sessions]:
    schema = unit_named(unit).name
    on = engine(DatabaseSettings(), schema, "worker")
    try:
        yield sessions(on, schema)
    finally:
        await on.dispose()


def _unit(name: str, data_dir: Path | None) -> str:
    """A unit that there is, with the settings of the stack it runs in."""
    unit_named(name)
    adopt(chosen(data_dir))
    return name


def _held(rows: dict[str, Sequence[Any]]) -> Table:
    count = sum(len(found) for found in rows.values())
    table = Table(title=f"滞留事件 Held events: {count}", title_justify="left", expand=True)
    for name in ("单元\nUnit", "编号\nNumber", "类型\nType", "键\nKey", "次数\nTries"):
        table.add_column(name, overflow="fold")
    for name in ("下次\nNext", "其后\nBehind", "原因\nSays"):
        table.add_column(name, overflow="fold")
    for unit, found in rows.items():
        for row in found:
            after = f"{row['next_at']:%m-%d %H:%M:%S}" if row["next_at"] else "待人处理 a person"
            table.add_row(
                unit,
                str(row["seq"]),
                row["type"],
                row["key"],
                str(row["attempts"]),
                after,
                str(row["behind"]),
                row["says"],
            )
    return table


def _asides(rows: dict[str, Sequence[Any]]) -> Table:
    count = sum(len(found) for found in rows.values())
    table = Table(title=f"已搁置 Set aside: {count}", title_justify="left", expand=True)
    for name in ("单元\nUnit", "收到\nReceived", "原因\nReason", "来源\nSource", "说明\nSays"):
        table.add_column(name, overflow="fold")
    for unit, found in rows.items():
        for row in found:
            came = f"{row['received_at']:%m-%d %H:%M:%S}"
            whose = f"{row['source'] or '?'} {row['event_id'] or ''}"
            table.add_row(unit, came, row["reason"], whose, row["says"])
    return table
