"""What a regime is: its tables as data, each with its clause, where it was seen, and how sure."""

import hashlib
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal, Self

from pydantic import model_validator

from services.net_content.rules.regimes.labelling import Heights, UnitChoice
from services.net_content.rules.regimes.sourced import Confidence, Sourced, SourcedTable
from services.net_content.rules.regimes.weighing import Aim, Cap, Divisions, Moistures, Tare
from services.net_content.rules.units import MeasureUnit
from services.net_content.rules.verdict.lots import PlanName


class Law(SourcedTable):
    """An order or act the standard is used with, while it is in force."""

    zh: str
    en: str
    since: date
    until: date | None = None


class RoundingStep(SourcedTable):
    """What a calculated percentage is rounded to, up to a nominal content."""

    up_to: Decimal | None = None
    step: Decimal
    mode: Literal["up", "half_up", "half_even"]


class Band(SourcedTable):
    """One line of a table of deficiencies; its upper end belongs to it unless it says `below`."""

    up_to: Decimal | None = None
    below: Decimal | None = None
    percent: Decimal | None = None
    amount: Decimal | None = None

    def reaches(self, content: Decimal) -> bool:
        if self.below is not None:
            return content < self.below
        return self.up_to is None or content <= self.up_to

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.percent is None) == (self.amount is None):
            raise ValueError("a band has a percentage or an amount")
        return self


class Bands(SourcedTable):
    """A table of deficiencies: where it begins, its lines, and how it rounds."""

    over: Decimal = Decimal(0)
    at_least: Decimal | None = None
    bands: tuple[Band, ...]
    rounding: tuple[RoundingStep, ...] = ()


class Deficiency(Sourced):
    """Tolerable deficiency (允许短缺量, TNE, MAV) of some units."""

    units: tuple[MeasureUnit, ...]
    """Base units: `g` stands for kg as well."""
    goods: str | None = None
    first: Bands
    second: Bands | None = None
    """The second limit where a law prints its own; else twice the first."""
    note: str | None = None


class SecondSample(SourcedTable):
    """What a second sample adds to the first."""

    n: int
    accept: int
    reject: int


class PlanRow(SourcedTable):
    """One line of a sampling plan (抽样方案): lots from `first` to `last` packages."""

    first: int
    last: int | None = None
    n: int | None = None
    """Sample size; nothing where every package is measured."""
    accept: int | None = None
    """Packages beyond T that are allowed; nothing where the law prints no number."""
    accept_percent: Decimal | None = None
    """The same as a share of a lot that is measured whole."""
    reject: int | None = None
    second: SecondSample | None = None
    mean: Literal["corrected", "plain", "range", "none"] = "corrected"
    mean_n: int | None = None
    """Where the mean is made of fewer packages: the first so many drawn."""
    factor: Decimal | None = None
    """λ, SCF, k: what s is multiplied by; a of R under `range`."""
    confidence: Confidence | None = None
    """Where one line is less sure than its table."""


class Plan(Sourced):
    """A sampling plan with its acceptance numbers and correction factors."""

    name: PlanName
    units: tuple[MeasureUnit, ...] = ()
    """Base units it is for; all where none is named."""
    mean_only: bool = False
    """Where the law judges the mean alone, and no package by itself."""
    rows: tuple[PlanRow, ...]


class Awaiting(SourcedTable):
    """What is not known yet of an edition: nothing is judged by it until it is."""

    zh: str
    en: str


class Regime(SourcedTable):
    """One law on net content in one edition."""

    name: str
    edition: str
    title_zh: str
    title_en: str
    since: date | None = None
    until: date | None = None
    awaiting: Awaiting | None = None
    laws: tuple[Law, ...] = ()
    beyond_second: Literal["fails_lot", "withholds_package", "no_such_limit"]
    """What a package short by more than the second limit does."""
    strictness: Sourced
    deficiencies: tuple[Deficiency, ...] = ()
    plans: tuple[Plan, ...] = ()
    tare: Tare | None = None
    cap: Cap | None = None
    aim: Aim | None = None
    divisions: Divisions | None = None
    moisture: Moistures | None = None
    heights: Heights | None = None
    unit_choice: UnitChoice | None = None
    declaration: Sourced | None = None

    @cached_property
    def digest(self) -> str:
        """SHA-256 of its tables: which numbers a verdict was reached by."""
        return hashlib.sha256(self.model_dump_json(exclude_defaults=True).encode()).hexdigest()

    def in_force(self, on: date) -> bool:
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)

    def law(self, on: date | None) -> Law | None:
        """The order in force on that day; the newest if no day is given."""
        standing = [
            law
            for law in self.laws
            if on is None or (law.since <= on and (law.until is None or on <= law.until))
        ]
        return standing[-1] if standing else None
