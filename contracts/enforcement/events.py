"""What enforcement tells the others of a case."""

from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from contracts.agencies import AgencyCode
from contracts.intake import Yuan
from contracts.messages import CaseEvent, Instant, RegionCode

ResponseLevel = Literal["I", "II", "III", "IV"]


ChangeOfJurisdiction = Literal["called_up", "assigned", "agreed", "transferred", "designated"]
"""提级管辖, 交办, 协商, 移送, 指定管辖: how another agency became competent (PROC arts 13-16)."""


ReadingPurpose = Literal["investigation", "protection", "reward", "court_order"]
"""Why a reporter's identity may be read; a list, so that no name slips into a free text."""


class CaseOpened(CaseEvent):
    """A report became an enforcement case: a lead (案源) to be verified."""

    agency: str
    source: str
    """Who reported it: the CloudEvents source of the submission."""
    reference: str
    """The sender's own number for it."""
    violation: str
    region: RegionCode
    subject_name: str
    subject_code: str | None = None
    level: ResponseLevel
    level_reasons: tuple[str, ...] = ()
    mobilises: bool
    """Whether this level sets off a fast response."""
    received_at: Instant
    drill_shift_s: int = 0


class ReportLinked(CaseEvent):
    """A further report of the same subject and violation joined the open case."""

    source: str
    reference: str


class LevelRaised(CaseEvent):
    """A linked report raised the response level of an open case."""

    agency: str
    level: ResponseLevel
    level_reasons: tuple[str, ...]
    mobilises: bool
    drill_shift_s: int = 0


class CaseFiled(CaseEvent):
    """A case was filed (立案) and got its number."""

    number: str
    filed_on: date


class CaseNotFiled(CaseEvent):
    """It was decided not to file (不予立案)."""

    grounds: str


class PenaltyDecided(CaseEvent):
    """A penalty was decided (行政处罚决定)."""

    number: str
    fine_yuan: Yuan
    confiscated_yuan: Yuan
    decided_on: date


class NoPenaltyDecided(CaseEvent):
    """The case ends without a penalty (不予行政处罚 or 违法事实不能成立)."""

    outcome: Literal["no_penalty", "not_proved"]


class CaseHandedOver(CaseEvent):
    """The case was handed over to another agency (移送)."""

    to: str
    number: str


class CaseReferred(CaseEvent):
    """A crime is suspected (涉嫌犯罪): a hand-off to the police begins."""

    handoff: UUID
    """The hand-off's own id; a case may be handed off again later."""
    agency: AgencyCode
    report_by: date
    """The day by which the special team reports to the principal officer."""
    standing: tuple[str, ...] = ()
    """What was decided already and stays in force (TRANS art. 11)."""
    fine_paid_yuan: Yuan = Decimal(0)
    """Fines paid already, to be set off against a criminal fine (TRANS art. 11, APL art. 35)."""
    drill_shift_s: int = 0


class CaseResumed(CaseEvent):
    """The case is the agency's again (恢复调查): declined by the police, or given back."""

    handoff: UUID


class CaseMoved(CaseEvent):
    """Another agency is competent for the case now (变更管辖)."""

    from_agency: AgencyCode
    to: AgencyCode
    how: ChangeOfJurisdiction
    by: AgencyCode
    """Who fixed it."""


class DecisionPublished(CaseEvent):
    """The decision was made public (公示)."""

    published_on: date


class CaseClosed(CaseEvent):
    """The case was closed (结案)."""

    outcome: str
    closed_on: date


class ReporterRead(CaseEvent):
    """Someone read who reported (查阅举报人身份): itself on record, without the identity."""

    reference: str
    """The reporter's opaque reference."""
    by: str
    agency: str
    purpose: ReadingPurpose
