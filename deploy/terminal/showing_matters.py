"""How matters between agencies look at a terminal: who has which line, and where it stands."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from deploy.terminal.names import procedure_name, stage_name
from deploy.terminal.showing import Shown, clock_tree, minutes, moment, open_table


def matter_table(matters: Sequence[Shown]) -> Table:
    """One row a matter."""
    table = Table(title=f"跨部门事项 Matters: {len(matters)}", title_justify="left", expand=True)
    table.add_column("事项\nMatter", width=36, overflow="fold")
    table.add_column("名称、主办\nTitle, whose", overflow="fold")
    table.add_column("阶段\nStage", overflow="fold")
    table.add_column("发起\nOpened", width=16)
    for one in matters:
        drill = "〔演练 drill〕" if one["drill"] else ""
        table.add_row(
            f"{one['id']}\n{procedure_name(one['procedure'])}{drill}",
            f"{one['title'] or '—'}\n{one['agency']}",
            stage_name(one["stage"]),
            moment(one["opened_at"]),
        )
    return table


def whole_matter(one: Shown) -> Group:
    """One matter, top to bottom."""
    title = f"{procedure_name(one['procedure'])} {one['title'] or ''}：{stage_name(one['stage'])}"
    head = Panel(Text(one["id"]), title=title, title_align="left")
    parts: list[RenderableType] = [head, _lines(one), _papers(one)]
    return Group(*parts, open_table(one["open_steps"]), clock_tree(one["clocks"]))


def operation_panel(operation: Shown) -> Group:
    """How fast an operation went, milestone by milestone, and the tasks of each agency."""
    level = operation["level"] or "—"
    title = f"联合执法用时 Operation, level {level}"
    table = Table(title=title, title_justify="left", expand=True)
    for name in ("到达\nReached", "时刻\nAt", "用时\nTook", "限时\nAllowed"):
        table.add_column(name)
    for one in operation["milestones"]:
        took = Text(minutes(one["took_s"]), "red" if one["kept"] is False else "")
        at, allowed = moment(one["reached_at"]), minutes(one["allowed_s"])
        table.add_row(f"{one['zh']} {one['milestone']}", at, took, allowed)
    return Group(table, _lines({"lines": operation["tasks"]}))


def _lines(one: Shown) -> Table:
    table = Table(title="各机关 Lines", title_justify="left", expand=True)
    for name in ("事项\nLine", "机关\nAgencies", "阶段\nStage", "自\nSince"):
        table.add_column(name, overflow="fold")
    for line in one["lines"]:
        agencies = ", ".join(line["agencies"])
        stage = stage_name(line["stage"])
        table.add_row(line["key"], agencies, stage, moment(line["entered_at"]))
    return table


def _papers(one: Shown) -> Table:
    table = Table(title="卷内材料 Papers", title_justify="left", expand=True)
    for name in ("#", "种类、事项\nKind, line", "机关\nBy", "内容\nContent"):
        table.add_column(name, overflow="fold")
    for paper in one["papers"]:
        named = [paper["name"], paper["dated_on"], paper["custodian"], paper["place"]]
        content = "，".join(str(said) for said in (*named, paper["body"]) if said)
        number = f"{paper['seq']}.{paper['number']}"
        table.add_row(number, f"{paper['kind']}\n{paper['line']}", paper["agency"], content)
    return table
