"""What the founding plans of a jurisdiction set: who does what, targets, dated duties."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from contracts.messages import AgencyCode
from contracts.validity import DirectoryEntry

SubjectArea = Annotated[str, Field(pattern=r"^[a-z][a-z_]{1,40}$")]
"""What a task or a violation is about, as the jurisdiction's file calls it: `net_content`."""

ENFORCEMENT: SubjectArea = "enforcement"
"""Investigating and punishing: what every violation is about, whatever else it is about."""

PlanPart = Literal["leads", "cooperating", "responsible"]
PARTS: tuple[PlanPart, ...] = ("leads", "responsible", "cooperating")
"""How a body stands in a task, weightiest first."""


class Task(DirectoryEntry):
    """One task of a plan: who leads (牵头), who cooperates (配合) or is responsible (责任单位).

    The printed names are all kept; a code stands beside them where the name means one agency, and
    none where it means a class of bodies (市政府有关部门).
    """

    clause: str | None = None
    """Where the plan has it, such as 四（五）."""
    name: str
    name_en: str
    subjects: tuple[SubjectArea, ...]
    leads: tuple[AgencyCode, ...] = ()
    """In the order printed; two and more lead together."""
    cooperating: tuple[AgencyCode, ...] = ()
    responsible: tuple[AgencyCode, ...] = ()
    """The bodies told to do it, where the plan names no lead."""
    leads_printed: tuple[str, ...] = ()
    cooperating_printed: tuple[str, ...] = ()
    responsible_printed: tuple[str, ...] = ()
    note: str | None = None

    def agencies(self) -> tuple[AgencyCode, ...]:
        """Every agency of the task, leads first."""
        return tuple(code for part in PARTS for code in self.part(part))

    def part(self, part: PlanPart) -> tuple[AgencyCode, ...]:
        return {
            "leads": self.leads,
            "responsible": self.responsible,
            "cooperating": self.cooperating,
        }[part]

    def printed(self, part: PlanPart) -> tuple[str, ...]:
        return {
            "leads": self.leads_printed,
            "responsible": self.responsible_printed,
            "cooperating": self.cooperating_printed,
        }[part]


Comparator = Literal["=", ">=", "<=", "all", "range"]
"""以上、不少于、达到 are `>=`, 以内 is `<=`, 全部、全覆盖 are `all`: 100 % is our reading of it."""


class Target(DirectoryEntry):
    """A number a plan sets itself; what was reached is judged elsewhere."""

    code: str
    name: str
    name_en: str
    value: Decimal | tuple[Decimal, Decimal] | str
    """A number, the two ends of a range, or a grade (A, B)."""
    unit: str
    comparator: Comparator
    year: int | None = None
    """By the end of which; none where none is printed."""
    baseline: Decimal | None = None
    """What stood when the plan was made (现有)."""
    document: Literal["plan", "article"] = "plan"
    """An article announces; it is no plan."""
    contradicts: str | None = None
    """Code of a target of the same plan that prints another number for the same thing."""
    note: str | None = None


class Duty(DirectoryEntry):
    """A dated duty of a plan without a number."""

    code: str
    name: str
    name_en: str
    due_on: date
    """Last day on which it is met."""
    note: str | None = None
