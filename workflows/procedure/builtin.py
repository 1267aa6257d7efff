"""The steps every procedure has without its table saying so: by the clock, up the ladder, and for
more time.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from contracts.agencies import SYSTEM, Role
from contracts.procedure import EngineEvent, OpenStep, ProcedureState, TakeStep
from contracts.says import Says
from workflows.procedure import escalation
from workflows.procedure.escalation import ANSWERS
from workflows.procedure.model import Procedure
from workflows.procedure.refusal import StepRefused
from workflows.procedure.time import extension
from workflows.procedure.time.due import SYSTEM_STEPS


def is_builtin(step: str) -> bool:
    return step in SYSTEM_STEPS or step in ANSWERS or step.startswith(extension.EXTEND)


def open_steps(procedure: Procedure, state: ProcedureState) -> Iterator[OpenStep]:
    """What of it a person may do now."""
    yield from extension.open_steps(procedure, state)
    yield from escalation.open_steps(state)


class BuiltinOutcome(NamedTuple):
    """What a built-in step leaves, in which role it was taken, and on which article."""

    state: ProcedureState
    tells: tuple[EngineEvent, ...]
    happened_at: datetime
    role: Role
    basis: str | None = None


def take(
    procedure: Procedure, state: ProcedureState, request: TakeStep, now: datetime
) -> BuiltinOutcome:
    """Carry out a built-in step, or refuse it."""
    if request.step in SYSTEM_STEPS:
        if request.by != SYSTEM:
            raise StepRefused(
                "wrong_role",
                Says(
                    f"「{request.step}」只能由系统实施", f"only the system takes {request.step!r}"
                ),
            )
        return BuiltinOutcome(*SYSTEM_STEPS[request.step](state, request, now), Role.SYSTEM)
    if request.step in ANSWERS:
        role = next((e.role for e in state.escalations if e.key == request.line), Role.SYSTEM)
        return BuiltinOutcome(*escalation.answer(state, request, now), role)
    after, granted_at, grant = extension.extend(procedure, state, request, now)
    return BuiltinOutcome(after, (), granted_at, grant.by.role, grant.basis)
