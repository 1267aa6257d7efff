"""What a jurisdiction sets for itself: who holds which role, local clocks and rules, violations."""

from typing import Annotated, Literal

from pydantic import Field

from contracts.agencies.agency import NATIONWIDE
from contracts.messages import AgencyCode as AgencyCode  # noqa: PLC0414  (its old place)
from contracts.messages import RegionCode
from contracts.plans import SubjectArea
from contracts.roles import Role as Role  # noqa: PLC0414  (its old place)
from contracts.validity import DirectoryEntry


class Holder(DirectoryEntry):
    """A person or system that holds a role at an agency for a time."""

    principal: str
    name: str
    agency: AgencyCode
    role: Role


class LocalClock(DirectoryEntry):
    """A clock of this place: a stricter one, or one the law leaves open."""

    clock: str
    number: Annotated[int, Field(ge=1)]
    unit: Literal["working_days", "calendar_days", "hours", "minutes"]
    basis: str
    set_by: str | None = None
    """Jurisdiction it is inherited from; none: this one's own."""


class LocalRule(DirectoryEntry):
    """A rule of this place that counts in months: `no_repeat_check` (重复抽查间隔)."""

    rule: str
    region: RegionCode = NATIONWIDE
    """Where it holds, with all that lies below."""
    months: Annotated[int, Field(ge=1)]
    basis: str


class Violation(DirectoryEntry):
    """A kind of violation as the jurisdiction's list names it."""

    code: str
    name: str
    name_en: str
    catalogue: str | None = None
    """Entry of the catalogue of violations and penalties it falls under (JL01-JL19, ours)."""
    basis: str | None = None
    subjects: tuple[SubjectArea, ...] = ()
    """What it is about besides enforcement: whose task it is, is looked up by these."""
