"""The agency's side until the police have the case: team, report, decision, papers."""

from collections.abc import Iterable
from typing import Any

from contracts import criminal_handoff as states
from contracts.coordination import CrimeTransferred, CriminalHandoffStarted, PapersSupplemented
from contracts.procedure import Payload
from contracts.says import Says
from services.coordination.effects.acting import paper
from services.coordination.effects.handoffs.handoff import (
    POLICE,
    declined,
    effects,
    fine_paid_yuan,
    of_case,
    of_kind,
    standing,
)
from services.coordination.models import Matter
from services.coordination.rules import handoffs as rules
from services.kit.errors import Invalid
from services.kit.steps.effects import Reply
from services.kit.steps.record_effects import At
from services.kit.storage.transaction import Transaction


@effects.on("open", payload=Payload)
async def open_handoff(tx: Transaction, at: At[Matter, Payload]) -> None:
    tx.emit(
        CriminalHandoffStarted(
            case_id=at.case_id,
            occurred_at=at.step.happened_at,
            of_case=of_case(at),
            agency=at.row.agency,
        )
    )


@effects.on("form_team", payload=states.FormTeam)
async def form_team(tx: Transaction, at: At[Matter, states.FormTeam]) -> None:
    tx.add(paper(at, "team", audience="lead", more={"officers": list(at.payload.officers)}))


@effects.on("report_to_chief", payload=states.ReportToChief)
async def report_to_chief(tx: Transaction, at: At[Matter, states.ReportToChief]) -> None:
    stated = at.payload
    more = {"offence": stated.offence, "proposal": stated.proposal}
    tx.add(paper(at, "report", audience="lead", body=stated.facts, more=more))


@effects.on("approve_transfer", payload=states.ApproveTransfer)
async def approve_transfer(tx: Transaction, at: At[Matter, states.ApproveTransfer]) -> None:
    tx.add(paper(at, "approval", audience="lead", body=at.payload.opinion))


@effects.on("refuse_transfer", payload=states.RefuseTransfer)
async def refuse_transfer(tx: Transaction, at: At[Matter, states.RefuseTransfer]) -> None:
    """The reasons go on record (TRANS art. 5), and the case is not kept waiting."""
    tx.add(paper(at, "refusal", audience="lead", body=at.payload.reasons))
    declined(tx, at, "chief")


@effects.on("hand_over_papers", payload=states.HandOverPapers)
async def hand_over_papers(tx: Transaction, at: At[Matter, states.HandOverPapers]) -> Reply:
    """To the police of the same level, with a checklist that passes no required paper over."""
    stated, stands = at.payload, standing(at)
    _same_level(at)
    _complete(stated.papers, decided=bool(stands))
    _file(tx, at, stated.papers)
    missing, paid = rules.absent(stated.papers), fine_paid_yuan(at)
    tx.emit(
        CrimeTransferred(
            case_id=at.case_id,
            occurred_at=at.step.happened_at,
            of_case=of_case(at),
            agency=at.row.agency,
            police=stated.police,
            document_no=stated.document_no,
            missing=missing,
            fine_paid_yuan=paid,
        )
    )
    return {"missing": list(missing), "standing": list(stands), "fine_paid_yuan": str(paid)}


def _same_level(at: At[Matter, states.HandOverPapers]) -> None:
    police = of_kind(at, at.payload.police, POLICE, "police")
    own = at.directory.agency(at.row.agency, at.on)
    if own is not None and own.level != police.level:
        raise Invalid(
            Says(
                f"应当向同级公安机关移送，{police.name}不是同级机关。",
                f"{police.code} is of the level {police.level}, {own.code} of {own.level}",
            ),
            field="police",
            rule="TRANS art. 5",
        )


def _complete(papers: Iterable[states.HandedPaper], *, decided: bool) -> None:
    if passed_over := rules.unlisted(papers, decided=decided):
        zh, en = rules.named(passed_over)
        raise Invalid(
            Says(
                f"移送材料清单未列：{zh}；请随案移送，或者注明缺少的原因。",
                f"The checklist says nothing of: {en}; hand it over, or say why it is missing",
            ),
            field="papers",
            rule="TRANS art. 6",
            missing=[" or ".join(either) for either in passed_over],
        )


@effects.on("supplement_papers", payload=states.SupplementPapers)
async def supplement_papers(tx: Transaction, at: At[Matter, states.SupplementPapers]) -> Reply:
    papers = at.payload.papers
    _file(tx, at, papers)
    kinds = tuple(dict.fromkeys(paper.kind for paper in papers if not paper.absent_reason))
    tx.emit(
        PapersSupplemented(
            case_id=at.case_id,
            occurred_at=at.step.happened_at,
            of_case=of_case(at),
            agency=at.row.agency,
            kinds=kinds,
        )
    )
    return {"papers": len(papers), "missing": list(rules.absent(papers))}


def _file(tx: Transaction, at: At[Matter, Any], papers: Iterable[states.HandedPaper]) -> None:
    for number, handed in enumerate(papers, start=1):
        more = handed.model_dump(
            include={"kind", "document_no", "absent_reason"}, exclude_none=True
        )
        row = paper(
            at,
            "handed_paper",
            number,
            audience="shared",
            name=handed.name,
            sha256=handed.sha256,
            more=more,
        )
        tx.add(row)
