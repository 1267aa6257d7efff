"""How cases look at a terminal: tables in Chinese first."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from deploy.terminal.names import stage_name, step_name

Shown = Mapping[str, Any]

COLOURS = {"I": "bold red", "II": "red", "III": "yellow", "IV": "green"}
STATUS = {
    "running": ("进行中 running", "green"),
    "paused": ("停算 paused", "yellow"),
    "met": ("已履行 met", "dim"),
    "breached": ("逾期 breached", "bold red"),
    "ended": ("已终止 ended", "dim"),
}
UNITS = {
    "working_days": "工作日 working days",
    "calendar_days": "日 days",
    "hours": "小时 h",
    "minutes": "分钟 min",
}


def show(told: Any, *shown: RenderableType, as_json: bool) -> None:
    """What a command found out: drawn for a person, or all of it for a program."""
    out = Console()
    if as_json:
        out.print_json(data=told, ensure_ascii=False)
    else:
        out.print(*shown)


def case_table(cases: Sequence[Shown]) -> Table:
    """One row a case; its id is never broken, so that it can be copied."""
    table = Table(title=f"案件 Cases: {len(cases)}", title_justify="left", expand=True)
    table.add_column("级别\nLevel")
    table.add_column("案件、机关\nCase, agency", width=36, overflow="fold")
    table.add_column("当事人、违法行为\nSubject, violation", overflow="fold")
    table.add_column("阶段、最近期限\nStage, next deadline", overflow="fold")
    for one in cases:
        stage = stage_name(one["stage"])
        due = f"\n{moment(one['due_at'])}\n{one['due_clock']}" if one["due_at"] else ""
        drill = "〔演练 drill〕" if one["drill"] else ""
        table.add_row(
            Text(one["level"], style=COLOURS.get(one["level"], "")),
            f"{one['number'] or one['id']}\n{one['agency_name']}{drill}",
            f"{one['subject_name']}\n{one['violation_name']}",
            f"{stage}{due}",
        )
    return table


def whole_case(record: Shown, timeline: Sequence[Shown], response: Shown | None) -> Group:
    """Everything about one case, top to bottom."""
    state: Shown = record["procedure"] or {"clocks": ()}
    parts: list[RenderableType] = [_facts(record), timeline_table(timeline)]
    parts += [open_table(record["open_steps"]), clock_tree(state["clocks"])]
    if response is not None:
        parts += [_response(response), clock_tree(response["clocks"])]
    return Group(*parts)


def timeline_table(steps: Iterable[Shown]) -> Table:
    """What was done, by whom, on which article."""
    table = Table(title="时间线 Timeline", title_justify="left", expand=True)
    table.add_column("#")
    table.add_column("发生\nHappened", width=10)
    table.add_column("步骤\nStep", overflow="fold")
    table.add_column("由\nBy", overflow="fold")
    table.add_column("依据、结果\nBasis, reply", overflow="fold")
    for step in steps:
        line = "" if step["line"] == "main" else f"\n{step['line']}"
        reply = [f"{name}: {value}" for name, value in step["reply"].items() if name != "case_id"]
        table.add_row(
            str(step["seq"]),
            moment(step["happened_at"]),
            f"{step_name(step['step'])}\n{step['step']}{line}",
            f"{step['by_id']}\n{step['role']}",
            "\n".join([step["basis"] or "", *reply]).strip(),
        )
    return table


def open_table(steps: Iterable[Shown]) -> Table:
    """What may be done now, by whom, and what still closes the gate."""
    table = Table(title="可办步骤 Open steps", title_justify="left", expand=True)
    table.add_column("步骤\nStep", no_wrap=True)
    table.add_column("事项、版本\nLine, version")
    table.add_column("由\nBy", overflow="fold")
    table.add_column("内容、尚缺\nPayload, closed by", overflow="fold")
    for step in steps:
        closed = step["closed_by"]
        table.add_row(
            f"{step_name(step['step'])}\n{step['step']}",
            f"{step['line']}\n{step['expected_version']}",
            f"{step['role']}\n{', '.join(step['agencies'])}",
            Text(f"✘ {closed}", style="dim") if closed else step["payload"],
        )
    return table


def clock_tree(clocks: Iterable[Shown]) -> Tree:
    """Each clock with how its deadline was worked out."""
    tree = Tree("期限 Clocks")
    for clock in clocks:
        words, style = STATUS[clock["status"]]
        due = f"，至 due {clock['due_on'] or moment(clock['due_at'])}" if clock["due_at"] else ""
        late = f"，曾逾期 breached {moment(clock['breached_at'])}" if clock["breached_at"] else ""
        branch = tree.add(
            Text(f"{clock['name']}（{clock['line']}） {words}{due}{late}", style=style)
        )
        branch.add(Text(clock["basis"], style="dim"))
        if clock["derivation"] and clock["status"] in ("running", "paused", "breached"):
            for said in derivation(clock["derivation"]):
                branch.add(Text(said))
    return tree


def derivation(how: Shown) -> list[str]:
    """A deadline's derivation in words, so that anyone can count it again."""
    unit = UNITS.get(how["unit"], how["unit"])
    not_that_day = "，当日不计 start not counted" if how["unit"].endswith("days") else ""
    said = [f"自 from {moment(how['start'])} 起 {how['number']} {unit}{not_that_day}"]
    for left_out in how["not_counted"]:
        days = left_out["days"]
        named = "、".join(days[:6]) + ("…" if len(days) > 6 else "")
        said.append(f"不计 not counted: {left_out['why']} {len(days)} 日 days（{named}）")
    if how["rolled_from"]:
        said.append(f"{how['rolled_from']} 为节假日，顺延 rolled off a holiday")
    provisional = "，暂定 provisional" if how["provisional"] else ""
    said.append(f"日历 calendar {how['calendar']}，目录 directory {how['directory']}{provisional}")
    return said


def moment(at: str | None) -> str:
    """To the minute, in the offset it is given in."""
    return datetime.fromisoformat(at).strftime("%Y-%m-%d %H:%M") if at else "—"


def _facts(record: Shown) -> Panel:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    decision = record["decision"]
    for name, value in (
        ("标识 Id", record["id"]),
        ("机关 Agency", f"{record['agency_name']}（{record['agency']}）"),
        ("当事人 Subject", record["subject_name"]),
        ("违法行为 Violation", record["violation_name"]),
        ("级别 Level", f"{record['level']}：{'；'.join(record['level_reasons'])}"),
        ("收到 Received", moment(record["received_at"])),
        ("来源 From", f"{record['source']} {record['reference']}"),
        ("摘要 Summary", record["summary"]),
        ("阶段 Stage", stage_name(record["stage"])),
        ("文书 Papers", "；".join(paper["number"] for paper in record["documents"])),
        ("决定 Decision", decision and f"{decision['number']} {decision['kind']}"),
        ("结果 Outcome", record["outcome"]),
    ):
        if value:
            table.add_row(name, Text(str(value)))
    drill = "〔演练 drill〕" if record["drill"] else ""
    return Panel(
        table, title=f"{record['number'] or '未立案 not filed'} {drill}", title_align="left"
    )


def _response(response: Shown) -> Table:
    title = f"快速响应 Fast response: {response['level']}，{stage_name(response['stage'])}"
    table = Table(title=title, title_justify="left", expand=True)
    for name in ("到达\nReached", "机关\nAgency", "时刻\nAt", "用时\nTook", "限时\nAllowed"):
        table.add_column(name)
    for time in response["times"]:
        style = "" if time["kept"] in (True, None) else "red"
        took, allowed = minutes(time["took_s"]), minutes(time["allowed_s"])
        named = f"{time['zh']} {time['stage']}"
        table.add_row(named, time["agency"], moment(time["reached_at"]), Text(took, style), allowed)
    return table


def minutes(seconds: int | None) -> str:
    return "—" if seconds is None else f"{seconds / 60:.0f} 分钟 min"
