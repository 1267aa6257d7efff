"""`steelyard reckon`: work every running deadline out anew, after calendar or directory changed."""

import asyncio

from rich.console import Console
from temporalio.service import RPCError, RPCStatusCode

from deploy.procedures import running
from deploy.stack.whereabouts import adopt
from deploy.terminal.options import DataDir, chosen
from services.kit.running.temporal import connect
from services.kit.settings import Settings


def reckon(data_dir: DataDir = None) -> None:
    """历年表或目录变更后，重算各案期限。 Reckon every running deadline again."""
    adopt(chosen(data_dir))
    told, lost = asyncio.run(reckon_all(Settings()))
    out = Console()
    out.print(f"已通知 {told} 个程序重算期限。 Told {told} procedures to reckon again.")
    for id_ in lost:
        out.print(
            f"[red]✘[/] {id_}: 无运行中的流程 no workflow runs: steelyard rebuild", soft_wrap=True
        )


async def reckon_all(settings: Settings) -> tuple[int, list[str]]:
    """How many were told; and those on record that no workflow runs for."""
    client = await connect(settings.temporal)
    told, lost = 0, []
    for state in await running(settings):
        try:
            await client.get_workflow_handle(state.id).signal("reckon_again")
        except RPCError as error:
            if error.status != RPCStatusCode.NOT_FOUND:
                raise
            lost.append(state.id)
        else:
            told += 1
    return told, lost
