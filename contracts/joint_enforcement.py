"""What the steps of a joint operation state: invitation, answer, task, evidence, joint outcome."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from contracts.agencies import AgencyCode
from contracts.enforcement import Evidence
from contracts.intake import Text
from contracts.messages import Message, Sha256
from contracts.procedure import Payload

Agencies = Annotated[tuple[AgencyCode, ...], Field(min_length=1, max_length=50)]


class Dates(Message):
    """The day by which an invitation is answered, and the day by which its task is done."""

    reply_by: date
    due_on: date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.due_on < self.reply_by:
            raise ValueError("due_on 早于 reply_by: a task is not due before its invitation is")
        return self


class OpenOperation(Dates):
    """What opens a joint operation (发起联合执法): whom it invites from the start, and its days."""

    invited: tuple[AgencyCode, ...] = ()
    level: Literal["I", "II", "III", "IV"] | None = None
    """Of the response it belongs to; it is measured by the times of this level."""


# ── the lead ─────────────────────────────────────────────────────────────────────────────────────


class InviteAgencies(Payload, Dates):
    """The lead invites agencies to one task (邀请参加联合执法)."""

    agencies: Agencies
    task: Text


class AgreeDate(Payload, Dates):
    """The lead agrees to other dates (同意变更期限)."""


class WithdrawInvitation(Payload):
    """The lead takes an invitation back (撤回邀请)."""

    reason: Text


class WriteNote(Payload):
    """A note of the lead's own (内部记录): no invited agency sees it."""

    text: Text


class RecordJointInspection(Payload):
    """The record of a joint inspection (联合检查记录)."""

    place: Text
    participants: Agencies
    findings: Text
    evidence: tuple[Evidence, ...] = ()


class HandOverLead(Payload):
    """The lead goes to an agency that takes part (移交牵头)."""

    to_agency: AgencyCode
    return_on: date
    """The day by which it comes back, or is left with the other for good."""
    reason: Text


class TakeBackLead(Payload):
    """The lead comes back (收回牵头)."""

    reason: Text


class LeaveLead(Payload):
    """The lead stays where it went (不再收回牵头)."""

    reason: Text


class ProposeOutcome(Payload):
    """The draft of the joint outcome, for each lead's agreement (拟定联合处理结果)."""

    outcome: Text


class AgreeOutcome(Payload):
    """A lead agrees to the draft (同意处理结果)."""


class ObjectToOutcome(Payload):
    """A lead does not agree to the draft (不同意处理结果)."""

    reason: Text


class ResumeOperation(Payload):
    """The draft is taken back, and the operation goes on (继续联合执法)."""

    reason: Text


class ConcludeOperation(Payload):
    """The one joint outcome (联合处理结果)."""

    outcome: Text


class CancelOperation(Payload):
    """The operation is called off (取消联合执法)."""

    reason: Text


class NoteCaseHandedOver(Payload):
    """The case of this operation went to another agency or a judicial organ (案件已移送)."""

    to: Text


# ── an invited agency ────────────────────────────────────────────────────────────────────────────


class AcceptInvitation(Payload):
    """The agency takes part (接受邀请)."""

    office: Text
    """Which office of the agency does it; never a private person."""


class ForwardInvitation(Payload):
    """Another agency is competent: the invitation goes there (转送有权机关)."""

    to_agency: AgencyCode
    reason: Text


class SplitInvitation(Payload):
    """The task is for several agencies: each gets an invitation of its own (分办)."""

    agencies: Annotated[tuple[AgencyCode, ...], Field(min_length=2, max_length=50)]
    reason: Text


class RefuseInvitation(Payload):
    """The agency does not take part, and says why (拒绝并说明理由)."""

    reason: Text


class ProposeDate(Payload, Dates):
    """The agency asks for other dates (提议变更期限)."""

    reason: Text


class ShareEvidence(Payload):
    """Evidence for the index that all who take part see (共享证据)."""

    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1, max_length=200)]


class AttachDecision(Payload):
    """An agency's own decision in the matter (各机关决定书)."""

    document_no: Text
    decided_on: date
    summary: Text
    sha256: Sha256 | None = None


class CompleteTask(Payload):
    """The task is done (完成任务)."""

    result: Text
