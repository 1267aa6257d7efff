"""Enforcement: what it tells the others, and what a step of an enforcement case states.

Articles: PROC is 市场监督管理行政处罚程序规定 (SAMR Order 2 of 2018 as amended by Orders 42 and
61).
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from contracts.agencies import AgencyCode
from contracts.intake import Text, Yuan
from contracts.messages import CaseEvent, Instant, Message, RegionCode, Sha256
from contracts.procedure import Payload

ResponseLevel = Literal["I", "II", "III", "IV"]
ChangeOfJurisdiction = Literal["called_up", "assigned", "agreed", "transferred", "designated"]
"""提级管辖, 交办, 协商, 移送, 指定管辖: how another agency became competent (PROC arts 13-16)."""
ReadingPurpose = Literal["investigation", "protection", "reward", "court_order"]
"""Why a reporter's identity may be read; a list, so that no name slips into a free text."""


# ── events ───────────────────────────────────────────────────────────────────────────────────────


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


# ── what a step states ───────────────────────────────────────────────────────────────────────────


class Evidence(Message):
    """One item of evidence (证据): a file by its hash, or a thing, with who keeps it."""

    name: Text
    kind: Literal[
        "document",
        "physical",
        "audiovisual",
        "electronic",
        "testimony",
        "statement",
        "appraisal",
        "record",
    ]
    """Kinds of evidence of 行政处罚法 art. 46."""
    sha256: Sha256 | None = None
    custodian: Text
    place: Text | None = None


class VerifyLead(Payload):
    """Findings of the verification of a lead (核查)."""

    findings: Text
    initial_evidence: bool
    """Initial evidence of a violation (PROC art. 19(1))."""
    evidence: tuple[Evidence, ...] = ()


class FileCase(Payload):
    """Filing approval (立案审批); all four conditions of PROC art. 19 must hold."""

    initial_evidence: bool
    penalty_due: bool
    own_jurisdiction: bool
    within_limitation: bool
    cause: Text
    """Cause of action (案由)."""


class DeclineToFile(Payload):
    """Decision not to file (不予立案), PROC art. 20."""

    grounds: Literal["minor_corrected_no_harm", "first_time_slight_corrected", "no_fault", "other"]
    reasons: Text


class NameInvestigators(Payload):
    """Two or more investigators with law-enforcement qualification (PROC art. 19)."""

    investigators: Annotated[tuple[str, ...], Field(min_length=1, max_length=20)]


class Investigate(Payload):
    """An act of investigation: inspection, questioning, extraction of evidence (PROC art. 22
    ff.).
    """

    officers: Annotated[tuple[str, ...], Field(min_length=2)]
    """Two officers who showed their papers (PROC art. 22)."""
    act: Literal["inspection", "questioning", "extraction", "sampling", "other"]
    findings: Text
    evidence: tuple[Evidence, ...] = ()


class PreserveEvidence(Payload):
    """Advance registration and preservation of evidence (先行登记保存), PROC arts 33-35."""

    items: Annotated[tuple[Text, ...], Field(min_length=1)]
    place: Text
    document: Text | None = None


class Seize(Payload):
    """Sealing or seizure (查封、扣押), PROC arts 36-38."""

    items: Annotated[tuple[Text, ...], Field(min_length=1)]
    place: Text
    document: Text | None = None


class ApproveMeasure(Payload):
    """The head's approval of a measure taken at once, on paper (PROC arts 33, 36)."""

    opinion: Text


class DisposePreserved(Payload):
    """What becomes of preserved evidence (PROC art. 35)."""

    disposal: Literal["recorded", "sent_for_testing", "seized", "confiscated", "returned"]


class Lift(Payload):
    """A measure is lifted (解除), PROC arts 35, 42."""

    reason: Text


class CommissionTest(Payload):
    """Testing, verification or appraisal is commissioned (委托检测/检定/鉴定); the party is told
    the period in writing.
    """

    kind: Literal["testing", "inspection", "quarantine", "appraisal"]
    laboratory: Text
    items: Annotated[tuple[Text, ...], Field(min_length=1)]
    told_party_document: Text
    """The paper that states the period to the party (检测/检验/检疫/鉴定期间告知书); without it
    no day is left out.
    """


class TestResult(Payload):
    """A laboratory's result came in."""

    __test__ = False

    result: Text
    report: Evidence | None = None


class ConcludeInvestigation(Payload):
    """Report on the end of the investigation (案件调查终结报告), PROC art. 48."""

    facts: Text
    nature: Text
    proposal: Text
    basis: Annotated[tuple[Text, ...], Field(min_length=1)]
    discretion: Text
    proposed_fine_yuan: Yuan = Decimal(0)
    proposed_confiscation_yuan: Yuan = Decimal(0)
    legal_review_required: bool = False
    """Whether PROC art. 50 demands legal review (法制审核) rather than case review."""


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


# ── a suspected crime, and another agency's competence ───────────────────────────────────────────


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
