"""Enforcement as its tests know it."""

from uuid import UUID, uuid5

from pydantic import SecretStr

from contracts.intake import ReportSubmitted
from services.enforcement.admission import report_id
from services.enforcement.app import unit
from services.enforcement.effects import effects
from tests.support.directories import COUNTY
from tests.support.enforcement import directory
from tests.support.owner import house
from tests.support.owner.house import KEYS, Owner

OTHER_KEYS = SecretStr("two:" + "QkJC" * 10 + "QkI=," + KEYS.get_secret_value())
OWNER = Owner("enforcement", unit, effects(directory), directory())


class House(house.House):
    """The unit's application, to which agencies report."""

    async def case_of(
        self, report: ReportSubmitted, *, by: str = COUNTY, event_id: str = ""
    ) -> UUID:
        """Report something; the case it opens."""
        event = self.signed(report, by=by, event_id=event_id)
        await self.hear(event)
        return uuid5(report_id(event.source, event.id), "case")
