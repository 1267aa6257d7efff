"""The Chinese names of steps and stages, from the tables that define them."""

from functools import cache

from workflows.registry import PROCEDURES

EXTEND = "extend_"
ENGINE = {
    "open": "启动",
    "warn": "临期提醒",
    "breach": "逾期",
    "call_next_rung": "呼叫上一级",
    "reckon_again": "重新推算期限",
    "acknowledge": "签收",
    "reassign": "改派",
    "take_over": "接办",
}
"""What the engine itself can do to any procedure."""


def step_name(step: str) -> str:
    """In Chinese; the step's own word where no table has a name for it."""
    if step.startswith(EXTEND):
        return "延长期限"
    return ENGINE.get(step) or _steps().get(step) or step


def stage_name(stage: str | None) -> str:
    """In Chinese first."""
    name = _stages().get(stage or "")
    return f"{name} {stage}" if name else stage or "—"


def procedure_name(procedure: str) -> str:
    """In Chinese first."""
    name = next((p.zh for p in PROCEDURES if p.name == procedure), "")
    return f"{name} {procedure}" if name else procedure


@cache
def _steps() -> dict[str, str]:
    tables = [table for p in PROCEDURES for table in (p.main, *p.parts)]
    return {step.name: step.zh for table in tables for step in table.steps}


@cache
def _stages() -> dict[str, str]:
    named: dict[str, str] = {}
    for procedure in PROCEDURES:
        for table in (*procedure.parts, procedure.main):
            named |= table.zh or {}
    return named
