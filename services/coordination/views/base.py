"""What every view starts from: read from a row, moments in legal time."""

from datetime import datetime
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, JsonValue

from contracts.messages import Instant, Message
from services.kit.clock import LEGAL_ZONE


def _legal(at: object) -> object:
    return at.astimezone(LEGAL_ZONE) if isinstance(at, datetime) else at


Moment = Annotated[Instant, BeforeValidator(_legal)]


class View(Message):
    """Read from a row or from any object with these attributes."""

    model_config = ConfigDict(from_attributes=True)


class StepView(View):
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
