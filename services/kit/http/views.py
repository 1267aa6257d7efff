"""What answers of an API are made of: views of rows, moments in legal time, steps as logged."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, JsonValue

from contracts.messages import Instant, Message
from services.kit.clock import LEGAL_ZONE


def _legal(value: object) -> object:
    return value.astimezone(LEGAL_ZONE) if isinstance(value, datetime) else value


def _written(amount: object) -> object:
    return str(amount) if isinstance(amount, Decimal) else amount


Moment = Annotated[Instant, BeforeValidator(_legal)]
"""A moment in legal time, whatever zone the database gave it in."""
YuanText = Annotated[str, BeforeValidator(_written)]
"""An amount of money as it is written: a float would not be exact."""


class View(Message):
    """Read from a row or from any object with these attributes."""

    model_config = ConfigDict(from_attributes=True)


class PageView(View):
    """Part of a list; the field of the rows is the service's own."""

    next: str | None
    """To be given as `after` for the part that follows; none at the end."""


class LoggedStep(View):
    """A step as it was taken."""

    seq: int
    step: str
    line: str
    basis: str | None
    by_id: str
    role: str
    agency: str
    payload: dict[str, JsonValue]
    taken_at: Moment
    happened_at: Moment
    recorded_at: Moment
    reply: dict[str, JsonValue]
