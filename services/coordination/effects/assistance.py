"""What the steps of a request for assistance do to its record."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from contracts import assistance as states
from contracts.coordination import AssistanceAnswered, AssistanceDelayed, AssistanceRequested
from contracts.procedure import Line, Payload
from services.coordination.effects.acting import known, matter_effects, paper
from services.coordination.models import Matter
from services.coordination.rules.openings import ASSISTANCE
from services.kit.steps.effects import Reply
from services.kit.steps.record_effects import At
from services.kit.storage.transaction import Transaction

effects = matter_effects(ASSISTANCE)

AssistanceAnswer = Literal["answered", "forwarded", "returned"]


# ── the requester ────────────────────────────────────────────────────────────────────────────────


@effects.on("open", payload=Payload)
async def open_assistance(tx: Transaction, at: At[Matter, Payload]) -> Reply:
    """The letter is on every requested agency's line, and each hears of it."""
    return _requested(tx, at, at.step.record.state.lines[1:], _letter(at))


@effects.on("ask_another", payload=states.AskAnother)
async def ask_another(tx: Transaction, at: At[Matter, states.AskAnother]) -> Reply:
    asked = at.payload
    for agency in asked.agencies:
        known(at, agency, "agencies")
    lines = at.opened("request", len(asked.agencies))
    return _requested(tx, at, lines, {"name": asked.letter_no, "body": asked.matter})


@effects.on("move_needed_by", payload=states.MoveNeededBy)
async def move_needed_by(tx: Transaction, at: At[Matter, states.MoveNeededBy]) -> None:
    day = at.payload.needed_by
    tx.add(paper(at, "needed_by", audience="shared", dated_on=day, body=at.payload.reason))


@effects.on("withdraw", "withdraw_request", payload=states.WithdrawRequest)
async def withdraw(tx: Transaction, at: At[Matter, states.WithdrawRequest]) -> None:
    """Of one agency on its line, of all on the main one."""
    audience: Literal["shared", "line"] = "shared" if at.step.line == "main" else "line"
    tx.add(paper(at, "withdrawal", audience=audience, body=at.payload.reason))


@effects.on("close", payload=states.CloseAssistance)
async def close(tx: Transaction, at: At[Matter, states.CloseAssistance]) -> None:
    at.row.outcome = at.payload.summary
    tx.add(paper(at, "outcome", audience="lead", body=at.payload.summary))


# ── a requested agency ───────────────────────────────────────────────────────────────────────────


@effects.on("tell_delay", payload=states.TellDelay)
async def tell_delay(tx: Transaction, at: At[Matter, states.TellDelay]) -> None:
    """The requester hears of it before the time is up (PROC art. 45)."""
    day = at.payload.answer_by
    tx.add(paper(at, "delay", audience="line", dated_on=day, body=at.payload.reason))
    tx.emit(
        AssistanceDelayed(
            case_id=at.case_id,
            occurred_at=at.step.happened_at,
            of_case=at.row.of_case,
            agency=at.step.by.agency,
            line=at.step.line,
            answer_by=day,
        )
    )


@effects.on("answer", payload=states.AnswerRequest)
async def answer(tx: Transaction, at: At[Matter, states.AnswerRequest]) -> Reply:
    """The answer and what comes with it, each item with its custodian."""
    said = at.payload
    tx.add(paper(at, "answer", audience="line", name=said.document_no, body=said.result))
    for number, item in enumerate(said.evidence, start=2):
        stated = item.model_dump(include={"name", "sha256", "custodian", "place"})
        kind = {"evidence_kind": item.kind}
        tx.add(paper(at, "evidence", number, audience="line", more=kind, **stated))
    _answered(tx, at, "answered")
    return {"items": len(said.evidence)}


@effects.on("forward", payload=states.ForwardRequest)
async def forward(tx: Transaction, at: At[Matter, states.ForwardRequest]) -> Reply:
    """The letter goes on as it is; the requester hears to whom."""
    known(at, at.payload.to_agency, "to_agency")
    tx.add(paper(at, "forwarding", audience="line", body=at.payload.reason))
    _answered(tx, at, "forwarded")
    return _requested(tx, at, at.opened("request", 1), _letter(at), first=2)


@effects.on("return_request", payload=states.ReturnRequest)
async def return_request(tx: Transaction, at: At[Matter, states.ReturnRequest]) -> None:
    tx.add(paper(at, "return", audience="line", body=at.payload.reason))
    _answered(tx, at, "returned")


def _letter(at: At[Matter, Any]) -> dict[str, str]:
    """The letter that opened it."""
    facts = at.main.facts
    return {"name": str(facts["letter_no"]), "body": str(facts["matter"])}


def _requested(
    tx: Transaction,
    at: At[Matter, Any],
    lines: Sequence[Line],
    letter: Mapping[str, str],
    *,
    first: int = 1,
) -> Reply:
    for number, line in enumerate(lines, start=first):
        tx.add(paper(at, "letter", number, audience="line", line=line.key, **letter))
        tx.emit(
            AssistanceRequested(
                case_id=at.case_id,
                occurred_at=at.step.happened_at,
                of_case=at.row.of_case,
                agency=line.agencies[0],
                line=line.key,
            )
        )
    return {"lines": [line.key for line in lines]}


def _answered(tx: Transaction, at: At[Matter, Any], how: AssistanceAnswer) -> None:
    tx.emit(
        AssistanceAnswered(
            case_id=at.case_id,
            occurred_at=at.step.happened_at,
            of_case=at.row.of_case,
            agency=at.step.by.agency,
            line=at.step.line,
            how=how,
        )
    )
