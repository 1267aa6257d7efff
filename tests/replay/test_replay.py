"""Running procedures outlive a release: what was recorded yesterday replays on today's engine."""

import getpass
import json
import socket
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from temporalio.client import WorkflowHistory
from temporalio.contrib.opentelemetry import TracingInterceptor
from temporalio.worker import Replayer
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions
from temporalio.workflow import NondeterminismError

from services.kit.running.temporal import converter
from services.kit.settings import TemporalSettings
from tests.replay.record import HISTORIES, ROOT, file_of
from tests.replay.stories import STORIES
from tests.support.engine import CODEC_KEY
from tests.support.histories import strings
from workflows.lint import released
from workflows.workflow import ProcedureRun

Run = dict[str, Any]
RELEASED = {name for pinned in released().values() for name in pinned}
RECORDED = sorted(HISTORIES.glob("*/*.json"))
PASSED_THROUGH = ("contracts", "workflows", "pydantic", "pydantic_core", "annotated_types")
"""Pure modules: loaded once for all workflows, not again for each."""


def named(file: Path) -> str:
    return f"{file.parent.name}/{file.stem}"


def runs(file: Path) -> list[Run]:
    """A history for each run: a procedure that continues as new has several."""
    content: list[Run] = json.loads(file.read_text("utf-8"))
    return content


def sandbox() -> SandboxedWorkflowRunner:
    """Refuses what would not be the same again; the worker itself goes without it."""
    restrictions = SandboxRestrictions.default.with_passthrough_modules(*PASSED_THROUGH)
    return SandboxedWorkflowRunner(restrictions=restrictions)


async def replay(run: Run) -> None:
    settings = TemporalSettings(address="nowhere", codec_keys=SecretStr(CODEC_KEY))
    replayer = Replayer(
        workflows=[ProcedureRun],
        workflow_runner=sandbox(),
        data_converter=converter(settings),
        interceptors=[TracingInterceptor()],
    )
    await replayer.replay_workflow(WorkflowHistory.from_json("recorded", run))


@pytest.mark.parametrize("file", RECORDED, ids=named)
async def test_a_recorded_history_replays(file: Path) -> None:
    for run in runs(file):
        await replay(run)


def test_every_released_procedure_has_its_histories() -> None:
    told = {file_of(name, s.__name__) for name, stories in STORIES.items() for s in stories}

    assert STORIES.keys() == RELEASED, "add its stories, and record them"
    assert told == set(RECORDED), "python -m tests.replay.record"


async def test_a_history_of_other_commands_is_noticed() -> None:
    [run] = runs(file_of("enforcement_case.v1", "not_filed"))
    for event in run["events"]:
        if scheduled := event.get("activityTaskScheduledEventAttributes"):
            scheduled["activityType"]["name"] = "enforcement.something_else"

    with pytest.raises(NondeterminismError):
        await replay(run)


@pytest.mark.parametrize("file", RECORDED, ids=named)
def test_a_history_tells_nothing_of_the_machine_it_was_recorded_on(file: Path) -> None:
    assert '"identity"' not in file.read_text("utf-8")
    machine = (str(ROOT), f"@{socket.gethostname()}", f"/{getpass.getuser()}/")
    for said in strings(runs(file)):
        assert not [name for name in machine if name in said]
