"""How a refusal leaves an activity, and comes back from a workflow, as the refusal it was."""

from typing import Any

from temporalio.exceptions import ApplicationError
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

from contracts.says import Says
from services.kit.errors import OutOfStep, Refusal

OUT_OF_STEP = "out_of_step"


class RefusalsAreFinal(Interceptor):
    """Every worker has this, so that activities may simply raise."""

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        return _Final(next)


class _Final(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        try:
            return await super().execute_activity(input)
        except Refusal as refusal:
            # without a cause: it would travel along as an error of its own, and say less
            raise as_error(refusal) from None
        except OutOfStep as fault:
            raise ApplicationError(str(fault), type=OUT_OF_STEP, non_retryable=True) from fault


def as_error(refusal: Refusal) -> ApplicationError:
    """For Temporal: never to be asked again, and with all it says."""
    says = {"zh": refusal.says.zh, "en": refusal.says.en}
    detail = {**says, "status": refusal.status, **refusal.fields}
    return ApplicationError(str(refusal), detail, type=refusal.code, non_retryable=True)


def is_refusal(error: ApplicationError) -> bool:
    """A refusal says why in its detail; what has none is a fault that came the same way."""
    return bool(error.details) and isinstance(error.details[0], dict)


def as_refusal(error: ApplicationError) -> Refusal:
    """For a person: what the workflow or its owner's activity refused."""
    detail = dict(error.details[0]) if is_refusal(error) else {}
    says = Says(detail.pop("zh", None) or "", detail.pop("en", None) or error.message)
    status = detail.pop("status", None)
    fields = {name: value for name, value in detail.items() if name not in {"code", "says"}}
    return Refusal(error.type or "refused", says, status=status, **fields)
