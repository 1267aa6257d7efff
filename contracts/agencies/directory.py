"""The directory: who there is, who holds what, and which clocks and rules hold, on which day."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from datetime import date
from functools import cached_property
from typing import Annotated, TypeVar

from pydantic import Field

from contracts.agencies.agency import _NATION, MARKET_REGULATION, Agency, _closeness, _stem
from contracts.agencies.people import Principal
from contracts.agencies.rules import Holder, LocalClock, LocalRule, Violation
from contracts.ladders import Ladder, LadderRung
from contracts.levels import Level
from contracts.messages import AgencyCode as AgencyCode  # noqa: PLC0414  (its old place)
from contracts.messages import Message, RegionCode
from contracts.plans import ENFORCEMENT, PARTS, Duty, Target, Task
from contracts.roles import Role as Role  # noqa: PLC0414  (its old place)


class Directory(Message):
    """One jurisdiction: agencies, role holders, levels, local clocks, each with its validity."""

    jurisdiction: str
    name: str
    name_en: str
    version: str
    national: AgencyCode
    """The agency that stands for submissions without one, and the end of every line of command."""
    agencies: tuple[Agency, ...]
    holders: tuple[Holder, ...] = ()
    levels: tuple[Level, ...]
    clocks: tuple[LocalClock, ...] = ()
    violations: tuple[Violation, ...] = ()
    inherits: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")] | None = None
    """Jurisdiction this one stands under: its line of command and its clocks hold here too."""
    ladders: tuple[Ladder, ...] = ()
    tasks: tuple[Task, ...] = ()
    targets: tuple[Target, ...] = ()
    duties: tuple[Duty, ...] = ()
    rules: tuple[LocalRule, ...] = ()

    def agency(self, code: str, on: date) -> Agency | None:
        """The agency of this code as it stands on that day."""
        return next((a for a in self._by_code.get(code, ()) if a.holds_on(on)), None)

    def of_source(self, source: str, on: date) -> Agency | None:
        """The agency a CloudEvents source names."""
        prefix, code = source[:10], source[10:]
        return self.agency(code, on) if prefix == "/agencies/" else None

    def named(self, name: str) -> tuple[Agency, ...]:
        """Every agency that goes by this name, or once did, whether it still stands or not."""
        return self._by_name.get(name, ())

    def standing(self, agency: Agency, on: date) -> Agency | None:
        """This agency on that day or, if abolished, whoever took over from it."""
        seen: set[str] = set()
        while not agency.holds_on(on):
            seen.add(agency.code)
            if agency.successor is None or agency.successor in seen:
                return None
            later = self._by_code.get(agency.successor, ())
            if not later:
                return None
            agency = next((a for a in later if a.holds_on(on)), later[-1])
        return agency

    def successor(self, code: str, on: date) -> AgencyCode | None:
        """Who took over from an agency that stands no more; None where it stands, or nobody did."""
        once = self._by_code.get(code)
        if once is None or self.agency(code, on):
            return None
        after = self.standing(once[-1], on)
        return after.code if after else None

    def competent(
        self, region: RegionCode, on: date, kind: str = MARKET_REGULATION
    ) -> Agency | None:
        """The market regulator competent for a division: nearest to it, its office before a branch.

        Penalties fall to the authority of the place of the violation (APL art. 22); a report from
        the police or a procuratorate becomes its case. Police and procuratorates are found by their
        kind in the same way.
        """
        for stem in (region, region[:4], region[:2], _NATION):
            standing = [a for a in self._by_division.get((kind, stem), ()) if a.holds_on(on)]
            if standing:
                return max(standing, key=lambda a: (-len(self.chain(a.code, on)), a.code))
        return None

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
        posts = self._by_principal.get((id_, agency), ())
        held = {h.role for h in posts if h.holds_on(on)}
        return Principal(id=id_, agency=agency, roles=tuple(sorted(held)))

    def holding(self, role: Role, agency: str, on: date) -> tuple[Holder, ...]:
        """Everyone who holds a role at an agency on a day."""
        return tuple(h for h in self._by_role.get((role, agency), ()) if h.holds_on(on))

    def level(self, name: str, on: date) -> Level | None:
        """A response level as it stands on that day."""
        return next((x for x in self.levels if x.level == name and x.holds_on(on)), None)

    def local_clock(self, name: str, on: date) -> LocalClock | None:
        """A local clock as it stands on that day; this place's own before an inherited one."""
        return next(iter(self.local_clocks(name, on)), None)

    def local_clocks(self, name: str, on: date) -> tuple[LocalClock, ...]:
        """Every local clock of this name on that day, inherited ones last; the strictest counts."""
        return tuple(c for c in self.clocks if c.clock == name and c.holds_on(on))

    def rule(self, name: str, region: RegionCode, on: date) -> LocalRule | None:
        """The rule of this name for a division on a day, the nearest one's."""
        held = [r for r in self.rules if r.rule == name and r.holds_on(on)]
        covering = [r for r in held if _closeness(r.region, region)]
        return max(covering, key=lambda r: _closeness(r.region, region), default=None)

    def violation(self, code: str, on: date) -> Violation | None:
        """A kind of violation as the list has it on that day."""
        return next((v for v in self.violations if v.code == code and v.holds_on(on)), None)

    def ladder(self, clock: str, on: date) -> tuple[LadderRung, ...]:
        """Whom this place calls when the clock is missed; empty: whom the table says."""
        held = [x for x in self.ladders if x.holds_on(on)]
        own = next((x for x in held if clock in x.clocks), None)
        found = own or next((x for x in held if not x.clocks), None)
        return found.rungs if found else ()

    def tasks_on(self, about: str, on: date) -> tuple[Task, ...]:
        """The tasks for a subject, or for a violation of this code: enforcement, and its own."""
        violation = self.violation(about, on)
        subjects = {ENFORCEMENT, *violation.subjects} if violation else {about}
        return tuple(
            t for t in self.tasks if t.holds_on(on) and not subjects.isdisjoint(t.subjects)
        )

    def partners(
        self, about: str, on: date, region: RegionCode | None = None
    ) -> tuple[AgencyCode, ...]:
        """Who works together on a subject or a violation, each once: leads, then the others.

        Who was abolished is replaced by its successor. With a region, an agency below the one named
        that is nearer to the place stands for it, as the county's police for the city's.
        """
        tasks = self.tasks_on(about, on)
        named = [code for part in PARTS for task in tasks for code in task.part(part)]
        standing = [self._standing_for(code, on) for code in named]
        return tuple(dict.fromkeys(self._nearest(a, region, on).code for a in standing if a))

    def _standing_for(self, code: AgencyCode, on: date) -> Agency | None:
        known = self._by_code.get(code, ())
        return self.agency(code, on) or (self.standing(known[-1], on) if known else None)

    def _nearest(self, agency: Agency, region: RegionCode | None, on: date) -> Agency:
        near = self.competent(region, on, agency.kind) if region else None
        return near if near and agency.code in self.chain(near.code, on) else agency

    @cached_property
    def _by_division(self) -> dict[tuple[str, str], tuple[Agency, ...]]:
        """Agencies by kind and the significant digits of each division they are competent for."""
        named = [((a.kind, _stem(r)), a) for a in self.agencies for r in a.regions]
        return {s: tuple(a for _, a in pairs) for s, pairs in _index(named, _first).items()}

    @cached_property
    def _by_code(self) -> dict[str, tuple[Agency, ...]]:
        return _index(self.agencies, lambda agency: agency.code)

    @cached_property
    def _by_name(self) -> dict[str, tuple[Agency, ...]]:
        names = [
            (name, a)
            for a in self.agencies
            for name in {a.name, a.name_simplified or a.name, *a.sender_names, *a.as_printed}
        ]
        return {n: tuple(a for _, a in pairs) for n, pairs in _index(names, _first).items()}

    @cached_property
    def _by_principal(self) -> dict[tuple[str, str], tuple[Holder, ...]]:
        return _index(self.holders, lambda holder: (holder.principal, holder.agency))

    @cached_property
    def _by_role(self) -> dict[tuple[Role, str], tuple[Holder, ...]]:
        return _index(self.holders, lambda holder: (holder.role, holder.agency))


Row = TypeVar("Row")


Key = TypeVar("Key", bound=Hashable)


def _index(rows: Iterable[Row], key: Callable[[Row], Key]) -> dict[Key, tuple[Row, ...]]:
    found: defaultdict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return {k: tuple(v) for k, v in found.items()}


def _first(pair: tuple[Key, Agency]) -> Key:
    return pair[0]
