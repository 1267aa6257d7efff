"""What the steps of supervision down the line of command (执法监督、案件督办) state.

SUPV is 市场监督管理执法监督暂行规定 (SAMR Order 22 of 2019), arts 18-20.
"""

from datetime import date
from typing import Annotated

from pydantic import Field

from contracts.intake import Text
from contracts.messages import Message, Sha256
from contracts.procedure import Payload

Demands = Annotated[tuple[Text, ...], Field(min_length=1, max_length=50)]


class OpenSupervision(Message):
    """What opens a supervision (执法监督立项): what it is about."""

    subject: Text


# ── whoever supervises ───────────────────────────────────────────────────────────────────────────


class IssueNotice(Payload):
    """A supervision notice (执法监督通知书), SUPV art. 18: to be answered in ten working days."""

    document_no: Text
    findings: Text
    demands: Demands


class IssueDecision(Payload):
    """A supervision decision (执法监督决定书), SUPV art. 19: corrected in the time it sets."""

    document_no: Text
    findings: Text
    demands: Demands
    correct_by: date


class SuperviseCase(Payload):
    """Supervised handling of one case (案件督办): what is to be done, and reported."""

    document_no: Text
    demands: Demands


class IssueGovernmentOpinion(Payload):
    """A government's own paper on enforcement supervision (行政执法监督意见书、通知书)."""

    document_no: Text
    findings: Text
    demands: Demands


class AcceptAnswer(Payload):
    """The answer is good: the supervision is over (认可答复)."""

    opinion: Text


class ReturnAnswer(Payload):
    """The answer is not good enough (退回答复): it is given again by the day set."""

    reason: Text
    answer_by: date


class WithdrawSupervision(Payload):
    """The paper is taken back (撤回)."""

    reason: Text


class ReplyToObjection(Payload):
    """What the supervisor says to the objection (复查答复), SUPV art. 20."""

    document_no: Text
    reasons: Text


# ── whoever is supervised ────────────────────────────────────────────────────────────────────────


class AnswerNotice(Payload):
    """The answer to a supervision paper (书面答复)."""

    answer: Text
    document_no: Text | None = None
    sha256: Sha256 | None = None


class ReportProgress(Payload):
    """How the supervised case stands (督办进展)."""

    progress: Text


class CompleteCorrection(Payload):
    """What the decision demanded is corrected (改正完毕)."""

    measures: Text


class ObjectToDecision(Payload):
    """The supervised agency applies for review of the decision (申请复查), SUPV art. 20."""

    grounds: Text
