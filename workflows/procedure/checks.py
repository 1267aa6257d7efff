"""The checks every step shares: who asks, which version they saw, whether the payload reads."""

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from contracts.agencies import Role
from contracts.procedure import TakeStep
from contracts.says import Says
from workflows.procedure.refusal import StepRefused

Paper = TypeVar("Paper", bound=BaseModel)


def check_role(request: TakeStep, role: Role, agencies: tuple[str, ...], zh: str = "") -> None:
    """The asker holds the role at one of these agencies."""
    if role not in request.by.roles or request.by.agency not in agencies:
        raise StepRefused(
            "wrong_role",
            Says(
                f"「{zh or request.step}」须由{'、'.join(agencies)}的{role}实施",
                f"{request.step!r} is taken by the {role} of {', '.join(agencies)}",
            ),
            role=str(role),
            agencies=list(agencies),
        )


def check_version(request: TakeStep, version: int) -> None:
    """The asker saw the line as it is now."""
    if request.expected_version is not None and request.expected_version != version:
        raise StepRefused(
            "stale_version",
            Says(
                f"案件已变动：您看到的是第{request.expected_version}版，现为第{version}版",
                f"it has moved on: you saw version {request.expected_version}, it is at {version}",
            ),
            version=version,
        )


def parse(kind: type[Paper], payload: dict[str, Any]) -> Paper:
    """The payload as its model; the first wrong field is named."""
    try:
        return kind.model_validate(payload)
    except ValidationError as wrong:
        first = wrong.errors(include_url=False, include_input=False, include_context=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "payload"
        raise StepRefused(
            "invalid",
            Says(f"字段 {field} 不合要求：{first['msg']}", f"{field}: {first['msg']}"),
            field=field,
        ) from None
