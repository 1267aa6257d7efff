"""`steelyard drill SCENARIO.toml`: a case on fixed dates, in skipped time, on a running stack."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from contracts.says import Says
from deploy.play.cast import Cast
from deploy.play.drill import Played, clocks_of, play
from deploy.play.scenario import Scenario, load_scenario
from deploy.stack.whereabouts import find
from deploy.terminal.options import DataDir, chosen
from deploy.terminal.showing import moment, timeline_table
from services.kit.errors import Invalid

SHIPPED = Path(__file__).parents[1] / "scenarios"


def drill(
    scenario: Annotated[
        Path, typer.Argument(metavar="SCENARIO.toml", help="脚本；自带 Shipped: missed_clock, …")
    ],
    data_dir: DataDir = None,
) -> None:
    """演练：以固定日期、跳过的时间走一案。 Play a case on fixed dates, in skipped time."""
    file = scenario if scenario.exists() else SHIPPED / f"{scenario.stem}.toml"
    loaded, folder, out = load_scenario(file), chosen(data_dir), Console()
    where = find(folder)
    if where.env.get("STEELYARD_DRILLS") != "true":
        raise Invalid(
            Says(
                "本系统未开放演练，请以 STEELYARD_DRILLS=true 启动。",
                "this stack allows no drills: start it with STEELYARD_DRILLS=true",
            ),
            field="STEELYARD_DRILLS",
            rule="drills",
        )
    played = asyncio.run(_play(loaded, file, folder, out))
    show(out, loaded, played)
    raise typer.Exit(1 if played.failures else 0)


async def _play(scenario: Scenario, file: Path, data_dir: Path, out: Console) -> Played:
    where = find(data_dir)

    def tell(moment: datetime, says: str) -> None:
        out.print(f"  [cyan]{moment:%Y-%m-%d %H:%M}[/]  {says}", highlight=False)

    out.print(f"[bold]{scenario.title}[/]  {scenario.title_en}")
    async with Cast.of(where, data_dir) as cast:
        return await play(scenario, file, where, cast, tell)


def show(out: Console, scenario: Scenario, played: Played) -> None:
    """The timeline as it is on record, what was missed, and the verdict."""
    for name, steps in played.timelines.items():
        out.print(f"\n[bold]{name}[/]")
        out.print(timeline_table(steps))
        record = played.records[name]
        for clock in clocks_of(record):
            if clock["breached_at"]:
                missed = moment(clock["breached_at"])
                out.print(f"  [red]逾期 missed[/] {clock['name']} {missed}({clock['basis']})")
    for failure in played.failures:
        out.print(f"  [red]✘[/] {failure}", highlight=False)
    verdict = (
        "[red]✘ 与脚本不符 not as expected"
        if played.failures
        else "[green]✔ 与脚本相符 as expected"
    )
    out.print(f"{verdict}[/]: {scenario.title}")
