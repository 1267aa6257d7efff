"""A report as an agency's system sends it."""

from datetime import date
from decimal import Decimal
from typing import Any

from contracts.intake import (
    AnswerSubmitted,
    Instrument,
    MatterSubmitted,
    Publication,
    ReportSubmitted,
)
from contracts.messages import Message
from tests.support.examples.moments import CASE, HASH, REPORTED, at


def report(**changes: Any) -> ReportSubmitted:
    """A report of a tampered fuel dispenser, with everything a sender may say."""
    return REPORT.model_copy(update=changes)


REPORT = ReportSubmitted(
    occurred_at=REPORTED,
    reference="GY-2026-0117",
    violation="tampered_fuel_dispenser",
    region="441204",
    subject_name="高要区某加油站",
    subject_code="91441204MA4W0001XK",
    premises="fuel_station",
    channel="inspection",
    summary="加油机计控主板被更换，示值误差超过最大允许误差，涉嫌破坏计量器具准确度。",
    instruments=(Instrument(kind="燃油加油机", count=4, measured_error="-3.2%", limit="±0.30%"),),
    illegal_income_yuan=Decimal("8015000.00"),
    goods_value_yuan=Decimal("250000.00"),
    loss_yuan=Decimal("120000.00"),
    deaths=0,
    crowd=12,
    suspected_crime=True,
    cross_region=False,
    legal_basis=("计量法 第二十七条", "计量法实施细则 第四十六条"),
    other_agencies=("公安机关",),
    evidence=(HASH,),
    reporter="rep-5f0c1d",
    discovered_on=date(2026, 3, 1),
    publication=Publication(
        record="PMC-001",
        published_on="2024-11-12",
        decided_on="2024-01-12",
        penalty_total_yuan=Decimal("1400000.00"),
        outcome="刑事判决；违法所得没收",
    ),
    drill_shift_s=0,
)

FAILING_LOT = REPORT.model_copy(
    update={"violation": "net_content_short", "failing_lots": 3, "t2_percent": 12}
)

EXAMPLES: tuple[Message, ...] = (
    REPORT,
    FAILING_LOT,
    MatterSubmitted(
        occurred_at=at("2026-03-02 10:00"),
        reference="JOINT-7",
        procedure="joint_enforcement",
        by="gaoyao-amr.liaison",
        title="加油站计量作弊联合检查",
        of_case=CASE,
        agencies=("gaoyao-justice",),
        facts={"invited": ["gaoyao-police"], "reply_by": "2026-03-03", "due_on": "2026-03-20"},
        drill_shift_s=60,
    ),
    AnswerSubmitted(
        occurred_at=at("2026-03-02 11:00"),
        procedure="joint_enforcement",
        case_id=CASE,
        step="accept",
        line="task/1",
        by="gaoyao-police.liaison",
        expected_version=0,
        payload={"office": "治安大队"},
    ),
)
