"""`steelyard open`, `matters`, `matter` and `operation`: what goes on between agencies."""

from typing import Annotated, Any
from uuid import UUID, uuid4

import typer
from rich.console import Console

from deploy.commands.step import stated
from deploy.terminal.asking import Api, Who, asking
from deploy.terminal.options import As, DataDir, Json, Token, Url, chosen
from deploy.terminal.showing import show, timeline_table
from deploy.terminal.showing_matters import matter_table, operation_panel, whole_matter

UNIT = "coordination"


def open_(
    procedure: Annotated[str, typer.Argument(help="事项种类 Such as joint_enforcement.")],
    title: Annotated[str, typer.Argument(help="事项名称 What it is about.")],
    *,
    of_case: Annotated[UUID | None, typer.Option(help="所属案件 The case it serves.")] = None,
    agency: Annotated[
        list[str] | None, typer.Option(help="其他机关 Another agency; may be given again.")
    ] = None,
    facts: Annotated[
        str, typer.Option("--json", help="发起内容 What it states: JSON, or @FILE.")
    ] = "{}",
    request_id: Annotated[
        UUID | None, typer.Option(help="请求编号 To ask again for the same one.")
    ] = None,
    as_: As = None,
    url: Url = None,
    token: Token = None,
    data_dir: DataDir = None,
) -> None:
    """发起跨部门事项。 Open a matter between agencies; where it stands is printed as JSON."""
    body = {
        "request_id": str(request_id or uuid4()),
        "procedure": procedure,
        "title": title,
        "of_case": str(of_case) if of_case else None,
        "agencies": agency or [],
        "facts": stated(facts),
    }
    with asking(UNIT, Who(chosen(data_dir), as_, url, token)) as api:
        Console().print_json(api.post("/matters", body).text, ensure_ascii=False)


def matters(
    *,
    procedure: Annotated[str | None, typer.Option(help="事项种类 Kind of matter.")] = None,
    of_case: Annotated[UUID | None, typer.Option(help="所属案件 The case it serves.")] = None,
    only_open: Annotated[
        bool | None, typer.Option("--open/--closed", help="未结、已结 Open or ended ones only.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=200, help="至多几件 At most so many.")] = 50,
    as_: As = None,
    url: Url = None,
    token: Token = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """跨部门事项列表，新者在前。 Matters between agencies, newest first."""
    with asking(UNIT, Who(chosen(data_dir), as_, url, token), reading=True) as api:
        asked = {"procedure": procedure, "of_case": of_case, "open": only_open, "limit": limit}
        found = api.get("/matters", **asked)["matters"]
    show(found, matter_table(found), as_json=as_json)


def matter(
    procedure: Annotated[str, typer.Argument(help="事项种类 Kind of matter.")],
    matter_id: Annotated[UUID, typer.Argument(metavar="ID", help="标识 Its id.")],
    *,
    as_: As = None,
    url: Url = None,
    token: Token = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """一事项中可见之全部。 All of one matter that whoever asks may see."""
    with asking(UNIT, Who(chosen(data_dir), as_, url, token), reading=True) as api:
        found = api.get(f"/matters/{procedure}/{matter_id}")
        timeline = api.timeline(f"/matters/{procedure}/{matter_id}")
    told = {"matter": found, "timeline": timeline}
    show(told, whole_matter(found), timeline_table(timeline), as_json=as_json)


def operation(
    operation_id: Annotated[UUID, typer.Argument(metavar="ID", help="标识 Its id.")],
    *,
    as_: As = None,
    url: Url = None,
    token: Token = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """联合执法用时：接报、到场、控制、到齐、移送。 How fast an operation went, from its log."""
    with asking(UNIT, Who(chosen(data_dir), as_, url, token), reading=True) as api:
        found = api.get(f"/operations/{operation_id}")
    show(found, operation_panel(found), as_json=as_json)


def matters_of(who: Who, case_id: str) -> list[Any]:
    """Every matter of a case that may be seen, whole."""
    with asking(UNIT, who, reading=True) as api:
        return [_one(api, m) for m in api.get("/matters", of_case=case_id, limit=200)["matters"]]


def _one(api: Api, listed: Any) -> Any:
    return api.get(f"/matters/{listed['procedure']}/{listed['id']}")
