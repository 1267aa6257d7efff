"""A criminal hand-off as its steps state it, as both contexts tell of it, and a case that moves."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from contracts import coordination as c
from contracts import criminal_handoff as h
from contracts import enforcement as e
from contracts.messages import Message
from tests.support.examples.moments import AGENCY, CASE, HASH, INSPECTOR, SECOND, SUPERIOR, at

_ID = UUID("3f6a1b2c-8d4e-5f60-9a7b-1c2d3e4f5a6b")
_POLICE, _CITY_POLICE, _PROCURATORATE = "gaoyao-police", "zhaoqing-police", "gaoyao-procuratorate"
_LETTER = "肇高市监涉罪移〔2026〕1号"
_OFFENCE = "诈骗罪（刑法第二百六十六条）"

_OF_THE_CASE: tuple[Message, ...] = (
    e.CaseReferred(
        case_id=CASE,
        occurred_at=at("2026-03-16 10:00"),
        handoff=_ID,
        agency=AGENCY,
        report_by=date(2026, 3, 18),
        standing=("警告",),
        fine_paid_yuan=Decimal("2000.00"),
        drill_shift_s=60,
    ),
    e.CaseResumed(case_id=CASE, occurred_at=at("2026-04-03 10:00"), handoff=_ID),
    e.CaseMoved(
        case_id=CASE,
        occurred_at=at("2026-03-10 10:00"),
        from_agency=AGENCY,
        to=SUPERIOR,
        how="called_up",
        by=SUPERIOR,
    ),
    e.SuspectCrime(offence=_OFFENCE, facts="遥控加油机少给油。", report_by=date(2026, 3, 18)),
    e.AskAfterHandoff(answer="公安机关正在审查。"),
    e.ResumeFromPolice(handoff=_ID, declined_by="police"),
    e.HandOverToJustice(handoff=_ID, to=_POLICE),
    e.TakeCaseBack(handoff=_ID, returned_by="procuratorate"),
    e.HandOverSeized(to="高要分局治安大队", told_party_document="肇高市监物移告〔2026〕1号"),
    e.ChangeJurisdiction(parties=(AGENCY,), to_agency=SUPERIOR, by=SUPERIOR, how="called_up"),
)

_EVENTS: tuple[Message, ...] = (
    c.CriminalHandoffStarted(
        case_id=_ID, occurred_at=at("2026-03-16 10:00"), of_case=CASE, agency=AGENCY
    ),
    c.CrimeTransferred(
        case_id=_ID,
        occurred_at=at("2026-03-20 17:00"),
        of_case=CASE,
        agency=AGENCY,
        police=_POLICE,
        document_no=_LETTER,
        missing=("test_report",),
        fine_paid_yuan=Decimal("2000.00"),
    ),
    c.TransferReceived(
        case_id=_ID, occurred_at=at("2026-03-20 17:30"), of_case=CASE, police=_POLICE
    ),
    c.PapersFoundMissing(
        case_id=_ID,
        occurred_at=at("2026-03-21 10:00"),
        of_case=CASE,
        police=_POLICE,
        missing=("test_report",),
    ),
    c.PapersSupplemented(
        case_id=_ID,
        occurred_at=at("2026-03-23 10:00"),
        of_case=CASE,
        agency=AGENCY,
        kinds=("test_report",),
    ),
    c.TransferForwarded(
        case_id=_ID,
        occurred_at=at("2026-03-21 10:00"),
        of_case=CASE,
        police=_POLICE,
        to=_CITY_POLICE,
    ),
    c.FilingRefused(
        case_id=_ID,
        occurred_at=at("2026-03-25 10:00"),
        of_case=CASE,
        police=_POLICE,
        on_reconsideration=True,
    ),
    c.ReconsiderationAsked(
        case_id=_ID, occurred_at=at("2026-03-26 10:00"), of_case=CASE, police=_POLICE
    ),
    c.FilingSupervisionAsked(
        case_id=_ID,
        occurred_at=at("2026-03-31 10:00"),
        of_case=CASE,
        procuratorate=_PROCURATORATE,
    ),
    c.CrimeAccepted(
        case_id=_ID,
        occurred_at=at("2026-03-25 10:00"),
        of_case=CASE,
        agency=AGENCY,
        police=_POLICE,
        document_no="高公立告〔2026〕1号",
    ),
    c.CrimeDeclined(
        case_id=_ID, occurred_at=at("2026-04-03 10:00"), of_case=CASE, agency=AGENCY, by="police"
    ),
    c.GoodsHandedOver(
        case_id=_ID, occurred_at=at("2026-03-26 10:00"), of_case=CASE, police=_POLICE, items=2
    ),
    c.CrimeJudged(
        case_id=_ID,
        occurred_at=at("2026-09-01 10:00"),
        of_case=CASE,
        criminal_fine_yuan=Decimal("5000.00"),
        set_off_yuan=Decimal("2000.00"),
    ),
    c.CrimeReturned(
        case_id=_ID,
        occurred_at=at("2026-06-01 10:00"),
        of_case=CASE,
        agency=AGENCY,
        by="procuratorate",
    ),
)

_PAPERS = (
    h.HandedPaper(
        kind="transfer_letter", name="涉嫌犯罪案件移送书", document_no=_LETTER, sha256=HASH
    ),
    h.HandedPaper(kind="test_report", name="检定结果通知书", absent_reason="检定机构尚未出具"),
)

_STEPS: tuple[Message, ...] = (
    h.FormTeam(officers=(INSPECTOR, SECOND)),
    h.ReportToChief(facts="遥控加油机少给油。", offence=_OFFENCE, proposal="移送公安机关。"),
    h.ApproveTransfer(opinion="同意移送。"),
    h.RefuseTransfer(reasons="金额未达追诉标准。"),
    h.HandOverPapers(police=_POLICE, document_no=_LETTER, papers=_PAPERS),
    h.SupplementPapers(papers=_PAPERS[:1]),
    h.ReceiveNotice(document_no="高公不立〔2026〕1号"),
    h.AskReconsideration(police=_POLICE, reasons="金额已达追诉标准。"),
    h.AskProcuratorate(procuratorate=_PROCURATORATE, reasons="应当立案而不立案。"),
    h.AcceptRefusal(reasons="不再提出异议。"),
    h.HandOverGoods(
        list_no="肇高市监物移〔2026〕1号",
        items=(h.HandedGoods(name="计控主板", quantity="2块", traits="改装", place="物证室"),),
        received_by="高要分局治安大队",
        told_party_document="肇高市监物移告〔2026〕1号",
    ),
    h.AskAfter(answer="正在侦查。"),
    h.RecordJudgment(
        court="高要区人民法院",
        document_no="（2026）粤1204刑初1号",
        criminal_fine_yuan=Decimal("5000.00"),
    ),
    h.RecordReturn(by="procuratorate", document_no="高检意〔2026〕1号"),
    h.SignReceipt(receipt_no="回执1号"),
    h.AcceptCase(),
    h.NameMissingPapers(missing=("test_report",), document_no="高公补〔2026〕1号"),
    h.ForwardCase(to_agency=_CITY_POLICE, reason="跨区县作案。", notice_no="高公转〔2026〕1号"),
    h.DecideToFile(document_no="高公立告〔2026〕1号"),
    h.DecideNotToFile(
        ground="not_liable", reasons="情节显著轻微。", document_no="高公不立〔2026〕1号"
    ),
    h.UpholdRefusal(reasons="维持原决定。", document_no="高公复〔2026〕1号"),
    h.DemandReasons(police=_POLICE, document_no="高检说理〔2026〕1号"),
    h.StateReasons(reasons="情节显著轻微。"),
    h.OrderFiling(police=_POLICE, reasons="理由不成立。", document_no="高检立〔2026〕1号"),
    h.FindRefusalJustified(reasons="理由成立。", document_no="高检复〔2026〕1号"),
    h.CloseSupervision(),
)

EXAMPLES = (*_OF_THE_CASE, *_EVENTS, *_STEPS)
