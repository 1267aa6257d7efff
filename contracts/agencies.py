"""Agencies, roles, principals and the directory that says who holds what, on which day."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from contracts.messages import Message, RegionCode

AgencyCode = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,60}$")]


class Role(StrEnum):
    """What a person may be at an agency; the law's own offices."""

    SYSTEM = "system"
    """The engine itself: what the law does without anyone's hand."""
    INSPECTOR = "inspector"
    """Case handler (办案人员), holder of a law-enforcement qualification."""
    UNIT_HEAD = "unit_head"
    """Head of the case-handling unit (办案机构负责人)."""
    LEGAL_REVIEWER = "legal_reviewer"
    """Reviewer of cases (审核人员)."""
    HEAD = "head"
    """Director or deputy in charge (市场监督管理部门负责人)."""
    CHIEF = "chief"
    """Principal officer (主要负责人, 正职)."""
    DUTY_OFFICER = "duty_officer"
    """Officer on duty around the clock (值班人员)."""
    LIAISON = "liaison"
    """Speaks for the agency towards other agencies (联络员)."""
    OPERATOR = "operator"
    """Runs the system: replays and discards what is held."""
    EVALUATOR = "evaluator"
    """Reads all that was done, changes nothing (评估人员)."""


class Validity(Message):
    """Half-open period in legal days: from `valid_from` on, up to and without `valid_to`."""

    valid_from: date
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


class Entry(Validity):
    """A directory entry, with where it comes from."""

    origin: Literal["printed", "ours"] = "ours"
    """`printed`: a founding text prints it (`source`, `quote`); `ours`: we set it (`reason`)."""
    source: str | None = None
    quote: str | None = None
    reason: str | None = None


class SigningKey(Validity):
    """A public key an agency signs its events with."""

    kid: str
    x: str
    """Ed25519 public key, base64url without padding (RFC 8037)."""


class Agency(Entry):
    """A body that takes steps, answers requests or sends events."""

    code: AgencyCode
    name: str
    name_en: str
    kind: str = "market_regulation"
    level: Literal["national", "province", "city", "county"]
    parent: AgencyCode | None = None
    """Next agency up the line of command."""
    regions: tuple[RegionCode, ...] = ()
    """Divisions it is competent for; a code ending in zeros covers what lies below it."""
    document_prefix: str | None = None
    """Area mark of its document numbers, as in 青市监处罚〔2026〕1号: here 青."""
    keys: tuple[SigningKey, ...] = ()
    sender_names: tuple[str, ...] = ()
    """Other names it goes by in submissions."""
    successor: AgencyCode | None = None
    drills: bool = False
    """Whether its events may carry a drill's shifted time."""

    @property
    def event_source(self) -> str:
        """The CloudEvents source its events must carry."""
        return f"/agencies/{self.code}"


class Holder(Entry):
    """A person or system that holds a role at an agency for a time."""

    principal: str
    name: str
    agency: AgencyCode
    role: Role


class Criterion(Message):
    """One test of a level: a field of the report and what it must reach; all given bounds must hold."""

    field: str
    at_least: float | None = None
    equals: bool | str | None = None
    one_of: tuple[str, ...] = ()
    says: str
    """What a person reads as the reason."""
    basis: str | None = None


class Times(Message):
    """How fast a response of one level goes, in minutes or hours of clock time."""

    first_contact_min: int
    on_site_min: int
    first_report_min: int
    written_report_min: int
    follow_up_h: int
    after_action_h: int


class Level(Entry):
    """A response level (响应级别): when it is entered, and its times."""

    level: Literal["I", "II", "III", "IV"]
    name: str
    mobilises: bool
    """Whether a case of this level sets off a fast response."""
    any_of: tuple[Criterion, ...] = ()
    """Entered when any one holds; the lowest level has none and takes the rest."""
    times: Times


class LocalClock(Entry):
    """A clock of this place: a stricter one, or one the law leaves open."""

    clock: str
    number: int
    unit: Literal["working_days", "calendar_days", "hours", "minutes"]
    basis: str


class Violation(Entry):
    """A kind of violation as the jurisdiction's list names it."""

    code: str
    name: str
    name_en: str
    basis: str | None = None


class Principal(Message):
    """Who acts: a person or a system, at one agency, with the roles held there at that moment."""

    id: str
    agency: AgencyCode
    roles: tuple[Role, ...]


SYSTEM = Principal(id="system", agency="system", roles=(Role.SYSTEM,))


class Directory(Message):
    """One jurisdiction: its agencies, holders of roles, levels and local clocks, all with validity."""

    jurisdiction: str
    name: str
    name_en: str
    version: str
    national: AgencyCode
    """The agency that stands for submissions without one, and the end of every line of command."""
    agencies: tuple[Agency, ...]
    holders: tuple[Holder, ...]
    levels: tuple[Level, ...]
    clocks: tuple[LocalClock, ...] = ()
    violations: tuple[Violation, ...] = ()

    def agency(self, code: str, on: date) -> Agency | None:
        """The agency of this code as it stands on that day."""
        return next((a for a in self.agencies if a.code == code and a.holds_on(on)), None)

    def of_source(self, source: str, on: date) -> Agency | None:
        """The agency a CloudEvents source names."""
        return self.agency(source.removeprefix("/agencies/"), on) if source.startswith("/agencies/") else None

    def chain(self, code: str, on: date) -> tuple[str, ...]:
        """The line of command above an agency, nearest first."""
        above: list[str] = []
        agency = self.agency(code, on)
        while agency and agency.parent and agency.parent not in above:
            above.append(agency.parent)
            agency = self.agency(agency.parent, on)
        return tuple(above)

    def principal(self, id_: str, agency: str, on: date) -> Principal:
        """Who this is at that agency on that day; without a role there, the roles are empty."""
        held = {h.role for h in self.holders if h.principal == id_ and h.agency == agency and h.holds_on(on)}
        return Principal(id=id_, agency=agency, roles=tuple(sorted(held)))

    def holding(self, role: Role, agency: str, on: date) -> tuple[Holder, ...]:
        """Everyone who holds a role at an agency on a day."""
        return tuple(h for h in self.holders if h.role == role and h.agency == agency and h.holds_on(on))

    def level(self, name: str, on: date) -> Level | None:
        """A response level as it stands on that day."""
        return next((x for x in self.levels if x.level == name and x.holds_on(on)), None)

    def local_clock(self, name: str, on: date) -> LocalClock | None:
        """A local clock as it stands on that day."""
        return next((c for c in self.clocks if c.clock == name and c.holds_on(on)), None)
