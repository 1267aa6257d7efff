"""A jurisdiction under another: the higher one's line of command, clocks and rules hold here."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from contracts.agencies import Agency, AgencyCode, Directory
from contracts.validity import DirectoryEntry

Dated = TypeVar("Dated", bound=DirectoryEntry)


def under(own: Directory, above: Directory, named: Iterable[AgencyCode] = ()) -> Directory:
    """The directory of a place with what it inherits laid beneath it, its own entries first.

    Of agencies only those come along that its own ones answer to or that it names: a city does not
    take its neighbours. Clocks of one name stay beside each other, since the stricter one counts.
    Plans are each place's own.
    """
    agencies = _laid(own.agencies, _needed(own, above, named), lambda a: a.code)
    codes = {a.code for a in agencies} - {a.code for a in own.agencies}
    clocks = (c.model_copy(update={"set_by": c.set_by or above.jurisdiction}) for c in above.clocks)
    changes = {
        "agencies": agencies,
        "holders": (*own.holders, *(h for h in above.holders if h.agency in codes)),
        "levels": _laid(own.levels, above.levels, lambda x: x.level),
        "clocks": (*own.clocks, *clocks),
        "ladders": _laid(own.ladders, above.ladders, lambda x: x.clocks),
        "violations": _laid(own.violations, above.violations, lambda v: v.code),
        "rules": _laid(own.rules, above.rules, lambda r: (r.rule, r.region)),
    }
    return Directory(**{**dict(own), **changes})


def _laid(
    own: Sequence[Dated], above: Iterable[Dated], key: Callable[[Dated], Hashable]
) -> tuple[Dated, ...]:
    mine = {key(entry) for entry in own}
    return (*own, *(entry for entry in above if key(entry) not in mine))


def _needed(own: Directory, above: Directory, named: Iterable[AgencyCode]) -> list[Agency]:
    there: dict[AgencyCode, list[Agency]] = {}
    for agency in above.agencies:
        there.setdefault(agency.code, []).append(agency)
    wanted = [own.national, *named, *(h.agency for h in own.holders)]
    wanted += [code for task in own.tasks for code in task.agencies()]
    wanted += [code for agency in own.agencies for code in _leads_to(agency)]
    taken: set[AgencyCode] = set()
    while wanted:
        code = wanted.pop()
        if code in there and code not in taken:
            taken.add(code)
            wanted += [up for agency in there[code] for up in _leads_to(agency)]
    return [agency for agency in above.agencies if agency.code in taken]


def _leads_to(agency: Agency) -> list[AgencyCode]:
    return [code for code in (agency.parent, agency.successor) if code]
