"""The rows gauges owns."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import DateTime
from sqlmodel import Field, SQLModel


class Gauge(SQLModel, table=True):
    """A gauge under review (量具)."""

    case_id: UUID = Field(primary_key=True)
    agency: str
    opened_at: datetime = Field(sa_type=DateTime(timezone=True))
    deviation_um: int | None = None
    outcome: str | None = None
