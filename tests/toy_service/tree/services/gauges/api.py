"""Gauges over HTTP: their list, their record, their timeline and their steps."""

from services.gauges.queries import GAUGES
from services.gauges.views import Filters, GaugePage, GaugeView
from services.kit.http.records import record_router
from services.kit.http.row_records import row_records

router = record_router(row_records(GAUGES, filters=Filters, page=GaugePage, view=GaugeView))
