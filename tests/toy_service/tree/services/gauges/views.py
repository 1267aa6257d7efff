"""What the API shows of gauges."""

from dataclasses import dataclass
from uuid import UUID

from contracts.gauges import ReviewOutcome
from contracts.procedure import OpenStep, ProcedureState
from services.kit.http.views import Moment, PageView, View


@dataclass(frozen=True)
class Filters:
    """What the list may be narrowed to."""

    outcome: ReviewOutcome | None = None
    stage: str | None = None


class GaugeLine(View):
    """A gauge in the list."""

    case_id: UUID
    agency: str
    opened_at: Moment
    outcome: ReviewOutcome | None
    stage: str | None


class GaugePage(PageView):
    """Part of the list."""

    gauges: tuple[GaugeLine, ...]


class GaugeView(GaugeLine):
    """A gauge with its reading, its clocks and what may be done next."""

    deviation_um: int | None
    procedure: ProcedureState | None
    open_steps: tuple[OpenStep, ...]
