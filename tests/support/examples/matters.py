"""Jurisdiction, assistance and supervision, as their steps state them and as coordination tells."""

from datetime import date
from uuid import UUID

from contracts import assistance as a
from contracts import coordination as c
from contracts import jurisdiction as j
from contracts import supervision as s
from contracts.messages import Message
from tests.support.examples.investigation import EVIDENCE
from tests.support.examples.moments import AGENCY, CASE, HASH, SUPERIOR, at

_ID = UUID("5b0e4f0a-2c47-5d11-8a3e-6f1d2c3b4a59")
_NEIGHBOUR = "dinghu-samr"
_NUMBER = "肇市监指管〔2026〕3号"

_EVENTS: tuple[Message, ...] = (
    c.JurisdictionFixed(
        case_id=_ID,
        occurred_at=at("2026-03-12 10:00"),
        of_case=CASE,
        parties=(AGENCY, _NEIGHBOUR),
        to=_NEIGHBOUR,
        how="designated",
        by=SUPERIOR,
    ),
    c.AssistanceRequested(
        case_id=_ID,
        occurred_at=at("2026-03-05 09:00"),
        of_case=CASE,
        agency=_NEIGHBOUR,
        line="request/1",
    ),
    c.AssistanceDelayed(
        case_id=_ID,
        occurred_at=at("2026-03-20 09:00"),
        of_case=CASE,
        agency=_NEIGHBOUR,
        line="request/1",
        answer_by=date(2026, 4, 10),
    ),
    c.AssistanceAnswered(
        case_id=_ID,
        occurred_at=at("2026-04-08 09:00"),
        of_case=CASE,
        agency=_NEIGHBOUR,
        line="request/1",
        how="answered",
    ),
    c.SupervisionIssued(
        case_id=_ID,
        occurred_at=at("2026-03-05 09:00"),
        of_case=CASE,
        kind="notice",
        agency=AGENCY,
        by=SUPERIOR,
    ),
    c.SupervisionAnswered(
        case_id=_ID, occurred_at=at("2026-03-16 09:00"), of_case=CASE, agency=AGENCY, to=SUPERIOR
    ),
)

_JURISDICTION: tuple[Message, ...] = (
    j.NameCompetent(to_agency=_NEIGHBOUR, grounds="违法行为发生地在鼎湖区。"),
    j.AgreeJurisdiction(to_agency=_NEIGHBOUR, grounds="双方同意由违法行为发生地管辖。"),
    j.ReferDispute(papers=("案件来源登记表", "协商记录"), grounds="协商不成。"),
    j.DesignateAgency(to_agency=_NEIGHBOUR, document_no=_NUMBER, reason="违法行为发生地。"),
    j.WithdrawDispute(reason="查明违法行为发生在本区。"),
    j.AskSuperior(asks="take", papers=("调查报告",), grounds="案件跨三个县区。"),
    j.CallUp(document_no=_NUMBER, reason="案情重大。"),
    j.AssignCase(
        to_agency=_NEIGHBOUR, document_no=_NUMBER, reason="原办理机关回避。", not_reserved=True
    ),
    j.RefuseRequest(reason="可由县局自行办理。"),
    j.TransferCase(to_agency=_NEIGHBOUR, document_no="案件移送函1号", grounds="违法行为发生地。"),
    j.WithdrawChange(reason="案情已查明。"),
)

_ASSISTANCE: tuple[Message, ...] = (
    a.AskAnother(agencies=(_NEIGHBOUR,), letter_no="协助调查函2号", matter="查明加油机维修记录。"),
    a.MoveNeededBy(needed_by=date(2026, 4, 20), reason="集体讨论延后。"),
    a.WithdrawRequest(reason="已另行查明。"),
    a.CloseAssistance(summary="维修单位已查明。"),
    a.ReceiveLetter(office="执法二科"),
    a.TellDelay(reason="须调取外省记录。", answer_by=date(2026, 4, 10)),
    a.AnswerRequest(
        result="该加油机由某公司维修，记录附后。", document_no="复函1号", evidence=(EVIDENCE,)
    ),
    a.ForwardRequest(to_agency=_NEIGHBOUR, reason="维修单位住所地在鼎湖区。"),
    a.ReturnRequest(reason="不属于本机关职权。"),
)

_SUPERVISION: tuple[Message, ...] = (
    s.IssueNotice(
        document_no="执法监督通知书1号", findings="案件超期未决。", demands=("说明原因",)
    ),
    s.IssueDecision(
        document_no="执法监督决定书1号",
        findings="适用依据有误。",
        demands=("撤销原决定",),
        correct_by=date(2026, 4, 1),
    ),
    s.SuperviseCase(document_no="督办函1号", demands=("一个月内查清源头",)),
    s.IssueGovernmentOpinion(
        document_no="监督意见书1号", findings="程序不当。", demands=("限期改正",)
    ),
    s.AcceptAnswer(opinion="答复属实。"),
    s.ReturnAnswer(reason="未附证据。", answer_by=date(2026, 3, 25)),
    s.WithdrawSupervision(reason="依据有误。"),
    s.ReplyToObjection(document_no="复查1号", reasons="事实清楚，予以维持。"),
    s.AnswerNotice(answer="已于三月十日作出决定。", document_no="答复1号", sha256=HASH),
    s.ReportProgress(progress="已立案，正在送检。"),
    s.CompleteCorrection(measures="原决定已撤销。"),
    s.ObjectToDecision(grounds="原决定依据充分。"),
)

EXAMPLES = (*_EVENTS, *_JURISDICTION, *_ASSISTANCE, *_SUPERVISION)
