"""Gauges, as far as the asker may see them."""

from sqlmodel import col

from contracts.says import Says
from services.gauges.models import Gauge
from services.kit.storage.record_queries import RecordQuery

GAUGES = RecordQuery(
    procedure="gauge_review",
    noun=Says("量具", "gauge"),
    row=Gauge,
    case_id=col(Gauge.case_id),
    agency=col(Gauge.agency),
    at=col(Gauge.opened_at),
)
