"""`steelyard cases` and `steelyard case ID`: what is going on, and everything about one case."""

from typing import Annotated, Any

import typer

from deploy.commands.matters import matters_of
from deploy.terminal.asking import Who, asking
from deploy.terminal.options import As, DataDir, Json, Token, Url, chosen
from deploy.terminal.showing import case_table, show, whole_case
from deploy.terminal.showing_matters import whole_matter
from services.kit.errors import Refusal

PAGE = 200


def cases(
    *,
    level: Annotated[str | None, typer.Option(help="响应级别 I, II, III, IV")] = None,
    violation: Annotated[str | None, typer.Option(help="违法种类 Kind of violation.")] = None,
    agency: Annotated[str | None, typer.Option(help="办案机关 Agency that handles it.")] = None,
    stage: Annotated[str | None, typer.Option(help="阶段 Stage of its main line.")] = None,
    only_open: Annotated[
        bool | None, typer.Option("--open/--closed", help="在办、已结 Open or closed ones only.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="至多几件 At most so many.")] = 200,
    as_: As = None,
    url: Url = None,
    token: Token = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """案件列表，新者在前。 Cases, newest first."""
    filters = {"level": level, "violation": violation, "agency": agency, "stage": stage}
    found: list[dict[str, Any]] = []
    with asking("enforcement", Who(chosen(data_dir), as_, url, token), reading=True) as api:
        after: str | None = None
        while len(found) < limit:
            size = min(PAGE, limit - len(found))
            page = api.get("/cases", **filters, open=only_open, after=after, limit=size)
            found += page["cases"]
            if not (after := page["next"]):
                break
    show(found, case_table(found), as_json=as_json)


def case(
    case_id: Annotated[str, typer.Argument(metavar="ID", help="案件编号或标识 Its id or number.")],
    *,
    as_: As = None,
    url: Url = None,
    token: Token = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """一案之全部：记录、时间线、期限，各程序并列。 A case, its procedures side by side."""
    who = Who(chosen(data_dir), as_, url, token)
    with asking("enforcement", who, reading=True) as api:
        record = api.get(f"/cases/{case_id}")
        timeline = api.timeline(f"/cases/{record['id']}")
    response = None if url else _response(who, record["id"])
    beside = [] if url else matters_of(who, record["id"])
    told = {"case": record, "timeline": timeline, "response": response, "matters": beside}
    shown = (whole_case(record, timeline, response), *map(whole_matter, beside))
    show(told, *shown, as_json=as_json)


def _response(who: Who, case_id: str) -> Any:
    """Its fast response, where there is one."""
    try:
        with asking("coordination", who, reading=True) as api:
            return api.get(f"/responses/{case_id}")
    except Refusal as refusal:
        if refusal.status == 404:
            return None
        raise
