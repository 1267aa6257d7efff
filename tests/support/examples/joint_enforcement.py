"""A joint operation as its steps state it, and as coordination tells of it."""

from datetime import date

from contracts import coordination as c
from contracts import joint_enforcement as j
from contracts.messages import Message
from tests.support.examples.investigation import EVIDENCE
from tests.support.examples.moments import AGENCY, CASE, SUPERIOR, at

_POLICE, _JUSTICE = "gaoyao-police", "gaoyao-justice"
_REPLY, _DUE = date(2026, 3, 3), date(2026, 3, 20)
_REASON = "案情涉及网络销售。"

_EVENTS: tuple[Message, ...] = (
    c.MatterOpened(
        case_id=CASE,
        occurred_at=at("2026-03-02 09:30"),
        procedure="joint_enforcement",
        of_case=CASE,
        agency=AGENCY,
        agencies=(AGENCY,),
        facts={"invited": [_POLICE], "reply_by": "2026-03-03", "due_on": "2026-03-20"},
        drill_shift_s=60,
    ),
    c.AgencyInvited(
        case_id=CASE,
        occurred_at=at("2026-03-02 09:31"),
        agency=_POLICE,
        line="task/1",
        reply_by=_REPLY,
        due_on=_DUE,
    ),
    c.InvitationAnswered(
        case_id=CASE,
        occurred_at=at("2026-03-02 11:00"),
        agency=_POLICE,
        line="task/1",
        how="forwarded",
        to=(_JUSTICE,),
    ),
    c.LeadHandedOver(case_id=CASE, occurred_at=at("2026-03-05 09:00"), agencies=(SUPERIOR,)),
    c.OperationConcluded(
        case_id=CASE, occurred_at=at("2026-03-18 16:00"), of_case=CASE, agencies=(AGENCY,)
    ),
)

_STEPS: tuple[Message, ...] = (
    j.InviteAgencies(
        agencies=(_JUSTICE,), task="核查涉案网店经营者身份。", reply_by=_REPLY, due_on=_DUE
    ),
    j.AgreeDate(reply_by=_REPLY, due_on=_DUE),
    j.WithdrawInvitation(reason="任务已由他机关完成。"),
    j.WriteNote(text="与公安机关商定同时行动。"),
    j.RecordJointInspection(
        place="高要区某农贸市场",
        participants=(AGENCY, _POLICE),
        findings="当场查获作弊电子秤三台。",
        evidence=(EVIDENCE,),
    ),
    j.HandOverLead(to_agency=_POLICE, return_on=date(2026, 3, 15), reason="进入刑事侦查阶段。"),
    j.TakeBackLead(reason="公安机关决定不予立案。"),
    j.LeaveLead(reason="由公安机关继续牵头。"),
    j.ProposeOutcome(outcome="没收作弊秤并处罚款。"),
    j.AgreeOutcome(),
    j.ObjectToOutcome(reason="罚款数额尚需核定。"),
    j.ResumeOperation(reason="补充取证。"),
    j.ConcludeOperation(outcome="没收作弊秤三台，罚款二千元。"),
    j.CancelOperation(reason="举报不实。"),
    j.NoteCaseHandedOver(to="肇庆市公安局高要分局"),
    j.AcceptInvitation(office="治安大队"),
    j.ForwardInvitation(to_agency=_JUSTICE, reason=_REASON),
    j.SplitInvitation(agencies=(_POLICE, _JUSTICE), reason=_REASON),
    j.RefuseInvitation(reason="不属于本机关职权。"),
    j.ProposeDate(reason="人员外出办案。", reply_by=_REPLY, due_on=_DUE),
    j.ShareEvidence(evidence=(EVIDENCE,)),
    j.AttachDecision(
        document_no="肇高市监处罚〔2026〕12号",
        decided_on=date(2026, 3, 17),
        summary="罚款二千元。",
        sha256="ab" * 32,
    ),
    j.CompleteTask(result="已查明经营者身份。"),
)

EXAMPLES = (*_EVENTS, *_STEPS)
