"""Which agency a report becomes the case of."""

from datetime import date

from contracts.agencies import MARKET_REGULATION, Agency, Directory
from contracts.messages import RegionCode


def competent_agency(
    directory: Directory, sender: Agency, region: RegionCode, on: date
) -> Agency | None:
    """The sender, where it is a market regulator of that place; else the nearest one; else the top.

    Penalties fall to the authority of the place of the violation (APL art. 22): what the police or
    a procuratorate reports becomes a case of market regulation.
    """
    if sender.kind == MARKET_REGULATION and sender.covers(region):
        return sender
    return directory.competent(region, on) or directory.agency(directory.national, on)
