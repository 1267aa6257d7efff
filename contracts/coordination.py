"""Coordination: fast responses and escalations, what it tells and what a step of a response
states.
"""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, JsonValue

from contracts.agencies import AgencyCode
from contracts.enforcement import ChangeOfJurisdiction, Evidence, ResponseLevel
from contracts.intake import Text, Yuan
from contracts.messages import CaseEvent, Instant, RegionCode
from contracts.procedure import Payload

# ── events ───────────────────────────────────────────────────────────────────────────────────────


class ResponseMobilised(CaseEvent):
    """A fast response (快速反应) was set off."""

    agency: AgencyCode
    level: ResponseLevel
    violation: str | None = None
    """Kind of violation, where the case's own opening set it off: who joins depends on it."""
    region: RegionCode | None = None
    drill_shift_s: int = 0
    """Not zero only in a drill; what follows from it plays in the same time."""


class TeamOnSite(CaseEvent):
    """The team reached the place (到达现场)."""

    arrived_at: Instant


class SiteSecured(CaseEvent):
    """Evidence and instruments on site are secured (现场控制)."""

    secured_at: Instant


class ReportedUp(CaseEvent):
    """A first, written or follow-up report went up the line of command (信息报告)."""

    agency: AgencyCode
    """Who reported."""
    to: AgencyCode
    kind: Literal["first", "written", "follow_up"]


class ResponseStoodDown(CaseEvent):
    """The response was ended (响应终止). How it came out is told on its record, not here."""

    stood_down_at: Instant


# ── matters between agencies ─────────────────────────────────────────────────────────────────────


class MatterOpened(CaseEvent):
    """A matter between agencies was opened (跨部门事项发起): its procedure may begin."""

    procedure: str
    of_case: UUID | None = None
    """The enforcement case it serves, where there is one; `case_id` is the matter's own."""
    agency: AgencyCode
    """Who opened it."""
    agencies: tuple[AgencyCode, ...]
    """Whose main line it is: the leads, the disputing, the supervised."""
    facts: dict[str, JsonValue] = {}
    drill_shift_s: int = 0


class AgencyInvited(CaseEvent):
    """An agency was asked to take part in a joint operation (邀请参加联合执法)."""

    agency: AgencyCode
    line: str
    """Under which it answers."""
    reply_by: date
    due_on: date


class InvitationAnswered(CaseEvent):
    """An invited agency accepted, forwarded, split or refused (答复邀请)."""

    agency: AgencyCode
    line: str
    how: Literal["accepted", "forwarded", "split", "refused"]
    to: tuple[AgencyCode, ...] = ()


class LeadHandedOver(CaseEvent):
    """The lead of an operation went to another agency, or came back (牵头变更)."""

    agencies: tuple[AgencyCode, ...]
    """Who leads now."""


class OperationConcluded(CaseEvent):
    """A joint operation reached its one outcome (联合执法结束). The outcome is on its record."""

    of_case: UUID | None = None
    agencies: tuple[AgencyCode, ...]
    """Who led it in the end."""


# ── what a step states ───────────────────────────────────────────────────────────────────────────


class MakeFirstContact(Payload):
    """First contact with whoever reported or with the place (首次联系)."""

    whom: Literal["reporter", "premises", "local_agency"]
    """Never a name: a reporter is known by the case's opaque reference only."""
    found: Text


class ArriveOnSite(Payload):
    """The team is on site (到场)."""

    officers: Annotated[tuple[str, ...], Field(min_length=2)]


class SecureSite(Payload):
    """What was secured (固定证据、控制现场)."""

    measures: Text
    evidence: tuple[Evidence, ...] = ()


class SendReport(Payload):
    """A report to the agency next up (向上级报告)."""

    content: Text


class ReceiveReport(Payload):
    """The superior confirms a report (签收)."""

    instructions: Text | None = None


class FollowUp(Payload):
    """A follow-up report (续报)."""

    content: Text


class RaiseLevel(Payload):
    """A further report raised the level (响应升级); running times follow the new one."""

    level: ResponseLevel


class NoteHandOver(Payload):
    """The case of this response went to another agency or a judicial organ (移送)."""

    to: Text


class StandDown(Payload):
    """End of the response (终止响应)."""

    outcome: Text


class RecordAfterAction(Payload):
    """After-action record (总结评估)."""

    what_went_well: Text
    to_improve: Text


# ── criminal hand-off ────────────────────────────────────────────────────────────────────────────


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


# ── jurisdiction, assistance, supervision ────────────────────────────────────────────────────────


class JurisdictionFixed(CaseEvent):
    """It was fixed which agency is competent (确定管辖); the case it is about goes there."""

    of_case: UUID | None = None
    parties: tuple[AgencyCode, ...]
    """Among whom it was in question; a case of none of them does not move."""
    to: AgencyCode
    how: ChangeOfJurisdiction
    by: AgencyCode
    """Who fixed it: a superior, or one of the agencies that agreed."""


class AssistanceRequested(CaseEvent):
    """A letter asks an agency for assistance (发出协助调查函)."""

    of_case: UUID | None = None
    agency: AgencyCode
    line: str
    """Under which it answers."""


class AssistanceDelayed(CaseEvent):
    """The requested agency said in time that it takes longer (告知延期)."""

    of_case: UUID | None = None
    agency: AgencyCode
    line: str
    answer_by: date


class AssistanceAnswered(CaseEvent):
    """A requested agency answered, forwarded the letter or returned it (复函、转送、退回)."""

    of_case: UUID | None = None
    agency: AgencyCode
    line: str
    how: Literal["answered", "forwarded", "returned"]


class SupervisionIssued(CaseEvent):
    """A supervision paper was issued (发出监督文书)."""

    of_case: UUID | None = None
    kind: Literal["notice", "decision", "supervised_case", "government_opinion"]
    agency: AgencyCode
    """Who is supervised."""
    by: AgencyCode


class SupervisionAnswered(CaseEvent):
    """The supervised agency answered, or reported its correction (答复监督文书)."""

    of_case: UUID | None = None
    agency: AgencyCode
    to: AgencyCode
