"""Extensions (延期): each a paper of its own, before expiry, by whom and for how long the rule
says.
"""

from collections.abc import Iterator
from datetime import datetime

from contracts.procedure import (
    ClockState,
    ExtendClock,
    Extended,
    Line,
    OpenStep,
    ProcedureState,
    TakeStep,
)
from contracts.says import Says
from workflows.procedure.checks import check_role, check_version, parse
from workflows.procedure.model import Clock, Grant, Procedure
from workflows.procedure.refusal import StepRefused

EXTEND = "extend_"


def open_steps(procedure: Procedure, state: ProcedureState) -> Iterator[OpenStep]:
    """The extensions still to be had."""
    for clock in state.clocks:
        line = next(x for x in state.lines if x.key == clock.line)
        rule = procedure.clock(line, clock.name)
        grant = rule and _grant(rule, clock)
        if grant and clock.status in ("running", "paused") and clock.breached_at is None:
            yield OpenStep(
                line=line.key,
                step=EXTEND + clock.name,
                role=grant.by.role,
                agencies=line.agencies,
                expected_version=line.version,
                payload=ExtendClock.__name__,
            )


def extend(
    procedure: Procedure, state: ProcedureState, request: TakeStep, now: datetime
) -> tuple[ProcedureState, datetime, Grant]:
    """Grant one more extension: the state after it, when it was granted, and by which rule."""
    line, clock, rule = _running(procedure, state, request)
    grant = _grant(rule, clock)
    if grant is None:
        raise StepRefused(
            "no_further_extension",
            Says(f"不得再延长（{rule.basis}）", f"it may not be extended again ({rule.basis})"),
        )
    check_role(request, grant.by.role, line.agencies)
    check_version(request, line.version)
    paper = parse(ExtendClock, request.payload)
    granted_at = paper.happened_at or now
    _check_in_time(rule, clock, granted_at, now)
    _check_length(grant, paper)
    more = Extended(
        number=grant.number or paper.number or 0,
        unit=rule.length.unit,
        by=request.by.id,
        granted_at=granted_at,
    )
    longer = clock.model_copy(update={"extensions": (*clock.extensions, more), "warned": False})
    clocks = tuple(longer if c is clock else c for c in state.clocks)
    moved = line.model_copy(update={"version": line.version + 1})
    lines = tuple(moved if x is line else x for x in state.lines)
    return state.model_copy(update={"clocks": clocks, "lines": lines}), granted_at, grant


def _running(
    procedure: Procedure, state: ProcedureState, request: TakeStep
) -> tuple[Line, ClockState, Clock]:
    name = request.step.removeprefix(EXTEND)
    for clock in state.clocks:
        if (clock.line, clock.name) == (request.line, name) and clock.status in (
            "running",
            "paused",
        ):
            line = next(x for x in state.lines if x.key == clock.line)
            if rule := procedure.clock(line, name):
                return line, clock, rule
    raise StepRefused("not_open", Says("该期限不在进行中", "that clock is not running"))


def _grant(rule: Clock, clock: ClockState) -> Grant | None:
    """The next extension the rule allows after those already granted."""
    used = len(clock.extensions)
    for grant in rule.extensions:
        if grant.times is None or used < grant.times:
            return grant
        used -= grant.times
    return None


def _check_in_time(rule: Clock, clock: ClockState, granted_at: datetime, now: datetime) -> None:
    if granted_at > now or (clock.due_at and granted_at >= clock.due_at):
        raise StepRefused(
            "extension_too_late",
            Says(
                f"延期须在期限届满前批准（{rule.basis}）",
                f"an extension is granted before expiry ({rule.basis})",
            ),
            field="happened_at",
        )


def _check_length(grant: Grant, paper: ExtendClock) -> None:
    if (grant.number is None) == (paper.number is None):
        open_ = grant.number is None
        raise StepRefused(
            "invalid",
            Says(
                "延长的期限 number 必须写明" if open_ else "延长的期限由规定确定，不得填写 number",
                "number must be stated" if open_ else "number is fixed by the rule",
            ),
            field="number",
        )
