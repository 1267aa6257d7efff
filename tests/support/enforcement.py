"""Reports and cases of enforcement with dull defaults, one keyword a point."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from contracts.agencies import Agency, Directory, Violation
from contracts.intake import ReportSubmitted
from contracts.levels import Criterion
from contracts.procedure import RecordStep
from services.enforcement.models import Case
from services.kit.hearing import Heard
from tests.support import directories
from tests.support.directories import COUNTY, NATION, SINCE
from tests.support.play import A_MONDAY, Play
from tests.support.signed import enveloped, with_agencies
from workflows.enforcement_case import ENFORCEMENT_CASE_V2
from workflows.procedure.state import Taken, open_steps

POLICE = "police"
CHEATING, UNVERIFIED = "cheating_scale", "unverified_instrument"
COUNTY_REGION = "370202"
CASE_ID = UUID(int=7)
"""The case `Play` opens."""


def directory() -> Directory:
    """The small directory with regions, violations, a police bureau and criteria of levels."""
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
    nation = plain.agency(NATION, SINCE)
    assert nation is not None
    whole = nation.model_copy(update={"regions": ("100000",)})
    others = [a for a in plain.agencies if a.code not in (NATION, POLICE)]
    extended = with_agencies(plain, [*others, whole, police])
    criteria = {
        "I": (Criterion(field="deaths", at_least=Decimal(1), says="有人员死亡"),),
        "II": (Criterion(field="suspected_crime", equals=True, says="涉嫌犯罪"),),
        "III": (Criterion(field="crowd", at_least=Decimal(50), says="涉及五十人以上"),),
    }
    levels = tuple(
        level.model_copy(update={"any_of": criteria.get(level.level, ())})
        for level in extended.levels
    )
    violations = tuple(
        Violation(code=code, name=name, name_en=code, valid_from=SINCE, reason="for tests")
        for code, name in ((CHEATING, "使用作弊秤"), (UNVERIFIED, "未经检定使用"))
    )
    return Directory.model_validate(dict(extended) | {"levels": levels, "violations": violations})


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


class Played(Play):
    """A case played without a server, with the record its service is asked to write."""

    def __init__(self, **facts: Any) -> None:
        self.records: list[RecordStep] = []
        super().__init__(ENFORCEMENT_CASE_V2, where=directory(), **facts)

    def _adopt(self, taken: Taken) -> None:
        told = len(self.told)
        super()._adopt(taken)
        asked = taken.step
        line = next((x for x in self.state.lines if x.key == taken.line), None)
        self.records.append(
            RecordStep(
                request_id=asked.request_id,
                digest=asked.digest,
                procedure=self.state.procedure,
                case_id=self.state.case_id,
                seq=self.state.seq,
                step=asked.step,
                line=taken.line,
                table=line.table if line else "",
                basis=taken.basis,
                by=asked.by,
                payload=asked.payload,
                taken_at=self.now,
                happened_at=taken.happened_at,
                state=self.state,
                open_steps=open_steps(self.procedure, self.state),
                tells=tuple(self.told[told:]),
            )
        )


def of_case(case_id: UUID, steps: Sequence[RecordStep]) -> list[RecordStep]:
    """The same steps on another case."""
    return [
        step.model_copy(
            update={
                "case_id": case_id,
                "state": step.state.model_copy(update={"case_id": case_id}),
            }
        )
        for step in steps
    ]
