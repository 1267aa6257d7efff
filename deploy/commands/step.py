"""`steelyard step CASE STEP`: take the next step of a case."""

import json
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID, uuid4

import httpx
import typer
from rich.console import Console

from contracts.says import Says
from deploy.named import procedure_named
from deploy.terminal.asking import Who, asking
from deploy.terminal.options import As, DataDir, Token, Url, chosen
from services.kit.errors import Invalid


def step(
    case: Annotated[str, typer.Argument(help="案件 The case.")],
    name: Annotated[str, typer.Argument(metavar="STEP", help="步骤 The step.")],
    *,
    payload: Annotated[
        str, typer.Option("--json", help="步骤内容 What it states: JSON, or @FILE.")
    ] = "{}",
    line: Annotated[str, typer.Option(help="事项 The line, such as seizure/1.")] = "main",
    of: Annotated[
        str, typer.Option(help="哪一程序 case, response, or a procedure between agencies.")
    ] = "case",
    version: Annotated[
        int | None,
        typer.Option(help="所见版本 The line's version you saw; the present one if absent."),
    ] = None,
    request_id: Annotated[
        UUID | None, typer.Option(help="请求编号 To ask again for the same step.")
    ] = None,
    as_: As = None,
    url: Url = None,
    token: Token = None,
    data_dir: DataDir = None,
) -> None:
    """办理一个步骤。 Take a step; what it answers is printed as JSON."""
    procedure = procedure_named(of)
    who = Who(chosen(data_dir), as_, url, token)
    if not (as_ or token):
        raise Invalid(
            Says(
                "请以 --as 人员@机关 或 --token 指明办理人。",
                "say who takes the step: --as PRINCIPAL@AGENCY, or --token",
            ),
            field="--as",
            rule="required",
        )
    body = {
        "request_id": str(request_id or uuid4()),
        "line": line,
        "expected_version": version,
        "payload": stated(payload),
    }
    with asking(procedure.owner.command, who) as api:
        answer = api.post(f"{procedure.steps_at(case)}/{name}", body)
    _tell(answer, body["request_id"])


def stated(payload: str) -> dict[str, Any]:
    """The payload as given on the command line, or in a file."""
    try:
        text = Path(payload[1:]).read_text("utf-8") if payload.startswith("@") else payload
        content = json.loads(text)
    except ValueError as error:
        raise Invalid(
            Says("--json 不是 JSON。", f"--json is no JSON: {error}"), field="--json", rule="json"
        ) from error
    if not isinstance(content, dict):
        raise Invalid(
            Says("--json 须为对象。", "--json is no object"), field="--json", rule="object"
        )
    return content


def _tell(answer: httpx.Response, request_id: object) -> None:
    Console().print_json(answer.text, ensure_ascii=False)
    if answer.status_code == 202:
        Console(stderr=True).print(
            f"尚无结果，可再次查询 Not yet known; ask again with --request-id {request_id}",
            soft_wrap=True,
        )
