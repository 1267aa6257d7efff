"""The steps every procedure has without its table saying so: by the clock, up the ladder, and for
more time.
"""

from collections.abc import Iterator
from datetime import datetime

from contracts.agencies import SYSTEM
from contracts.procedure import OpenStep, ProcedureState, TakeStep
from workflows.procedure import escalation, extension
from workflows.procedure.due import SYSTEM_STEPS
from workflows.procedure.escalation import ANSWERS, Result
from workflows.procedure.model import Procedure
from workflows.procedure.refusal import StepRefused


def is_builtin(step: str) -> bool:
    return step in SYSTEM_STEPS or step in ANSWERS or step.startswith(extension.EXTEND)


def open_steps(procedure: Procedure, state: ProcedureState) -> Iterator[OpenStep]:
    """What of it a person may do now."""
    yield from extension.open_steps(procedure, state)
    yield from escalation.open_steps(state)


def take(procedure: Procedure, state: ProcedureState, asked: TakeStep, now: datetime) -> Result:
    """Carry out a built-in step, or refuse it."""
    if asked.step in SYSTEM_STEPS:
        if asked.by != SYSTEM:
            raise StepRefused(
                "wrong_role",
                f"「{asked.step}」只能由系统实施",
                f"only the system takes {asked.step!r}",
            )
        return SYSTEM_STEPS[asked.step](state, asked, now)
    if asked.step in ANSWERS:
        return escalation.answer(state, asked, now)
    after, granted_at = extension.extend(procedure, state, asked, now)
    return after, (), granted_at
