"""`steelyard demo`: the whole system on real cases, in front of you, with a verdict."""

import asyncio
import shutil
from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich import progress
from rich.console import Console
from rich.table import Table
from rich.text import Text

from deploy.audit import shown
from deploy.commands.drill import show as show_drill
from deploy.commands.up import addresses
from deploy.play.cast import Answered, Cast
from deploy.play.demo import Demonstration, Story
from deploy.play.played_step import PlayedStep
from deploy.stack.local_stack import local_stack
from deploy.stack.progress import Progress
from deploy.stack.supervise import Stack
from deploy.stack.whereabouts import find
from deploy.terminal.showing import COLOURS, clock_tree, timeline_table

DATA_DIR = Path(".steelyard-demo")
LEVELS = ("I", "II", "III", "IV")


def demo(
    data_dir: Annotated[
        Path, typer.Option(help="演示数据目录，每次重建 Its folder, made anew each time.")
    ] = DATA_DIR,
    keep_running: Annotated[
        bool, typer.Option("--keep-running", help="演示后继续运行 Stay up until Ctrl-C.")
    ] = False,
) -> None:
    """演示：真实案件自报告至结案。 Real cases from report to closing, then a verdict."""
    out = Console()
    story = asyncio.run(_run(data_dir.absolute(), out, keep_running=keep_running))
    for failure in story.failures:
        out.print(f"[red]✘[/] {failure}", highlight=False)
    if story.failures:
        out.print("[bold red]✘ 演示未通过 The demonstration failed")
    else:
        out.print("[bold green]✔ 演示通过 The demonstration held: every check passed")
        out.print(f"再看一看 To look around: steelyard --data-dir {data_dir} up", highlight=False)
    raise typer.Exit(1 if story.failures else 0)


async def _run(folder: Path, out: Console, *, keep_running: bool) -> Story:
    _made_anew(folder)
    chapter(out, 1, "启动 PostgreSQL、Kafka、Temporal 与各单元", "servers and units")
    async with AsyncExitStack() as running:
        with Progress(out) as report:
            starting = local_stack(folder, report=report, drills=True)
            stack = await running.enter_async_context(starting)
        where = find(folder)
        async with Cast.of(where, folder) as cast:
            show = Demonstration(where, folder, cast)
            await _chapters(show, out, stack)
        if keep_running:
            out.print("按 Ctrl-C 结束 Ctrl-C ends it")
            await asyncio.Event().wait()
    return show.story


async def _chapters(show: Demonstration, out: Console, stack: Stack) -> None:
    story = show.story
    chapter(out, 2, "各机关报送79件已公布案件", "79 published cases, signed, each by its agency")
    with _bar(out, "报送、立档 submitted, opened") as bar:
        await show.report(bar)
    with _bar(out, "程序启动 procedures running") as bar:
        await show.mobilise(bar)
    out.print(level_table(story))
    out.print(f"重大案件启动快速反应 fast responses: {len(story.responses)}", highlight=False)

    chapter(out, 3, "两案办理至结案", "two cases to their end: a penalty, a hand-over")

    def acted(reference: str, act: PlayedStep, outcome: Answered) -> None:
        reply = ", ".join(str(v) for v in outcome["reply"].values() if isinstance(v, str))
        where = "" if act.line == "main" else f"({act.line}) "
        said = f"  {reference} {act.procedure} {act.step} {where}{reply}"
        out.print(Text(said), soft_wrap=True)

    await show.act(acted)
    for reference, steps in story.timelines.items():
        record = story.records[reference]
        out.print(f"\n[bold]{reference}[/] {record['number'] or ''} {record['summary']}")
        out.print(timeline_table(steps))
        out.print(clock_tree(record["procedure"]["clocks"]))

    chapter(out, 4, "演练：期限届满，逐级升级", "a drill in skipped time: a missed clock")

    def passed(moment: datetime, says: str) -> None:
        out.print(f"  [cyan]{moment:%Y-%m-%d %H:%M}[/]  {says}", highlight=False)

    with out.status("时间推移中 time passes"):
        scenario = await show.drill(passed)
    if story.drill:
        show_drill(out, scenario, story.drill)

    chapter(out, 5, "核验审计日志", "the audit log is verified")
    with out.status("等待全部事件入账并核验 waiting for every event, then verifying"):
        await show.audit()
    if story.verdict:
        out.print(shown(story.verdict))
    out.print(addresses(stack))


def chapter(out: Console, number: int, zh: str, en: str) -> None:
    out.rule(f"[bold]{number}. {zh}[/]  {en}", align="left")


def level_table(story: Story) -> Table:
    """Cases by kind of violation and response level."""
    table = Table(title="违法行为 × 响应级别 Violation by response level", title_justify="left")
    table.add_column("违法行为 Violation")
    for level in LEVELS:
        table.add_column(level, justify="right", style=COLOURS[level])
    table.add_column("合计 All", justify="right")
    rows = story.table()
    for violation, counts in sorted(rows.items(), key=lambda row: -row[1].total()):
        cells = [str(counts[level] or "") for level in LEVELS]
        table.add_row(violation, *cells, str(counts.total()))
    sums = [sum(counts[level] for counts in rows.values()) for level in LEVELS]
    table.add_section()
    table.add_row("合计 All", *map(str, sums), str(sum(sums)))
    return table


class _bar:  # noqa: N801  # reads as a word in `with _bar(...)`
    """A progress bar fed by (done, total)."""

    def __init__(self, out: Console, what: str) -> None:
        self._progress = progress.Progress(
            progress.TextColumn("  {task.description}"),
            progress.BarColumn(),
            progress.MofNCompleteColumn(),
            progress.TimeElapsedColumn(),
            console=out,
        )
        self._task = self._progress.add_task(what, total=None)

    def __enter__(self) -> "_bar":
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def __call__(self, done: int, total: int) -> None:
        self._progress.update(self._task, completed=done, total=total)


def _made_anew(folder: Path) -> None:
    """Only a folder that a demonstration made is removed."""
    mark = folder / "demonstration"
    if mark.exists():
        shutil.rmtree(folder)
    elif folder.exists() and any(folder.iterdir()):
        raise NotADirectoryError(f"{folder} 非演示目录，不予清除 is not a demonstration's folder")
    folder.mkdir(parents=True, exist_ok=True)
    mark.touch()
