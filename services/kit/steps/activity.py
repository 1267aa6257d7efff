"""The activity by which a service writes down the steps of its procedures."""

from collections.abc import Awaitable, Callable

from temporalio import activity

from contracts.procedure import RecordStep, StepOutcome
from services.kit.steps.effects import Effects
from services.kit.steps.recording import record_step
from services.kit.storage.database import Sessions

TakeStepActivity = Callable[[RecordStep], Awaitable[StepOutcome]]


def step_activity(unit: str, sessions: Sessions, effects: Effects) -> TakeStepActivity:
    """The activity `<unit>.take_step`, for the unit's worker."""

    @activity.defn(name=f"{unit}.{RecordStep.activity}")
    async def take_step(record: RecordStep) -> StepOutcome:
        return await record_step(sessions, effects, record)

    return take_step
