"""What the steps of a joint operation do to its record."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from contracts import joint_enforcement as states
from contracts.agencies import AgencyCode
from contracts.coordination import (
    AgencyInvited,
    InvitationAnswered,
    LeadHandedOver,
    OperationConcluded,
)
from contracts.enforcement import Evidence
from contracts.procedure import Line, Payload
from services.coordination.effects.acting import known, matter_effects, paper
from services.coordination.models import Matter
from services.coordination.rules.openings import JOINT_ENFORCEMENT
from services.kit.steps.effects import Reply
from services.kit.steps.record_effects import At
from services.kit.storage.transaction import Transaction

effects = matter_effects(JOINT_ENFORCEMENT)

InvitationAnswer = Literal["accepted", "forwarded", "split", "refused"]


@effects.on("open", payload=Payload)
async def open_operation(tx: Transaction, at: At[Matter, Payload]) -> Reply:
    """Who is invited from the start hears of it as everyone else does."""
    return _invited(tx, at, at.step.record.state.lines[1:])


@effects.on("invite", payload=states.InviteAgencies)
async def invite(tx: Transaction, at: At[Matter, states.InviteAgencies]) -> Reply:
    """Each invited agency has a line of its own, and hears of it."""
    asked = at.payload
    for agency in asked.agencies:
        known(at, agency, "agencies")
    lines = at.opened("task", len(asked.agencies))
    for number, line in enumerate(lines, start=1):
        tx.add(paper(at, "task", number, audience="line", line=line.key, body=asked.task))
    return _invited(tx, at, lines)


@effects.on("accept", payload=states.AcceptInvitation)
async def accept(tx: Transaction, at: At[Matter, states.AcceptInvitation]) -> None:
    tx.emit(_answered(at, "accepted"))


@effects.on("refuse", payload=states.RefuseInvitation)
async def refuse(tx: Transaction, at: At[Matter, states.RefuseInvitation]) -> None:
    tx.add(paper(at, "refusal", audience="line", body=at.payload.reason))
    tx.emit(_answered(at, "refused"))


@effects.on("forward", payload=states.ForwardInvitation)
async def forward(tx: Transaction, at: At[Matter, states.ForwardInvitation]) -> Reply:
    """The competent agency takes the invitation's place, with the same dates."""
    to = known(at, at.payload.to_agency, "to_agency")
    tx.add(paper(at, "forwarding", audience="line", body=at.payload.reason))
    tx.emit(_answered(at, "forwarded", to))
    return _invited(tx, at, at.opened("task", 1))


@effects.on("split", payload=states.SplitInvitation)
async def split(tx: Transaction, at: At[Matter, states.SplitInvitation]) -> Reply:
    agencies = [known(at, agency, "agencies") for agency in at.payload.agencies]
    tx.add(paper(at, "forwarding", audience="line", body=at.payload.reason))
    tx.emit(_answered(at, "split", *agencies))
    return _invited(tx, at, at.opened("task", len(agencies)))


@effects.on("share_evidence", payload=states.ShareEvidence)
async def share_evidence(tx: Transaction, at: At[Matter, states.ShareEvidence]) -> Reply:
    """Into the index that all who take part see, each item with its custodian."""
    _share(tx, at, at.payload.evidence)
    return {"items": len(at.payload.evidence)}


@effects.on("record_joint_inspection", payload=states.RecordJointInspection)
async def record_joint_inspection(
    tx: Transaction, at: At[Matter, states.RecordJointInspection]
) -> Reply:
    inspection = at.payload
    for agency in inspection.participants:
        known(at, agency, "participants")
    tx.add(
        paper(
            at,
            "joint_inspection",
            audience="shared",
            place=inspection.place,
            more={"participants": list(inspection.participants)},
            body=inspection.findings,
        )
    )
    _share(tx, at, inspection.evidence, first=2)
    return {"items": len(inspection.evidence)}


@effects.on("write_note", payload=states.WriteNote)
async def write_note(tx: Transaction, at: At[Matter, states.WriteNote]) -> None:
    tx.add(paper(at, "note", audience="lead", body=at.payload.text))


@effects.on("attach_decision", payload=states.AttachDecision)
async def attach_decision(tx: Transaction, at: At[Matter, states.AttachDecision]) -> None:
    """An agency decides by its own law; the operation keeps what it decided."""
    tx.add(
        paper(
            at,
            "decision",
            audience="shared",
            name=at.payload.document_no,
            dated_on=at.payload.decided_on,
            sha256=at.payload.sha256,
            body=at.payload.summary,
        )
    )


@effects.on("complete_task", payload=states.CompleteTask)
async def complete_task(tx: Transaction, at: At[Matter, states.CompleteTask]) -> None:
    tx.add(paper(at, "result", audience="line", body=at.payload.result))


@effects.on("hand_over_lead", payload=states.HandOverLead)
async def hand_over_lead(tx: Transaction, at: At[Matter, states.HandOverLead]) -> None:
    tx.add(paper(at, "lead", audience="shared", body=at.payload.reason))
    tx.emit(_lead(at))


@effects.on("take_back_lead", payload=states.TakeBackLead)
async def take_back_lead(tx: Transaction, at: At[Matter, states.TakeBackLead]) -> None:
    tx.add(paper(at, "lead", audience="shared", body=at.payload.reason))
    tx.emit(_lead(at))


@effects.on("propose_outcome", payload=states.ProposeOutcome)
async def propose_outcome(tx: Transaction, at: At[Matter, states.ProposeOutcome]) -> None:
    tx.add(paper(at, "draft", audience="lead", body=at.payload.outcome))


@effects.on("conclude", payload=states.ConcludeOperation)
async def conclude(tx: Transaction, at: At[Matter, states.ConcludeOperation]) -> None:
    """One outcome for all; each agency's own decision stands beside it."""
    at.row.outcome = at.payload.outcome
    tx.add(paper(at, "outcome", audience="shared", body=at.payload.outcome))
    tx.emit(
        OperationConcluded(
            case_id=at.case_id,
            occurred_at=at.step.happened_at,
            of_case=at.row.of_case,
            agencies=at.line.agencies,
        )
    )


@effects.on("cancel", payload=states.CancelOperation)
async def cancel(tx: Transaction, at: At[Matter, states.CancelOperation]) -> None:
    tx.add(paper(at, "outcome", audience="shared", body=at.payload.reason))


def _invited(tx: Transaction, at: At[Matter, Any], lines: Sequence[Line]) -> Reply:
    for line in lines:
        invited = AgencyInvited(
            case_id=at.case_id,
            occurred_at=at.step.happened_at,
            agency=line.agencies[0],
            line=line.key,
            reply_by=date.fromisoformat(str(line.facts["reply_by"])),
            due_on=date.fromisoformat(str(line.facts["due_on"])),
        )
        tx.emit(invited)
    return {"lines": [line.key for line in lines]}


def _answered(at: At[Matter, Any], how: InvitationAnswer, *to: AgencyCode) -> InvitationAnswered:
    return InvitationAnswered(
        case_id=at.case_id,
        occurred_at=at.step.happened_at,
        agency=at.step.by.agency,
        line=at.step.line,
        how=how,
        to=to,
    )


def _lead(at: At[Matter, Any]) -> LeadHandedOver:
    leads = at.main.agencies
    return LeadHandedOver(case_id=at.case_id, occurred_at=at.step.happened_at, agencies=leads)


def _share(
    tx: Transaction, at: At[Matter, Any], items: Sequence[Evidence], *, first: int = 1
) -> None:
    for number, item in enumerate(items, start=first):
        stated = item.model_dump(include={"name", "sha256", "custodian", "place"})
        kind = {"evidence_kind": item.kind}
        tx.add(paper(at, "evidence", number, audience="shared", more=kind, **stated))
