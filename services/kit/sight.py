"""What of the record a person may see: one rule for lists, details, files and receipts."""

from dataclasses import dataclass
from datetime import date

from contracts.agencies import AgencyCode, Directory, Principal, Role


@dataclass(frozen=True, slots=True)
class Sight:
    """Matters of these agencies; of all of them where `everything`."""

    agencies: frozenset[AgencyCode]
    everything: bool = False

    def covers(self, *agencies: str) -> bool:
        """Whether a matter of these agencies may be seen."""
        return self.everything or not self.agencies.isdisjoint(agencies)


def own(who: Principal) -> Sight:
    """No more than what is the asker's own agency's: nobody reads a reporter from above."""
    return Sight(frozenset({who.agency}))


def sight(who: Principal, directory: Directory, on: date) -> Sight:
    """An agency sees its own matters and those below it; an evaluator sees all; others nothing."""
    if not who.roles:
        return Sight(frozenset())
    below = (
        agency.code
        for agency in directory.agencies
        if agency.holds_on(on) and who.agency in directory.chain(agency.code, on)
    )
    return Sight(frozenset({who.agency, *below}), everything=Role.EVALUATOR in who.roles)
