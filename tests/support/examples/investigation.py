"""What enforcement tells and its steps state, from the lead to the end of the investigation."""

from datetime import date
from decimal import Decimal
from typing import Any

from contracts import enforcement as e
from contracts.messages import Message
from tests.support.examples.moments import (
    AGENCY,
    CASE,
    HASH,
    INSPECTOR,
    REPORTED,
    SECOND,
    at,
)

EVIDENCE = e.Evidence(
    name="加油机计控主板照片",
    kind="electronic",
    sha256=HASH,
    custodian="高要区市场监督管理局物证室",
    place="高要区南岸街道",
)


def case_opened(**changes: Any) -> e.CaseOpened:
    """A major case, just opened from a report."""
    return OPENED.model_copy(update=changes)


OPENED = e.CaseOpened(
    case_id=CASE,
    occurred_at=REPORTED,
    agency=AGENCY,
    source=f"/agencies/{AGENCY}",
    reference="GY-2026-0117",
    violation="tampered_fuel_dispenser",
    region="441204",
    subject_name="高要区某加油站",
    subject_code="91441204MA4W0001XK",
    level="I",
    level_reasons=("违法所得五百万元以上", "涉嫌犯罪"),
    mobilises=True,
    received_at=at("2026-03-02 09:16"),
    drill_shift_s=0,
)

_EVENTS: tuple[Message, ...] = (
    OPENED,
    e.ReportLinked(
        case_id=CASE,
        occurred_at=at("2026-03-03 10:00"),
        source=f"/agencies/{AGENCY}",
        reference="GY-2026-0121",
    ),
    e.LevelRaised(
        case_id=CASE,
        occurred_at=at("2026-03-03 10:00"),
        agency=AGENCY,
        level="II",
        level_reasons=("跨区域",),
        mobilises=True,
        drill_shift_s=0,
    ),
    e.CaseFiled(
        case_id=CASE,
        occurred_at=at("2026-03-09 15:00"),
        number="肇高市监立〔2026〕12号",
        filed_on=date(2026, 3, 9),
    ),
    e.CaseNotFiled(
        case_id=CASE, occurred_at=at("2026-03-09 15:00"), grounds="first_time_slight_corrected"
    ),
)

_LEAD: tuple[Message, ...] = (
    e.VerifyLead(
        happened_at=at("2026-03-05 16:30"),
        note="现场核查两次",
        findings="两台加油机铅封破损，示值误差-3.2%。",
        initial_evidence=True,
        evidence=(EVIDENCE,),
    ),
    e.FileCase(
        happened_at=at("2026-03-09 15:00"),
        note="主要负责人口头同意后补签",
        initial_evidence=True,
        penalty_due=True,
        own_jurisdiction=True,
        within_limitation=True,
        cause="涉嫌破坏计量器具准确度案",
    ),
    e.DeclineToFile(grounds="first_time_slight_corrected", reasons="初次违法，误差轻微，已改正。"),
    e.NameInvestigators(investigators=(INSPECTOR, SECOND)),
)

_ACTS: tuple[Message, ...] = (
    e.Investigate(
        happened_at=at("2026-03-10 10:00"),
        officers=(INSPECTOR, SECOND),
        act="inspection",
        findings="拆检计控主板，发现加装芯片。",
        evidence=(EVIDENCE,),
    ),
    e.PreserveEvidence(items=("计控主板两块",), place="高要区某加油站", document="先登〔2026〕3号"),
    e.Seize(items=("加油机四台",), place="高要区某加油站", document="扣〔2026〕2号"),
    e.ApproveMeasure(opinion="情况紧急，同意补办手续。"),
    e.DisposePreserved(disposal="sent_for_testing"),
    e.Lift(reason="已完成检定，物品退还当事人。"),
    e.CommissionTest(
        kind="testing",
        laboratory="广东省计量科学研究院",
        items=("计控主板两块",),
        told_party_document="检测期间告知书〔2026〕1号",
    ),
    e.TestResult(result="主板程序与型式批准样机不一致。", report=EVIDENCE),
    e.Suspend(ground="other_ruling", reasons="须以另案刑事判决为依据。"),
    e.Resume(reasons="另案判决已生效。"),
    e.Terminate(reasons="当事人已注销，无承继者。"),
    e.ConcludeInvestigation(
        facts="自2025年8月起加装作弊芯片，少给油。",
        nature="破坏计量器具准确度，欺骗消费者。",
        proposal="没收违法所得，并处罚款。",
        basis=("计量法 第二十七条", "计量法实施细则 第四十六条"),
        discretion="情节严重，从重。",
        proposed_fine_yuan=Decimal("2000.00"),
        proposed_confiscation_yuan=Decimal("120000.00"),
        legal_review_required=True,
    ),
)

EXAMPLES = (*_EVENTS, *_LEAD, *_ACTS)
