"""The agency's side once the police have answered: objections, goods, and how it came out."""

from contracts import criminal_handoff as states
from contracts.coordination import (
    CrimeAccepted,
    CrimeJudged,
    CrimeReturned,
    FilingSupervisionAsked,
    GoodsHandedOver,
    ReconsiderationAsked,
)
from contracts.procedure import Payload
from services.coordination.effects.acting import paper
from services.coordination.effects.handoffs.handoff import (
    POLICE,
    PROCURATORATE,
    declined,
    effects,
    filed_by,
    fine_paid_yuan,
    of_case,
    of_kind,
)
from services.coordination.models import Matter
from services.coordination.rules.handoffs import set_off_yuan
from services.kit.steps.effects import Reply
from services.kit.steps.record_effects import At
from services.kit.storage.transaction import Transaction


@effects.on("receive_filing_notice", payload=states.ReceiveNotice)
async def receive_filing_notice(tx: Transaction, at: At[Matter, states.ReceiveNotice]) -> None:
    _notice(tx, at)
    tx.emit(
        CrimeAccepted(
            case_id=at.case_id,
            occurred_at=at.step.happened_at,
            of_case=of_case(at),
            agency=at.row.agency,
            police=filed_by(at),
            document_no=at.payload.document_no,
        )
    )


@effects.on("receive_refusal_notice", "receive_reconsideration", payload=states.ReceiveNotice)
async def receive_refusal(tx: Transaction, at: At[Matter, states.ReceiveNotice]) -> None:
    """Not the end: the agency may still object."""
    _notice(tx, at)


@effects.on("receive_supervision_result", payload=states.ReceiveNotice)
async def receive_supervision_result(tx: Transaction, at: At[Matter, states.ReceiveNotice]) -> None:
    _notice(tx, at)
    declined(tx, at, "police")


def _notice(tx: Transaction, at: At[Matter, states.ReceiveNotice]) -> None:
    tx.add(paper(at, "notice", audience="lead", name=at.payload.document_no))


@effects.on("ask_reconsideration", payload=states.AskReconsideration)
async def ask_reconsideration(tx: Transaction, at: At[Matter, states.AskReconsideration]) -> None:
    police = of_kind(at, at.payload.police, POLICE, "police")
    [line] = at.opened("reconsideration", 1)
    tx.add(paper(at, "request", audience="line", line=line.key, body=at.payload.reasons))
    tx.emit(
        ReconsiderationAsked(
            case_id=at.case_id,
            occurred_at=at.step.happened_at,
            of_case=of_case(at),
            police=police.code,
        )
    )


@effects.on("ask_procuratorate", payload=states.AskProcuratorate)
async def ask_procuratorate(tx: Transaction, at: At[Matter, states.AskProcuratorate]) -> None:
    procuratorate = of_kind(at, at.payload.procuratorate, PROCURATORATE, "procuratorate")
    [line] = at.opened("supervision", 1)
    tx.add(paper(at, "request", audience="line", line=line.key, body=at.payload.reasons))
    tx.emit(
        FilingSupervisionAsked(
            case_id=at.case_id,
            occurred_at=at.step.happened_at,
            of_case=of_case(at),
            procuratorate=procuratorate.code,
        )
    )


@effects.on("accept_refusal", payload=states.AcceptRefusal)
async def accept_refusal(tx: Transaction, at: At[Matter, states.AcceptRefusal]) -> None:
    tx.add(paper(at, "acceptance", audience="lead", body=at.payload.reasons))
    declined(tx, at, "police")


@effects.on("let_refusal_stand", "let_upheld_refusal_stand", payload=Payload)
async def let_refusal_stand(tx: Transaction, at: At[Matter, Payload]) -> None:
    """Nobody objected in time: the agency deals with the matter itself (TRANS art. 10)."""
    declined(tx, at, "police")


@effects.on("hand_over_goods", payload=states.HandOverGoods)
async def hand_over_goods(tx: Transaction, at: At[Matter, states.HandOverGoods]) -> Reply:
    """Each item with who keeps it now; the list is what both sides sign (TRANS art. 12)."""
    stated = at.payload
    more = {"list_no": stated.list_no, "told_party_document": stated.told_party_document}
    for number, item in enumerate(stated.items, start=1):
        traits = item.model_dump(include={"quantity", "traits"}, exclude_none=True)
        tx.add(
            paper(
                at,
                "goods",
                number,
                audience="shared",
                name=item.name,
                custodian=stated.received_by,
                place=item.place,
                more=more | traits,
            )
        )
    tx.emit(
        GoodsHandedOver(
            case_id=at.case_id,
            occurred_at=at.step.happened_at,
            of_case=of_case(at),
            police=filed_by(at),
            items=len(stated.items),
        )
    )
    return {"items": len(stated.items)}


@effects.on("ask_after", payload=states.AskAfter)
async def ask_after(tx: Transaction, at: At[Matter, states.AskAfter]) -> None:
    tx.add(paper(at, "note", audience="lead", body=at.payload.answer))


@effects.on("record_judgment", payload=states.RecordJudgment)
async def record_judgment(tx: Transaction, at: At[Matter, states.RecordJudgment]) -> Reply:
    """Fines paid for the same act are set off against the criminal fine (TRANS art. 11, APL 35)."""
    stated, paid = at.payload, fine_paid_yuan(at)
    off = set_off_yuan(fine_paid=paid, criminal_fine=stated.criminal_fine_yuan)
    sums = {
        "criminal_fine_yuan": str(stated.criminal_fine_yuan),
        "fine_paid_yuan": str(paid),
        "set_off_yuan": str(off),
        "left_to_pay_yuan": str(stated.criminal_fine_yuan - off),
    }
    tx.add(
        paper(
            at,
            "judgment",
            audience="shared",
            name=stated.document_no,
            place=stated.court,
            more=sums,
        )
    )
    at.row.outcome = "judged"
    tx.emit(
        CrimeJudged(
            case_id=at.case_id,
            occurred_at=at.step.happened_at,
            of_case=of_case(at),
            criminal_fine_yuan=stated.criminal_fine_yuan,
            set_off_yuan=off,
        )
    )
    return {**sums}


@effects.on("record_return", payload=states.RecordReturn)
async def record_return(tx: Transaction, at: At[Matter, states.RecordReturn]) -> None:
    """Justice gave it back (APL art. 27): the case is the agency's again."""
    tx.add(paper(at, "return", audience="shared", name=at.payload.document_no))
    at.row.outcome = "returned"
    tx.emit(
        CrimeReturned(
            case_id=at.case_id,
            occurred_at=at.step.happened_at,
            of_case=of_case(at),
            agency=at.row.agency,
            by=at.payload.by,
        )
    )
