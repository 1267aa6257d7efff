"""What the steps of a request for assistance (协助调查) state: letter, receipt, delay, answer.

PROC is 市场监督管理行政处罚程序规定, art. 45.
"""

from datetime import date
from typing import Annotated

from pydantic import Field

from contracts.agencies import AgencyCode
from contracts.enforcement import Evidence
from contracts.intake import Text
from contracts.messages import Message
from contracts.procedure import Payload

AskedAgencies = Annotated[tuple[AgencyCode, ...], Field(min_length=1, max_length=50)]


class OpenAssistance(Message):
    """What opens a request (发出协助调查函): the letter, and whom it goes to."""

    letter_no: Text
    matter: Text
    """What is to be found out."""
    requested: AskedAgencies
    needed_by: date
    """The day by which the requester needs the answers; its own, as the letter states it."""


# ── the requester ────────────────────────────────────────────────────────────────────────────────


class AskAnother(Payload):
    """The letter goes to further agencies (增发协助调查函)."""

    agencies: AskedAgencies
    letter_no: Text
    matter: Text


class MoveNeededBy(Payload):
    """The requester needs the answers by another day (变更需要日期)."""

    needed_by: date
    reason: Text


class WithdrawRequest(Payload):
    """A request is not needed any more (撤回协助请求)."""

    reason: Text


class CloseAssistance(Payload):
    """Every answer is in (协助办结)."""

    summary: Text


# ── a requested agency ───────────────────────────────────────────────────────────────────────────


class ReceiveLetter(Payload):
    """The letter was received (签收协助调查函): from that day on fifteen working days run."""

    office: Text
    """Which office of the agency does it; never a private person."""


class TellDelay(Payload):
    """Told before expiry: it takes longer (告知延期), PROC art. 45."""

    reason: Text
    answer_by: date
    """The day told. The law prints no length for it."""


class AnswerRequest(Payload):
    """The answer, with its papers (复函)."""

    result: Text
    document_no: Text | None = None
    evidence: Annotated[tuple[Evidence, ...], Field(max_length=200)] = ()


class ForwardRequest(Payload):
    """Another agency can do it: the letter goes there, with the requester told (转送)."""

    to_agency: AgencyCode
    reason: Text


class ReturnRequest(Payload):
    """It is not within the agency's powers (退回): the letter goes back with the reason."""

    reason: Text
