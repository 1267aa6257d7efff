"""What the API shows of a joint operation: its milestones and its tasks."""

from uuid import UUID

from contracts.procedure import Line
from services.coordination.views.matters import MatterSummary
from services.kit.http.views import Moment, View


class MilestoneView(View):
    """One milestone of an operation beside what its level allows."""

    milestone: str
    zh: str
    reached_at: Moment | None
    took_s: int | None
    allowed_s: int | None
    kept: bool | None


class OperationView(View):
    """How fast a joint operation went."""

    id: UUID
    level: str | None
    matter: MatterSummary
    milestones: tuple[MilestoneView, ...]
    tasks: tuple[Line, ...]
    """Of the agencies the asker may see."""
