"""`steelyard up`: everything on one machine, until Ctrl-C."""

import asyncio

from rich.console import Console
from rich.table import Table

from deploy.stack.local_stack import local_stack
from deploy.stack.supervise import Stack, run_until_told
from deploy.stack.unit_log import say_on
from deploy.terminal.options import DataDir, chosen


def up(data_dir: DataDir = None) -> None:
    """启动全部服务与单元，直至 Ctrl-C。 Start every server and unit, until Ctrl-C."""
    folder, out = chosen(data_dir), Console()

    def report(name: str, doing: str) -> None:
        out.print(f"[dim]{name:>12} │[/] {doing}", highlight=False, soft_wrap=True)

    stack = local_stack(folder, report=report, say=say_on(out))
    asyncio.run(run_until_told(stack, lambda ready: out.print(addresses(ready)), report))


def addresses(stack: Stack) -> Table:
    """Where to look now."""
    table = Table(title="✔ 已就绪 Ready", title_justify="left")
    table.add_column("服务 Service")
    table.add_column("地址 Address")
    for name, url in stack.urls.items():
        table.add_row(name, f"{url}/docs")
    if stack.servers.temporal_ui:
        table.add_row("Temporal", stack.servers.temporal_ui)
    table.add_row("Kafka", stack.servers.kafka)
    table.add_row("数据目录 Data", str(stack.data_dir))
    return table
