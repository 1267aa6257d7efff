"""What is stated when a crime is suspected, or another agency is competent (涉罪移送、管辖变更)."""

from datetime import date
from typing import Literal
from uuid import UUID

from contracts.agencies import AgencyCode
from contracts.enforcement.events import ChangeOfJurisdiction
from contracts.intake import Text
from contracts.procedure import Payload


class SuspectCrime(Payload):
    """A crime is suspected (发现涉嫌犯罪), TRANS arts 3, 5; PROC art. 17."""

    offence: Text
    """The offence suspected, with its article of the criminal law."""
    facts: Text
    report_by: date
    """The day by which the special team reports. The law says at once, and prints no number."""


class AskAfterHandoff(Payload):
    """The agency asks how the hand-off stands (查询移送办理情况)."""

    answer: Text


class ResumeFromPolice(Payload):
    """The crime was not taken up (未予刑事立案): the agency deals with the case itself, TRANS
    art. 10.
    """

    handoff: UUID
    declined_by: Literal["chief", "police"]


class HandOverToJustice(Payload):
    """The police filed the case (公安机关立案): it is justice's, PROC art. 60(5)."""

    handoff: UUID
    to: AgencyCode


class TakeCaseBack(Payload):
    """Justice gave the case back for an administrative penalty (移送回), APL art. 27."""

    handoff: UUID
    returned_by: Literal["police", "procuratorate", "court"]


class HandOverSeized(Payload):
    """Sealed or seized things go along with the case, the party is told in writing (随案移送), AEL
    art. 21.
    """

    to: Text
    told_party_document: Text


class ChangeJurisdiction(Payload):
    """Another agency is competent (变更管辖), PROC arts 13-16."""

    to_agency: AgencyCode
    by: AgencyCode
    """Who fixed it: the common superior, or the agencies themselves."""
    how: ChangeOfJurisdiction
    parties: tuple[AgencyCode, ...] = ()
    """Among whom it was in question; where they are named, the case is one of theirs."""
