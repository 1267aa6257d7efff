"""The bare way: a workflow whose update runs one empty activity."""

from datetime import timedelta

from temporalio import activity, workflow

WORKFLOWS, ACTIVITIES = "bare-workflows", "bare-activities"


@activity.defn
async def nothing() -> None:
    """Does nothing."""


@workflow.defn(name="bare")
class Bare:
    """Runs until it is told to end."""

    def __init__(self) -> None:
        self._ended = False

    @workflow.run
    async def run(self) -> None:
        await workflow.wait_condition(lambda: self._ended)

    @workflow.update
    async def step(self) -> None:
        await workflow.execute_activity(
            nothing, task_queue=ACTIVITIES, start_to_close_timeout=timedelta(seconds=30)
        )

    @workflow.signal
    def end(self) -> None:
        self._ended = True
