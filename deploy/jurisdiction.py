"""`steelyard jurisdiction`: is this file one that the units will take, and what is in it."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from contracts.agencies import Directory
from contracts.legal_day import SHANGHAI
from contracts.plans import PARTS, Task
from services.kit.directory.file import BadJurisdiction, load_directory

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
    if directory.inherits:
        out.print(f"承继 inherits: {directory.inherits}", highlight=False)
    out.print(_contents(directory))
    for line in _particulars(directory):
        out.print(line, markup=False, highlight=False, soft_wrap=True)


def _contents(directory: Directory) -> Table:
    today = datetime.now(SHANGHAI).date()
    table = Table("内容 Contents", "条目 Entries", "今日有效 In force today")
    own = [c for c in directory.clocks if c.set_by is None]
    inherited = [c for c in directory.clocks if c.set_by is not None]
    printed = [t for t in directory.tasks if t.origin == "printed"]
    for name, entries in (
        ("机关 Agencies", directory.agencies),
        ("任职 Holders of roles", directory.holders),
        ("响应级别 Response levels", directory.levels),
        ("本地期限 Local clocks", own),
        ("承继的期限 Inherited clocks", inherited),
        ("违法行为 Violations", directory.violations),
        ("任务 Tasks", directory.tasks),
        ("其中原文所印 of these printed", printed),
        ("目标 Targets", directory.targets),
        ("有期限的职责 Dated duties", directory.duties),
    ):
        standing = sum(entry.holds_on(today) for entry in entries)
        table.add_row(name, str(len(entries)), str(standing))
    keyed = Counter(bool(a.keys) for a in directory.agencies if a.holds_on(today))
    table.add_row("有公钥的机关 Agencies with a key", str(keyed[True]), str(keyed[True]))
    return table


def _particulars(directory: Directory) -> Iterator[str]:
    """What the counts do not tell: kinds, leads, clocks by whom, numbers that contradict."""
    kinds = Counter(agency.kind for agency in directory.agencies)
    yield "机关类别 Kinds: " + "、".join(f"{kind} {n}" for kind, n in kinds.most_common())
    posts = Counter(holder.role for holder in directory.holders)
    yield "岗位 Roles held: " + "、".join(f"{role} {n}" for role, n in posts.most_common())
    for task in directory.tasks:
        yield f"任务 Task {task.clause or '（自设 ours）'} {task.name}：{_who(task)}"
    for clock in directory.clocks:
        by = clock.set_by or directory.jurisdiction
        length = f"{clock.number} {clock.unit}"
        yield f"期限 Clock {clock.clock}：{length}（{by}），{clock.basis}"
    for target in directory.targets:
        other = next((t for t in directory.targets if t.code == target.contradicts), None)
        if other and target.code < other.code:
            yield f"矛盾并存 Contradiction kept: “{target.quote}” / “{other.quote}”"


def _who(task: Task) -> str:
    """The bodies as printed or, where we set them, their codes."""
    words = {"leads": "牵头 leads", "responsible": "负责 responsible", "cooperating": "配合 with"}
    named = {part: task.printed(part) or task.part(part) for part in PARTS}
    return "；".join(f"{words[p]} {'、'.join(n)}" for p, n in named.items() if n) or "未印 none"
