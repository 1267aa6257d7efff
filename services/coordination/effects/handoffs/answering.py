"""What police and procuratorate answer: receipt, missing papers, filing, refusal, supervision."""

from typing import Any

from contracts import criminal_handoff as states
from contracts.coordination import (
    FilingRefused,
    PapersFoundMissing,
    TransferForwarded,
    TransferReceived,
)
from services.coordination.effects.acting import paper
from services.coordination.effects.handoffs.handoff import POLICE, effects, of_case, of_kind
from services.coordination.models import Matter
from services.coordination.rules.handoffs import named
from services.kit.steps.record_effects import At
from services.kit.storage.transaction import Transaction


@effects.on("sign_receipt", payload=states.SignReceipt)
async def sign_receipt(tx: Transaction, at: At[Matter, states.SignReceipt]) -> None:
    tx.add(paper(at, "receipt", audience="line", name=at.payload.receipt_no))
    tx.emit(
        TransferReceived(
            case_id=at.case_id,
            occurred_at=at.step.happened_at,
            of_case=of_case(at),
            police=at.step.by.agency,
        )
    )


@effects.on("name_missing_papers", payload=states.NameMissingPapers)
async def name_missing_papers(tx: Transaction, at: At[Matter, states.NameMissingPapers]) -> None:
    """Said once, in writing; the case is theirs all the same."""
    stated = at.payload
    zh, en = named((kind,) for kind in stated.missing)
    more = {"missing": list(stated.missing)}
    body = f"{zh} / {en}"
    tx.add(
        paper(at, "missing_papers", audience="line", name=stated.document_no, body=body, more=more)
    )
    tx.emit(
        PapersFoundMissing(
            case_id=at.case_id,
            occurred_at=at.step.happened_at,
            of_case=of_case(at),
            police=at.step.by.agency,
            missing=stated.missing,
        )
    )


@effects.on("forward_case", payload=states.ForwardCase)
async def forward_case(tx: Transaction, at: At[Matter, states.ForwardCase]) -> None:
    """To the competent police, of whatever level (TRANS art. 7)."""
    to = of_kind(at, at.payload.to_agency, POLICE, "to_agency")
    tx.add(
        paper(
            at, "forwarding", audience="shared", name=at.payload.notice_no, body=at.payload.reason
        )
    )
    tx.emit(
        TransferForwarded(
            case_id=at.case_id,
            occurred_at=at.step.happened_at,
            of_case=of_case(at),
            police=at.step.by.agency,
            to=to.code,
        )
    )


@effects.on(
    "decide_to_file",
    "file_on_reconsideration",
    "file_after_all",
    "file_as_ordered",
    payload=states.DecideToFile,
)
async def decide_to_file(tx: Transaction, at: At[Matter, states.DecideToFile]) -> None:
    tx.add(paper(at, "filing", audience="shared", name=at.payload.document_no))


@effects.on("decide_not_to_file", payload=states.DecideNotToFile)
async def decide_not_to_file(tx: Transaction, at: At[Matter, states.DecideNotToFile]) -> None:
    """With reasons, and the papers given back (TRANS art. 8)."""
    _refused(tx, at, more={"ground": at.payload.ground})


@effects.on("uphold_refusal", payload=states.UpholdRefusal)
async def uphold_refusal(tx: Transaction, at: At[Matter, states.UpholdRefusal]) -> None:
    _refused(tx, at, on_reconsideration=True)


def _refused(
    tx: Transaction,
    at: At[Matter, states.DecideNotToFile] | At[Matter, states.UpholdRefusal],
    *,
    more: dict[str, Any] | None = None,
    on_reconsideration: bool = False,
) -> None:
    stated = at.payload
    tx.add(
        paper(
            at,
            "refusal",
            audience="shared",
            name=stated.document_no,
            body=stated.reasons,
            more=more or {},
        )
    )
    tx.emit(
        FilingRefused(
            case_id=at.case_id,
            occurred_at=at.step.happened_at,
            of_case=of_case(at),
            police=at.step.by.agency,
            on_reconsideration=on_reconsideration,
        )
    )


@effects.on("demand_reasons", payload=states.DemandReasons)
async def demand_reasons(tx: Transaction, at: At[Matter, states.DemandReasons]) -> None:
    tx.add(paper(at, "demand", audience="shared", name=at.payload.document_no))


@effects.on("state_reasons", payload=states.StateReasons)
async def state_reasons(tx: Transaction, at: At[Matter, states.StateReasons]) -> None:
    tx.add(paper(at, "reasons", audience="shared", body=at.payload.reasons))


@effects.on("order_filing", payload=states.OrderFiling)
async def order_filing(tx: Transaction, at: At[Matter, states.OrderFiling]) -> None:
    stated = at.payload
    tx.add(
        paper(at, "filing_order", audience="shared", name=stated.document_no, body=stated.reasons)
    )


@effects.on("find_refusal_justified", payload=states.FindRefusalJustified)
async def find_refusal_justified(
    tx: Transaction, at: At[Matter, states.FindRefusalJustified]
) -> None:
    stated = at.payload
    tx.add(paper(at, "opinion", audience="shared", name=stated.document_no, body=stated.reasons))
