"""Builders of legal time: rules, instants and deadlines by the calendar that is shipped."""

from datetime import datetime

from contracts.legal_day import SHANGHAI
from contracts.procedure import Extended, TimeUnit
from deploy.calendar_from_package import CALENDAR
from workflows.procedure.model import Roll
from workflows.procedure.time.calendar import load_calendar
from workflows.procedure.time.legal_time import ClockTerms, Deadline, Pause, deadline

SHIPPED = load_calendar(CALENDAR.read_text("utf-8"))
HEARD_AT = datetime(2026, 3, 2, 9, 30, tzinfo=SHANGHAI)


def at(day: str, clock: str = "09:30") -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}:00+08:00")


def terms(number: int, unit: TimeUnit = "working_days", roll: Roll = "none") -> ClockTerms:
    return ClockTerms("a_clock", "an article", unit, number, roll)


def extended(number: int, unit: TimeUnit = "working_days") -> Extended:
    return Extended(number=number, unit=unit, by="head", granted_at=HEARD_AT)


def due(
    rule: ClockTerms,
    start: datetime,
    *windows: Pause,
    extensions: tuple[Extended, ...] = (),
) -> Deadline:
    return deadline(
        rule,
        start,
        calendar=SHIPPED,
        directory_version="2026-1",
        extensions=extensions,
        windows=windows,
    )
