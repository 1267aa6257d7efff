"""`steelyard rebuild CASE`: start a lost workflow again from its record."""

import asyncio
from typing import Annotated
from uuid import UUID

import typer
from rich.console import Console
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from contracts.procedure import OpenProcedure, ProcedureState
from contracts.says import Says
from deploy.procedures import of_case
from deploy.stack.whereabouts import adopt
from deploy.terminal.options import DataDir, chosen
from services.kit.errors import Invalid, NotFound
from services.kit.running.temporal import connect
from services.kit.settings import Settings


def rebuild(
    case: Annotated[str, typer.Argument(metavar="CASE", help="案件标识 Its id.")],
    data_dir: DataDir = None,
) -> None:
    """由记录重建案件的流程。 Start the case's lost workflows again from their records."""
    adopt(chosen(data_dir))
    try:
        case_id = UUID(case)
    except ValueError:
        raise Invalid(Says("案件标识有误。", "CASE is no id"), field="CASE", rule="uuid") from None
    out = Console()
    for id_, what in asyncio.run(rebuild_case(Settings(), case_id)):
        out.print(f"{id_}: {what}", highlight=False, soft_wrap=True)


async def rebuild_case(settings: Settings, case_id: UUID) -> list[tuple[str, str]]:
    """What was done about each procedure of the case. Running and ended ones are left alone."""
    states = await of_case(settings, case_id)
    if not states:
        raise NotFound(Says("案件", "case"), str(case_id))
    client = await connect(settings.temporal)
    done = []
    for state in states:
        if state.ended:
            done.append((state.id, "已终结，无需重建 ended, nothing to do"))
            continue
        if await _runs(client, state.id):
            done.append((state.id, "正在运行，未动 is running, left alone"))
            continue
        try:
            await client.start_workflow(
                "procedure.v1",
                _opening(state),
                id=state.id,
                task_queue="workflows",
                id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
                id_conflict_policy=WorkflowIDConflictPolicy.FAIL,
            )
        except WorkflowAlreadyStartedError:
            done.append((state.id, "正在运行，未动 is running, left alone"))
        else:
            done.append((state.id, f"已由第 {state.seq} 步重建 rebuilt from step {state.seq}"))
    return done


async def _runs(client: Client, id_: str) -> bool:
    try:
        about = await client.get_workflow_handle(id_).describe()
    except RPCError as error:
        if error.status != RPCStatusCode.NOT_FOUND:
            raise
        return False
    return bool(about.status == WorkflowExecutionStatus.RUNNING)


def _opening(state: ProcedureState) -> OpenProcedure:
    main = state.lines[0]
    return OpenProcedure(
        procedure=state.procedure,
        version=state.version,
        case_id=state.case_id,
        agencies=main.agencies,
        opened_at=main.entered_at,
        request_id=state.case_id,
        shift_s=state.shift_s,
        state=state,
    )
