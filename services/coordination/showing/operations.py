"""How a joint operation is shown: milestone by milestone."""

from collections.abc import Iterable
from datetime import timedelta

from services.coordination.queries.operations import Operation
from services.coordination.rules.operations import ZH, Reached
from services.coordination.showing.matters import matter_summary
from services.coordination.views.operations import MilestoneView, OperationView


def operation_view(
    operation: Operation, level: str | None, reached: Iterable[Reached]
) -> OperationView:
    return OperationView(
        id=operation.matter.id,
        level=level,
        matter=matter_summary(operation.matter),
        milestones=tuple(_milestone(one) for one in reached),
        tasks=operation.tasks,
    )


def _milestone(one: Reached) -> MilestoneView:
    return MilestoneView(
        milestone=one.milestone,
        zh=ZH[one.milestone],
        reached_at=one.at,
        took_s=_seconds(one.took),
        allowed_s=_seconds(one.allowed),
        kept=one.kept,
    )


def _seconds(span: timedelta | None) -> int | None:
    return None if span is None else int(span.total_seconds())
