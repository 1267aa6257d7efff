"""A fast response as coordination tells it, and what its steps state."""

from contracts import coordination as c
from contracts.messages import Message
from tests.support.examples.investigation import EVIDENCE
from tests.support.examples.moments import AGENCY, CASE, INSPECTOR, SECOND, SUPERIOR, at

_EVENTS: tuple[Message, ...] = (
    c.ResponseMobilised(
        case_id=CASE,
        occurred_at=at("2026-03-02 09:16"),
        agency=AGENCY,
        level="I",
        violation="tampered_fuel_dispenser",
        region="441204",
        drill_shift_s=60,
    ),
    c.TeamOnSite(
        case_id=CASE, occurred_at=at("2026-03-02 10:05"), arrived_at=at("2026-03-02 10:05")
    ),
    c.SiteSecured(
        case_id=CASE, occurred_at=at("2026-03-02 10:40"), secured_at=at("2026-03-02 10:40")
    ),
    c.ReportedUp(
        case_id=CASE, occurred_at=at("2026-03-02 09:40"), agency=AGENCY, to=SUPERIOR, kind="first"
    ),
    c.ResponseStoodDown(
        case_id=CASE, occurred_at=at("2026-03-04 18:00"), stood_down_at=at("2026-03-04 18:00")
    ),
)

_STEPS: tuple[Message, ...] = (
    c.MakeFirstContact(
        happened_at=at("2026-03-02 09:30"),
        note="电话联系",
        whom="premises",
        found="站内仍在营业，已要求停用涉事加油机。",
    ),
    c.ArriveOnSite(officers=(INSPECTOR, SECOND)),
    c.SecureSite(measures="封存两台加油机，提取监控录像。", evidence=(EVIDENCE,)),
    c.SendReport(content="高要区一加油站涉嫌计量作弊，已到场控制。"),
    c.ReceiveReport(instructions="每两小时续报一次。"),
    c.FollowUp(content="计控主板已送检，无人员聚集。"),
    c.RaiseLevel(level="I"),
    c.NoteHandOver(to="肇庆市公安局高要分局"),
    c.StandDown(outcome="现场已控制，转入立案调查。"),
    c.RecordAfterAction(
        what_went_well="五十分钟内到场，证据完整。", to_improve="检定人员名单须定期更新。"
    ),
)

EXAMPLES = (*_EVENTS, *_STEPS)
