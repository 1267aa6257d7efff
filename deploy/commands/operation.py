"""`steelyard operation ID`: how fast a joint operation went, beside the times of its level."""

from typing import Annotated
from uuid import UUID

import typer
from rich.console import Console

from deploy.commands.asking import Who, asking
from deploy.commands.options import As, DataDir, Json, Token, Url, chosen
from deploy.commands.showing_matters import operation_panel


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
    with asking("coordination", Who(chosen(data_dir), as_, url, token), reading=True) as api:
        found = api.get(f"/operations/{operation_id}")
    out = Console()
    if as_json:
        out.print_json(data=found, ensure_ascii=False)
    else:
        out.print(operation_panel(found))
