"""A review of a gauge as it is told, and what its steps state."""

from contracts import gauges as g
from contracts.messages import Message
from tests.support.examples.moments import AGENCY, CASE, at

EXAMPLES: tuple[Message, ...] = (
    g.GaugeReviewed(
        occurred_at=at("2026-03-05 10:00"), case_id=CASE, agency=AGENCY, outcome="within"
    ),
    g.ExamineGauge(deviation_um=3),
    g.CloseReview(outcome="within", reasons="在允差之内"),
)
