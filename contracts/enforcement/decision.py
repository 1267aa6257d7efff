"""What the steps from legal review to the closing of a case state (审核、决定、执行).

Articles: PROC is 市场监督管理行政处罚程序规定 (SAMR Order 2 of 2018 as amended by Orders 42 and
61).
"""

from typing import Annotated, Literal

from pydantic import Field

from contracts.intake import Text, Yuan
from contracts.procedure import Payload


class Review(Payload):
    """Review opinion (审核意见), PROC art. 54."""

    opinion: Text


class ApproveProposal(Payload):
    """The head approves what is proposed (PROC art. 56)."""

    opinion: Text


class ServeNotice(Payload):
    """Penalty notice (行政处罚告知书) served on the party, PROC art. 57."""

    served_by: Literal["direct", "left", "electronic", "mail", "entrusted", "public_notice"]
    proposed_fine_yuan: Yuan
    proposed_confiscation_yuan: Yuan
    party: Literal["person", "organisation"]
    hearing_right_told: bool
    """Whether the right to a hearing was told (HEAR art. 5 says when it must be)."""


class HearStatement(Payload):
    """The party stated its case or defended itself (陈述、申辩), PROC art. 57."""

    statement: Text
    accepted: bool
    why: Text


class DiscussCollectively(Payload):
    """Collective discussion by the heads (集体讨论), PROC art. 60."""

    attended: Annotated[tuple[str, ...], Field(min_length=2)]
    conclusion: Text


class DecidePenalty(Payload):
    """Penalty decision (行政处罚决定书), PROC art. 60."""

    fine_yuan: Yuan
    confiscated_yuan: Yuan
    confiscated_items: tuple[Text, ...] = ()
    warning: bool = False
    basis: Annotated[tuple[Text, ...], Field(min_length=1)]


class DecideNoPenalty(Payload):
    """Decision without a penalty, PROC art. 60(2) and (3)."""

    reasons: Text


class HandOver(Payload):
    """The case goes to another agency or a judicial organ (移送), PROC art. 17 and art. 60(4),
    (5).
    """

    to: Text
    reason: Text
    document: Text | None = None


class ServeDecision(Payload):
    """Service of the decision (送达), PROC arts 81-83."""

    served_by: Literal["direct", "left", "electronic", "mail", "entrusted", "public_notice"]
    recipient: Text


class PublishDecision(Payload):
    """The decision is made public (公示), PUB art. 9."""

    address: Text


class RecordPayment(Payload):
    """Fine and confiscated gains paid (缴纳), PROC art. 72."""

    paid_yuan: Yuan
    receipt: Text


class CloseCase(Payload):
    """Closing approval (结案审批), PROC art. 77."""

    summary: Text


class Suspend(Payload):
    """Suspension of the investigation (中止), PROC art. 46."""

    ground: Literal["other_ruling", "interpretation", "force_majeure", "party_missing", "other"]
    reasons: Text


class Resume(Payload):
    """The ground of suspension fell away (恢复), PROC art. 46."""

    reasons: Text


class Terminate(Payload):
    """Termination: the party is dead or dissolved without successor (终止), PROC art. 47."""

    reasons: Text
