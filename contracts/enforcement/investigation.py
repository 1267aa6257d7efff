"""What the steps from a lead to the end of its investigation state (调查取证).

Articles: PROC is 市场监督管理行政处罚程序规定 (SAMR Order 2 of 2018 as amended by Orders 42 and
61).
"""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from contracts.intake import Text, Yuan
from contracts.messages import Message, Sha256
from contracts.procedure import Payload


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
