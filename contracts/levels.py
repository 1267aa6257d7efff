"""Response levels (响应级别): when a report enters one, and how fast the response then goes."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from contracts.messages import Message
from contracts.validity import DirectoryEntry

CRITERION_FIELDS: Mapping[str, Literal["amount", "flag", "word"]] = {
    "deaths": "amount",
    "crowd": "amount",
    "loss_yuan": "amount",
    "illegal_income_yuan": "amount",
    "goods_value_yuan": "amount",
    "instrument_count": "amount",
    "failing_lots": "amount",
    "t2_percent": "amount",
    "suspected_crime": "flag",
    "cross_region": "flag",
    "violation": "word",
    "channel": "word",
    "premises": "word",
    "region": "word",
}
"""What of a report a level may weigh. `instrument_count` is the sum over its instruments."""


class Criterion(Message):
    """One test of a level: a field of the report and its bounds, all of which must hold."""

    field: str
    at_least: Decimal | None = None
    equals: bool | str | None = None
    one_of: tuple[str, ...] = ()
    says: str
    """What a person reads as the reason."""
    basis: str | None = None


MinutesAllowed = Annotated[int, Field(ge=1)]


class Times(Message):
    """How fast a response of one level goes, in minutes or hours of clock time."""

    first_contact_min: MinutesAllowed
    on_site_min: MinutesAllowed
    first_report_min: MinutesAllowed
    written_report_min: MinutesAllowed
    follow_up_h: MinutesAllowed
    after_action_h: MinutesAllowed
    secure_min: MinutesAllowed | None = None
    """From mobilising until the evidence on site is secured."""
    joint_team_min: MinutesAllowed | None = None
    """From mobilising until the agencies asked to join stand as one team."""
    hand_over_h: MinutesAllowed | None = None
    """From suspecting a crime until the papers are with the police."""


class Level(DirectoryEntry):
    """A response level (响应级别): when it is entered, and its times."""

    level: Literal["I", "II", "III", "IV"]
    name: str
    mobilises: bool
    """Whether a case of this level sets off a fast response."""
    any_of: tuple[Criterion, ...] = ()
    """Entered when any one holds; the lowest level has none and takes the rest."""
    times: Times
