"""What a regime prints on tare, scales, moisture and the packer's aim (皮重、分度值、水分)."""

from decimal import Decimal
from typing import Literal

from services.net_content.rules.regimes.sourced import Sourced, SourcedTable


class Tare(Sourced):
    """How the mean tare (平均皮重) may stand for each package's own."""

    first: int
    share: Decimal
    """Of the nominal content: up to it, the mean of the first tares is enough."""
    spread: Decimal
    """Of T: up to it, the mean of `more` tares is enough."""
    more: int


class Aim(Sourced):
    """What share of packages a packer may let be short by more than T."""

    percent: Decimal


class Cap(Sourced):
    """The coarsest measurement allowed: U, or the division, as a part of T."""

    of: Literal["uncertainty", "division"]
    parts: int


class ScaleDivision(SourcedTable):
    """The greatest division of a scale for contents below a bound, both in g or mL."""

    below: Decimal
    division: Decimal


class Divisions(Sourced):
    """Greatest divisions (最大分度值) where a law prints them as a table."""

    at_least: Decimal
    rows: tuple[ScaleDivision, ...]


class Allowance(SourcedTable):
    """Moisture allowance for one kind of goods, in percent of the labelled weight."""

    goods: str
    percent: Decimal
    ask_the_packer: bool = False
    """A minus mean inside the allowance is not decided before the packer's data are seen."""


class Moistures(Sourced):
    """The moisture allowances a regime prints."""

    goods: tuple[Allowance, ...]
