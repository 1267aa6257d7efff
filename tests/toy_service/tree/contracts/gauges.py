"""Gauges: what a review of a gauge found, and what its steps state."""

from typing import Literal

from contracts.intake import Text
from contracts.messages import CaseEvent
from contracts.procedure import Payload

ReviewOutcome = Literal["within", "beyond"]


class GaugeReviewed(CaseEvent):
    """A review of a gauge was closed (量具核查结束)."""

    agency: str
    outcome: ReviewOutcome


class ExamineGauge(Payload):
    """The gauge was read against a standard (量具比对)."""

    deviation_um: int
    """How far it is off, in micrometres."""


class CloseReview(Payload):
    """What follows from the reading (核查结论)."""

    outcome: ReviewOutcome
    reasons: Text
