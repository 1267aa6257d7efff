"""Records the histories that `test_replay` replays: `python -m tests.replay.record [STORY…]`.

Only stories without a recording are told, so that a history stays what an older engine left.
"""

import asyncio
import json
import sys
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any

from temporalio.client import WorkflowHistory

from deploy.embedded.postgres import Postgres
from deploy.embedded.temporal import Temporal
from tests.replay.stories import STORIES
from tests.replay.telling import Story
from tests.support.engine import Engine
from tests.support.histories import opened
from tests.support.servers import create_database, running, server_home
from workflows import registry

HISTORIES = Path(__file__).with_name("histories")
ROOT = Path(__file__).parents[2]


def file_of(procedure: str, story: str) -> Path:
    return HISTORIES / procedure / f"{story}.json"


def record(wanted: set[str]) -> None:
    with (
        server_home() as home,
        running(Postgres(home)) as postgres,
        running(Temporal(home)) as temporal,
    ):
        for procedure, stories in STORIES.items():
            missing = [
                s
                for s in stories
                if s.__name__ in wanted or not file_of(procedure, s.__name__).exists()
            ]
            if missing:
                asyncio.run(_record(procedure, missing, postgres, temporal))


async def _record(
    procedure: str, stories: list[Story], postgres: Postgres, temporal: Temporal
) -> None:
    url = await create_database(postgres)
    name, version = procedure.rsplit(".v", 1)
    owner = registry.find(name, int(version)).owner
    async with Engine(url, temporal.address, owner=owner, version=int(version)) as engine:
        for story in stories:
            id_ = await story(engine)
            runs = [
                _scrubbed(await opened(run, engine.temporal)) for run in await _runs(engine, id_)
            ]
            file = file_of(procedure, story.__name__)
            file.parent.mkdir(parents=True, exist_ok=True)
            text = json.dumps(runs, indent=1, sort_keys=True, ensure_ascii=False)
            file.write_text(text + "\n", encoding="utf-8")
            sys.stdout.write(f"{procedure} {story.__name__}: {len(text) // 1000} kB\n")


async def _runs(engine: Engine, id_: str) -> list[WorkflowHistory]:
    """The histories of its runs, the first one first."""
    found: list[WorkflowHistory] = []
    run: str | None = None
    while run != "":
        handle = engine.client.get_workflow_handle(id_, run_id=run)
        history = await handle.fetch_history()
        found.insert(0, history)
        run = history.events[
            0
        ].workflow_execution_started_event_attributes.continued_execution_run_id
    return found


def _scrubbed(node: Any) -> Any:
    """Nothing left of the machine it was recorded on."""
    if isinstance(node, list):
        return [_scrubbed(item) for item in node]
    if not isinstance(node, dict):
        return node
    if node.keys() == {"metadata", "data"}:
        content = b64decode(node["data"]).replace(f"{ROOT}/".encode(), b"")
        return {**node, "data": b64encode(content).decode()}
    if node.get("kind") == "TASK_QUEUE_KIND_STICKY":
        node = {**node, "name": "sticky"}
    return {name: _scrubbed(value) for name, value in node.items() if name != "identity"}


if __name__ == "__main__":
    record(set(sys.argv[1:]))
