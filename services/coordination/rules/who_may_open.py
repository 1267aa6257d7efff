"""How those of a matter must stand to each other in the line of command, before it is opened."""

from collections.abc import Callable
from datetime import date

from contracts.agencies import AgencyCode, Directory
from contracts.says import Says

Named = tuple[AgencyCode, ...]
OpeningCheck = Callable[[AgencyCode, Named, Directory, date], Says | None]
"""Why not, or nothing."""

GOVERNMENT = "government"
"""Kind of the agencies that supervise enforcement for a people's government."""


def anyone(_opener: AgencyCode, _named: Named, _directory: Directory, _on: date) -> Says | None:
    """Nothing has to hold."""
    return None


def with_a_common_superior(
    opener: AgencyCode, named: Named, directory: Directory, on: date
) -> Says | None:
    """PROC art. 13 settles disputes between market regulators: someone is above all of them."""
    above = [set(directory.chain(agency, on)) for agency in (opener, *named)]
    if opener in named or not set.intersection(*above):
        return Says("争议各机关没有共同的上级机关。", "nobody is above all agencies in dispute")
    return None


def from_above(opener: AgencyCode, named: Named, directory: Directory, on: date) -> Says | None:
    """Another's matter is opened by its superior alone."""
    if all(opener in directory.chain(agency, on) for agency in named):
        return None
    return Says(
        f"{opener} 不是 {named[0]} 的上级机关。", f"{opener} is not above {', '.join(named)}"
    )


def from_above_or_government(
    opener: AgencyCode, named: Named, directory: Directory, on: date
) -> Says | None:
    """A superior supervises those below it; a people's government its departments."""
    own = directory.agency(opener, on)
    if own is not None and own.kind == GOVERNMENT:
        return None
    return from_above(opener, named, directory, on)


def is_below(agency: AgencyCode, superior: AgencyCode, directory: Directory, on: date) -> bool:
    """Whether this superior is anywhere above the agency."""
    return superior in directory.chain(agency, on)
