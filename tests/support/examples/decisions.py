"""What enforcement tells and what its steps state, from the review to the closed case."""

from datetime import date
from decimal import Decimal

from contracts import enforcement as e
from contracts.messages import Message
from tests.support.examples.moments import AGENCY, CASE, at

_EVENTS: tuple[Message, ...] = (
    e.PenaltyDecided(
        case_id=CASE,
        occurred_at=at("2026-05-06 10:00"),
        number="肇高市监处罚〔2026〕31号",
        fine_yuan=Decimal("2000.00"),
        confiscated_yuan=Decimal("120000.00"),
        decided_on=date(2026, 5, 6),
    ),
    e.NoPenaltyDecided(case_id=CASE, occurred_at=at("2026-05-06 10:00"), outcome="not_proved"),
    e.CaseHandedOver(
        case_id=CASE,
        occurred_at=at("2026-03-20 17:00"),
        to="肇庆市公安局高要分局",
        number="肇高市监移送〔2026〕2号",
    ),
    e.DecisionPublished(
        case_id=CASE, occurred_at=at("2026-05-20 09:00"), published_on=date(2026, 5, 20)
    ),
    e.CaseClosed(
        case_id=CASE,
        occurred_at=at("2026-06-02 11:00"),
        outcome="penalty_executed",
        closed_on=date(2026, 6, 2),
    ),
    e.ReporterRead(
        case_id=CASE,
        occurred_at=at("2026-03-12 09:00"),
        reference="rep-5f0c1d",
        by="gaoyao-samr.head",
        agency=AGENCY,
        purpose="reward",
    ),
)

_STEPS: tuple[Message, ...] = (
    e.Review(opinion="事实清楚，证据充分，程序合法。"),
    e.ApproveProposal(opinion="同意。"),
    e.ServeNotice(
        happened_at=at("2026-04-20 10:00"),
        note="当面送达，当事人签收",
        served_by="direct",
        proposed_fine_yuan=Decimal("2000.00"),
        proposed_confiscation_yuan=Decimal("120000.00"),
        party="organisation",
        hearing_right_told=True,
    ),
    e.HearStatement(statement="系维修人员私自加装。", accepted=False, why="与查明事实不符。"),
    e.DiscussCollectively(
        attended=("gaoyao-samr.head", "gaoyao-samr.chief"), conclusion="同意审核意见。"
    ),
    e.DecidePenalty(
        happened_at=at("2026-05-06 10:00"),
        fine_yuan=Decimal("2000.00"),
        confiscated_yuan=Decimal("120000.00"),
        confiscated_items=("作弊计控主板两块",),
        warning=False,
        basis=("计量法 第二十七条",),
    ),
    e.DecideNoPenalty(reasons="违法行为轻微并及时改正，没有造成危害后果。"),
    e.HandOver(
        to="肇庆市公安局高要分局",
        reason="违法所得数额较大，涉嫌犯罪。",
        document="移送书〔2026〕2号",
    ),
    e.ServeDecision(happened_at=at("2026-05-08 14:00"), served_by="direct", recipient="法定代表人"),
    e.PublishDecision(address="国家企业信用信息公示系统"),
    e.RecordPayment(
        happened_at=at("2026-05-18 16:00"), paid_yuan=Decimal("122000.00"), receipt="0012345678"
    ),
    e.CloseCase(summary="处罚决定已执行完毕。"),
)

EXAMPLES = (*_EVENTS, *_STEPS)
