"""What the steps of a criminal hand-off (行刑衔接) state: team, report, papers, police, goods.

TRANS is 行政执法机关移送涉嫌犯罪案件的规定 (State Council Order 310 of 2001, as amended 2020).
"""

from typing import Annotated, Literal

from pydantic import Field

from contracts.agencies import AgencyCode
from contracts.intake import Text, Yuan
from contracts.messages import Message, Sha256
from contracts.procedure import Payload

PaperKind = Literal[
    "transfer_letter",
    "investigation_report",
    "goods_list",
    "test_report",
    "appraisal",
    "penalty_decision",
    "other",
]
"""Papers of TRANS art. 6: 移送书, 调查报告, 物品清单, 检验报告 or 鉴定结论, others; and the penalty
decision, where there is one.
"""


class HandedPaper(Message):
    """One line of the checklist (移送材料清单): a paper that goes along, or why it does not."""

    kind: PaperKind
    name: Text
    document_no: Text | None = None
    sha256: Sha256 | None = None
    absent_reason: Text | None = None
    """Why it is missing; a paper with a reason is named as missing to the police."""


class HandedGoods(Message):
    """One item of the goods handed over (涉案物品)."""

    name: Text
    quantity: Text
    traits: Text | None = None
    place: Text | None = None
    """Where it was kept until now."""


# ── the agency ───────────────────────────────────────────────────────────────────────────────────


class FormTeam(Payload):
    """A special team of two or more officers (专案组), TRANS art. 5."""

    officers: Annotated[tuple[str, ...], Field(min_length=2, max_length=20)]


class ReportToChief(Payload):
    """The team's written report to the principal officer (移送的书面报告), TRANS art. 5."""

    facts: Text
    offence: Text
    """The offence suspected, with its article of the criminal law."""
    proposal: Text


class ApproveTransfer(Payload):
    """The principal officer approves the transfer (批准移送), TRANS art. 5."""

    opinion: Text


class RefuseTransfer(Payload):
    """The principal officer refuses, with reasons on record (不批准移送), TRANS art. 5."""

    reasons: Text


class HandOverPapers(Payload):
    """The case goes to the police of the same level with its papers (移送), TRANS arts 5, 6."""

    police: AgencyCode
    document_no: Text
    """Number of the transfer letter (涉嫌犯罪案件移送书)."""
    papers: Annotated[tuple[HandedPaper, ...], Field(min_length=1, max_length=200)]


class SupplementPapers(Payload):
    """Missing papers are handed in later (补正材料)."""

    papers: Annotated[tuple[HandedPaper, ...], Field(min_length=1, max_length=200)]


class ReceiveNotice(Payload):
    """A written notice of the police or the procuratorate came in (收到通知书)."""

    document_no: Text


class AskReconsideration(Payload):
    """The police that refused are asked to reconsider (提请复议), TRANS art. 9."""

    police: AgencyCode
    reasons: Text


class AskProcuratorate(Payload):
    """The procuratorate is asked to supervise the filing (建议立案监督), TRANS art. 9."""

    procuratorate: AgencyCode
    reasons: Text


class AcceptRefusal(Payload):
    """The agency deals with the matter itself (依法自行处理), TRANS art. 10."""

    reasons: Text


class HandOverGoods(Payload):
    """Goods and other material go to the police, formalities done (移交涉案物品), TRANS art. 12."""

    list_no: Text
    """Number of the list both sides sign (物品移交清单)."""
    items: tuple[HandedGoods, ...]
    """Empty where nothing was taken."""
    received_by: Text
    """The office that took them in."""
    told_party_document: Text | None = None
    """Paper that tells the party of it (查封/扣押物品移送告知书), AEL art. 21."""


class AskAfter(Payload):
    """The agency asks how the case stands (查询办理情况)."""

    answer: Text


class RecordJudgment(Payload):
    """The court's judgment (刑事判决); fines paid are set off, TRANS art. 11, APL art. 35."""

    court: Text
    document_no: Text
    criminal_fine_yuan: Yuan
    """The criminal fine (罚金); zero where there is none."""


class RecordReturn(Payload):
    """Justice gave the case back for an administrative penalty (退回行政机关), APL art. 27."""

    by: Literal["police", "procuratorate", "court"]
    document_no: Text


# ── the police ───────────────────────────────────────────────────────────────────────────────────


class SignReceipt(Payload):
    """The police sign the receipt of the transfer letter (回执签字), TRANS art. 7."""

    receipt_no: Text | None = None


class AcceptCase(Payload):
    """The case is theirs and its papers are complete (受理)."""


class NameMissingPapers(Payload):
    """The case is theirs; missing papers are named in writing (一次告知补正)."""

    missing: Annotated[tuple[PaperKind, ...], Field(min_length=1, max_length=20)]
    document_no: Text


class ForwardCase(Payload):
    """Not theirs: forwarded to the competent police, the agency told in writing (转送), TRANS
    art. 7.
    """

    to_agency: AgencyCode
    reason: Text
    notice_no: Text
    """The paper that tells the agency; the transfer letter keeps its own number."""


class DecideToFile(Payload):
    """The police file the case (决定立案), TRANS art. 8."""

    document_no: Text


class DecideNotToFile(Payload):
    """The police do not file it, say why, and give the papers back (不予立案), TRANS art. 8."""

    ground: Literal["no_crime", "not_liable", "papers_missing", "other"]
    """没有犯罪事实, 不需要追究刑事责任, 材料不全 (refused by the table), other."""
    reasons: Text
    document_no: Text


class UpholdRefusal(Payload):
    """The police stand by their refusal (复议维持不予立案), TRANS art. 9."""

    reasons: Text
    document_no: Text


# ── the procuratorate ────────────────────────────────────────────────────────────────────────────


class DemandReasons(Payload):
    """The procuratorate demands the police's reasons (要求说明不立案理由), SPP art. 10."""

    police: AgencyCode
    document_no: Text


class StateReasons(Payload):
    """The police state why they did not file (说明不立案理由), SPP art. 10."""

    reasons: Text


class OrderFiling(Payload):
    """The procuratorate orders the police to file (通知立案), SPP art. 10."""

    police: AgencyCode
    reasons: Text
    document_no: Text


class FindRefusalJustified(Payload):
    """The procuratorate finds the refusal justified (认为不立案理由成立)."""

    reasons: Text
    document_no: Text


class CloseSupervision(Payload):
    """The police filed meanwhile: the supervision is over (立案监督终结)."""
