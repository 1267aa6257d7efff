"""What the steps of a fast response do to its record."""

from typing import Literal, cast

from pydantic import JsonValue
from sqlmodel import col, select

from contracts import coordination as told
from contracts.coordination import (
    ArriveOnSite,
    FollowUp,
    MakeFirstContact,
    NoteHandOver,
    RaiseLevel,
    ReceiveReport,
    RecordAfterAction,
    SecureSite,
    SendReport,
    StandDown,
)
from contracts.enforcement import ResponseLevel
from contracts.procedure import Payload, RecordStep
from contracts.says import Says
from services.coordination.models import ReportUp, Response, SecuredItem
from services.coordination.rules import responses as rules
from services.coordination.rules.responses import FAST_RESPONSE
from services.kit.errors import Invalid, Refusal
from services.kit.steps.effects import Reply, TakenStep
from services.kit.steps.record_effects import At, RecordEffects
from services.kit.storage.transaction import Transaction

effects = RecordEffects(FAST_RESPONSE, Response)


@effects.opening
async def mobilise(tx: Transaction, step: TakenStep[Payload]) -> None:
    """Puts the response on record, and everyone hears that it was set off."""
    state = step.record.state
    facts = state.lines[0].facts
    level = facts.get("level")
    response = Response(
        case_id=step.case_id,
        agency=rules.leader(state),
        level=str(level),
        drill=state.shift_s != 0,
        mobilised_at=step.happened_at,
    )
    tx.add(response)
    tx.emit(
        told.ResponseMobilised(
            case_id=step.case_id,
            occurred_at=step.happened_at,
            agency=response.agency,
            level=cast(ResponseLevel, level),
            violation=_word(facts.get("violation")),
            region=_word(facts.get("region")),
            drill_shift_s=state.shift_s,
        )
    )


@effects.on("make_first_contact", payload=MakeFirstContact)
async def make_first_contact(_tx: Transaction, at: At[Response, MakeFirstContact]) -> None:
    response = at.row
    response.contacted_at = at.step.happened_at
    response.contacted = at.payload.whom
    response.contact_found = at.payload.found


@effects.on("arrive_on_site", payload=ArriveOnSite)
async def arrive_on_site(tx: Transaction, at: At[Response, ArriveOnSite]) -> None:
    if not rules.are_enough(at.payload.officers):
        raise Invalid(
            Says("到场执法人员不得少于两人。", "At least two officers act on site"),
            field="officers",
            rule="two_officers",
        )
    response = at.row
    response.on_site_at = at.step.happened_at
    response.officers = list(at.payload.officers)
    tx.emit(
        told.TeamOnSite(
            case_id=at.case_id, occurred_at=at.step.happened_at, arrived_at=at.step.happened_at
        )
    )


@effects.on("secure_site", payload=SecureSite)
async def secure_site(tx: Transaction, at: At[Response, SecureSite]) -> Reply:
    response = at.row
    response.secured_at = at.step.happened_at
    response.measures = at.payload.measures
    for number, item in enumerate(at.payload.evidence, start=1):
        tx.add(SecuredItem(case_id=at.case_id, seq=at.seq, number=number, **item.model_dump()))
    tx.emit(
        told.SiteSecured(
            case_id=at.case_id, occurred_at=at.step.happened_at, secured_at=at.step.happened_at
        )
    )
    return {"items": len(at.payload.evidence)}


@effects.on("report_by_phone", payload=SendReport)
async def report_by_phone(tx: Transaction, at: At[Response, SendReport]) -> Reply:
    return _report(tx, at, "first", at.payload.content)


@effects.on("report_in_writing", payload=SendReport)
async def report_in_writing(tx: Transaction, at: At[Response, SendReport]) -> Reply:
    return _report(tx, at, "written", at.payload.content)


@effects.on("follow_up", payload=FollowUp)
async def follow_up(tx: Transaction, at: At[Response, FollowUp]) -> Reply:
    return _report(tx, at, "follow_up", at.payload.content)


@effects.on("receive_report", payload=ReceiveReport)
async def receive_report(tx: Transaction, at: At[Response, ReceiveReport]) -> Reply:
    """The superior signs for the written report of the line."""
    sent = select(ReportUp.seq).where(
        ReportUp.case_id == at.case_id, ReportUp.line == at.step.line, ReportUp.kind == "written"
    )
    seq = (await tx.session.exec(sent.order_by(col(ReportUp.seq).desc()).limit(1))).first()
    if seq is None:
        raise Refusal(
            "nothing_to_receive", Says("尚无书面报告可签收。", "No written report was sent")
        )
    report = await tx.lock(ReportUp, (at.case_id, seq))
    report.received_by = at.step.by.id
    report.received_at = at.step.happened_at
    report.instructions = at.payload.instructions
    return {"report": seq}


@effects.on("raise_level", payload=RaiseLevel)
async def raise_level(_tx: Transaction, at: At[Response, RaiseLevel]) -> None:
    """A further report weighs more: the response is measured by the times of the new level."""
    at.row.level = at.payload.level


@effects.on("note_hand_over", payload=NoteHandOver)
async def note_hand_over(_tx: Transaction, at: At[Response, NoteHandOver]) -> None:
    """The case went to another agency; the response is measured by the first time it did."""
    response = at.row
    if response.handed_over_at is None:
        response.handed_over_at = at.step.happened_at
        response.handed_over_to = at.payload.to


@effects.on("stand_down", payload=StandDown)
async def stand_down(tx: Transaction, at: At[Response, StandDown]) -> None:
    response = at.row
    response.stood_down_at = at.step.happened_at
    response.outcome = at.payload.outcome
    tx.emit(
        told.ResponseStoodDown(
            case_id=at.case_id, occurred_at=at.step.happened_at, stood_down_at=at.step.happened_at
        )
    )


@effects.on("record_after_action", payload=RecordAfterAction)
async def record_after_action(_tx: Transaction, at: At[Response, RecordAfterAction]) -> None:
    response = at.row
    response.closed_at = at.step.happened_at
    response.went_well = at.payload.what_went_well
    response.to_improve = at.payload.to_improve


@effects.after_each
async def follow_the_leader(tx: Transaction, record: RecordStep) -> None:
    """Wherever a step moved the main line, the record moves with it."""
    if record.seq > 1:
        response = await tx.lock(Response, record.case_id)
        response.agency = rules.leader(record.state)


def _word(fact: JsonValue) -> str | None:
    return None if fact is None else str(fact)


def _report(
    tx: Transaction,
    at: At[Response, SendReport] | At[Response, FollowUp],
    kind: Literal["first", "written", "follow_up"],
    content: str,
) -> Reply:
    """Put a report on record and tell of it; above the top there is nobody to tell."""
    agency, to = rules.superior(at.step.record.state, at.step.line)
    tx.add(
        ReportUp(
            case_id=at.case_id,
            seq=at.seq,
            line=at.step.line,
            kind=kind,
            agency=agency,
            to_agency=to,
            sent_by=at.step.by.id,
            sent_at=at.step.happened_at,
            content=content,
        )
    )
    if to is not None:
        tx.emit(
            told.ReportedUp(
                case_id=at.case_id,
                occurred_at=at.step.happened_at,
                agency=agency,
                to=to,
                kind=kind,
            )
        )
    return {"to": to}
