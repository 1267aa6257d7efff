"""The legal day: law in China counts days of Asia/Shanghai."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def legal_day(moment: datetime) -> date:
    return moment.astimezone(SHANGHAI).date()
