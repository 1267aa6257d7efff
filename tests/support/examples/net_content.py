"""A campaign of net-content checks as it is told, and what the steps of one check state."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from contracts import net_content as n
from contracts.intake import MeasurementsSubmitted, Package
from contracts.messages import Message
from tests.support.examples.moments import AGENCY, CASE, HASH, INSPECTOR, SECOND, at

CAMPAIGN = UUID("3a1d8f0e-7f0b-4f5e-9a57-0c5b8a9d2e41")
PRODUCT = UUID("c0a6d0f3-1d7e-5c1b-8f52-2b7a7a0f9d10")
OTHER = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
CODE = "91441204MA51A0008Y"
_FINDING = {
    "case_id": CASE,
    "occurred_at": at("2026-04-20 16:00"),
    "laboratory": "LAB-1",
    "verdict": "fail",
    "finding_sha256": HASH,
    "sheet_sha256": OTHER,
}

_EVENTS: tuple[Message, ...] = (
    n.CampaignOpened(
        occurred_at=at("2026-04-01 09:00"),
        campaign_id=CAMPAIGN,
        agency=AGENCY,
        name="2026年大米净含量监督抽查",
        subjects=120,
        wanted=12,
        list_sha256=HASH,
        commitment=OTHER,
    ),
    n.CampaignDrawn(
        occurred_at=at("2026-04-02 10:00"),
        campaign_id=CAMPAIGN,
        agency=AGENCY,
        seed=OTHER,
        public_word="开奖号 07 11 23",
        list_sha256=HASH,
        checks=12,
    ),
    n.CheckDrawn(
        case_id=CASE,
        occurred_at=at("2026-04-02 10:00"),
        campaign_id=CAMPAIGN,
        agency=AGENCY,
        region="441204",
        subject_code=CODE,
        product_id=PRODUCT,
        inspectors=(INSPECTOR, SECOND),
    ),
    n.FindingMade.model_validate(_FINDING),
    n.RetestFindingMade.model_validate(_FINDING | {"laboratory": "LAB-2", "verdict": "pass"}),
    n.RecheckFindingMade.model_validate(_FINDING | {"verdict": "pass"}),
    n.LotFailed(
        case_id=CASE,
        occurred_at=at("2026-05-15 00:00"),
        campaign_id=CAMPAIGN,
        agency=AGENCY,
        region="441204",
        subject_name="某米业有限公司",
        subject_code=CODE,
        product="大米 500 g",
        finding_sha256=HASH,
        engine="cn-2005",
        summary="平均实际含量小于标注净含量",
        failing_lots=1,
        t2_percent=10,
        goods_value_yuan=Decimal("12000.50"),
    ),
    n.FindingOverturned(
        case_id=CASE,
        occurred_at=at("2026-05-12 16:00"),
        finding_sha256=OTHER,
        overturned_sha256=HASH,
    ),
    n.ResultPublished(
        case_id=CASE,
        occurred_at=at("2026-05-20 10:00"),
        verdict="fail",
        published_on=date(2026, 5, 20),
    ),
    n.CheckClosed(
        case_id=CASE,
        occurred_at=at("2026-07-01 10:00"),
        outcome="rectified",
        closed_on=date(2026, 7, 1),
    ),
    MeasurementsSubmitted(
        occurred_at=at("2026-04-20 15:30"),
        check_id=CASE,
        round="first",
        laboratory="LAB-1",
        instruments=("BAL-1",),
        measured_on=date(2026, 4, 20),
        unit="g",
        packages=(
            Package(number="1", net="498.7"),
            Package(number="2", gross="520.4", tare="20.1"),
        ),
    ),
)

_STEPS: tuple[Message, ...] = (
    n.NotifyCheck(
        happened_at=at("2026-04-08 09:30"),
        note="已出示执法证件",
        officers=(INSPECTOR, SECOND),
        served_by="direct",
    ),
    n.RecordSampling(
        lot="20260315",
        lot_size=300,
        sample_size=50,
        place="warehouse",
        method="systematic",
        laboratory="LAB-1",
        attended_by="producer",
        goods_value_yuan=Decimal("12000.50"),
    ),
    n.NoteFinding(verdict="fail", finding_sha256=HASH, laboratory="LAB-1"),
    n.TellFinding(served_by="direct", objection_right_told=True),
    n.TakeObjection(grounds="留样受潮,申请复检。", received_at=at("2026-04-28 11:00")),
    n.AcceptFinding(document="结果确认书"),
    n.RefuseObjection(reasons="超过异议期限。"),
    n.CommissionRetest(laboratory="LAB-2"),
    n.OrderRectification(measures="校准灌装秤,复核去皮值。", due_on=date(2026, 6, 10)),
    n.ReportRectification(done="已更换灌装秤传感器。"),
    n.PublishResult(address="国家企业信用信息公示系统"),
    n.CloseCheck(summary="复查合格。"),
    n.CallOff(grounds="ceased_operation", reasons="企业已停产。"),
)

EXAMPLES = (*_EVENTS, *_STEPS)
