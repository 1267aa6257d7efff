"""What is told of a hand-over to the police and of what became of it (行刑衔接)."""

from typing import Literal
from uuid import UUID

from contracts.agencies import AgencyCode
from contracts.intake import Yuan
from contracts.messages import CaseEvent


class CriminalHandoffStarted(CaseEvent):
    """A criminal hand-off (行刑衔接) was begun. `case_id` is its own; so in all its events."""

    of_case: UUID
    agency: AgencyCode


class CrimeTransferred(CaseEvent):
    """The case went to the police with its papers (移送公安机关)."""

    of_case: UUID
    agency: AgencyCode
    police: AgencyCode
    document_no: str
    missing: tuple[str, ...] = ()
    """Kinds of papers that were named as missing, each with a reason on record."""
    fine_paid_yuan: Yuan
    """Fines paid already, to be set off against a criminal fine."""


class TransferReceived(CaseEvent):
    """The police signed for the case (回执签字)."""

    of_case: UUID
    police: AgencyCode


class PapersFoundMissing(CaseEvent):
    """The police named papers that are missing (告知补正)."""

    of_case: UUID
    police: AgencyCode
    missing: tuple[str, ...]


class PapersSupplemented(CaseEvent):
    """Missing papers were handed in (补正材料)."""

    of_case: UUID
    agency: AgencyCode
    kinds: tuple[str, ...]


class TransferForwarded(CaseEvent):
    """The police forwarded the case to the competent police (转送)."""

    of_case: UUID
    police: AgencyCode
    to: AgencyCode


class FilingRefused(CaseEvent):
    """The police decided not to file, or stood by it (不予立案); the agency may still object."""

    of_case: UUID
    police: AgencyCode
    on_reconsideration: bool = False


class ReconsiderationAsked(CaseEvent):
    """The police were asked to reconsider (提请复议)."""

    of_case: UUID
    police: AgencyCode


class FilingSupervisionAsked(CaseEvent):
    """The procuratorate was asked to supervise the filing (建议立案监督)."""

    of_case: UUID
    procuratorate: AgencyCode


class CrimeAccepted(CaseEvent):
    """The police filed the case, and the agency has their notice (公安机关立案)."""

    of_case: UUID
    agency: AgencyCode
    police: AgencyCode
    document_no: str


class CrimeDeclined(CaseEvent):
    """The crime is not taken up in the end (未予刑事立案): the case is the agency's again."""

    of_case: UUID
    agency: AgencyCode
    by: Literal["chief", "police"]


class GoodsHandedOver(CaseEvent):
    """Goods and other material went to the police (移交涉案物品)."""

    of_case: UUID
    police: AgencyCode
    items: int


class CrimeJudged(CaseEvent):
    """The court judged (刑事判决); fines paid are set off (罚款折抵罚金)."""

    of_case: UUID
    criminal_fine_yuan: Yuan
    set_off_yuan: Yuan


class CrimeReturned(CaseEvent):
    """Justice gave the case back for an administrative penalty (移送回行政机关)."""

    of_case: UUID
    agency: AgencyCode
    by: Literal["police", "procuratorate", "court"]
