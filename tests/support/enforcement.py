"""Reports and cases of enforcement with dull defaults, one keyword a point."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from contracts.agencies import Agency, Directory, Violation
from contracts.intake import ReportSubmitted
from services.enforcement.models import Case
from services.kit.events.handling import Heard
from tests.support import directories
from tests.support.directories import COUNTY, SINCE
from tests.support.play import A_MONDAY, CASE_ID
from tests.support.recorded import Recorded
from tests.support.signed import enveloped, with_agencies
from workflows.enforcement_case import ENFORCEMENT_CASE_V2

POLICE = "police"
CHEATING, UNVERIFIED = "cheating_scale", "unverified_instrument"
COUNTY_REGION = "370202"


def directory() -> Directory:
    """The small directory with violations and a police bureau of the city."""
    plain = directories.directory()
    police = Agency(
        code=POLICE,
        name="公安局",
        name_en="police",
        kind="police",
        level="city",
        regions=("370200",),
        valid_from=SINCE,
        reason="for tests",
    )
    others = [a for a in plain.agencies if a.code != POLICE]
    extended = with_agencies(plain, [*others, police])
    violations = tuple(
        Violation(code=code, name=name, name_en=code, valid_from=SINCE, reason="for tests")
        for code, name in ((CHEATING, "使用作弊秤"), (UNVERIFIED, "未经检定使用"))
    )
    return Directory.model_validate(dict(extended) | {"violations": violations})


def report(**changes: Any) -> ReportSubmitted:
    """A report of a cheating scale by nobody in particular."""
    return ReportSubmitted.model_validate(
        {
            "occurred_at": A_MONDAY,
            "reference": f"R-{uuid4()}",
            "violation": CHEATING,
            "region": COUNTY_REGION,
            "subject_name": "某水果店",
            "summary": "秤不准",
        }
        | changes
    )


def heard(
    event: ReportSubmitted,
    *,
    by: str = COUNTY,
    at: datetime = A_MONDAY,
    where: Directory | None = None,
    event_id: str | None = None,
) -> Heard[ReportSubmitted]:
    """The report as intake hands it on: from a verified sender, received at that moment."""
    sender = (where or directory()).agency(by, SINCE)
    changes = {} if event_id is None else {"id": event_id}
    return Heard(event, enveloped(event, agency=by, **changes), at, sender)


def case(**changes: Any) -> Case:
    """A case as it stands before its procedure begins."""
    said: dict[str, Any] = {
        "id": CASE_ID,
        "agency": COUNTY,
        "source": f"/agencies/{COUNTY}",
        "reference": "R-1",
        "violation": CHEATING,
        "region": COUNTY_REGION,
        "subject_name": "某水果店",
        "subject_key": "name:某水果店@370202",
        "channel": "inspection",
        "summary": "秤不准",
        "level": "IV",
        "level_reasons": [],
        "mobilises": False,
        "received_at": A_MONDAY,
    }
    return Case(**said | changes)


class Played(Recorded):
    """A case of enforcement."""

    def __init__(self, **opening: Any) -> None:
        super().__init__(ENFORCEMENT_CASE_V2, where=directory(), **opening)
